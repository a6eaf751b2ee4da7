package org.selfservice.web.program.staff;

import org.selfservice.kernel.program.ProgramCommand;
import org.selfservice.kernel.program.ProgramCommand.CloseProgram;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.SuspendProgram;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.page.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Opening, suspending and closing a program: first what it affects, then doing it. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}")
class StatePages {
    private final Desk desk;

    StatePages(Desk desk) {
        this.desk = desk;
    }

    @GetMapping("/opening")
    String opening(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        return page("opening", program, Desk.filledFrom(program), model);
    }

    @PostMapping("/opening")
    String open(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        ProgramDetails program = desk.find(code);
        return change("opening", program, new OpenProgram(program.code()), Typed.of(posted), model, next);
    }

    @GetMapping("/suspension")
    String suspension(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        return page("suspension", program, Desk.filledFrom(program), model);
    }

    @PostMapping("/suspension")
    String suspend(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        ProgramDetails program = desk.find(code);
        Typed typed = Typed.of(posted);
        SuspendProgram command = new SuspendProgram(program.code(), typed.text("reason"));
        if (!typed.has("lang") && typed.word("reason.en").isEmpty()) {
            typed.wrong("reason.en", desk.text("programs.wrong.reason"));
        }
        return change("suspension", program, command, typed, model, next);
    }

    @GetMapping("/closing")
    String closing(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        return page("closing", program, Desk.filledFrom(program), model);
    }

    @PostMapping("/closing")
    String close(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        ProgramDetails program = desk.find(code);
        return change("closing", program, new CloseProgram(program.code()), Typed.of(posted), model, next);
    }

    private String change(
            String step,
            ProgramDetails program,
            ProgramCommand command,
            Typed typed,
            Model model,
            RedirectAttributes next) {
        String done = typed.has("lang") ? null : desk.save(program, typed, command, field -> Typed.FORM, next);
        return done != null ? done : page(step, program, typed, model);
    }

    private String page(String step, ProgramDetails program, Typed typed, Model model) {
        model.addAttribute("step", step);
        model.addAttribute("missing", ProgramList.missing(program));
        model.addAttribute("applications", desk.applications(program));
        model.addAttribute("members", desk.members(program));
        return desk.page("state", program, typed, model);
    }
}
