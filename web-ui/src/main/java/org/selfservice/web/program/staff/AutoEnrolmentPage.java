package org.selfservice.web.program.staff;

import org.selfservice.kernel.program.ProgramCommand.SetAutoEnrolment;
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

/** Whether whoever is approved is enrolled at once. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/auto-enrolment")
class AutoEnrolmentPage {
    private final Desk desk;

    AutoEnrolmentPage(Desk desk) {
        this.desk = desk;
    }

    @GetMapping
    String show(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        Typed typed = Desk.filledFrom(program);
        typed.put("onApproval", program.enrolsOnApproval() ? "yes" : "no");
        return page(program, typed, model);
    }

    @PostMapping
    String set(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        return desk.set(
                code, posted, this::read, field -> "onApproval", (program, typed) -> page(program, typed, model), next);
    }

    private SetAutoEnrolment read(ProgramDetails program, Typed typed) {
        boolean onApproval = typed.is("onApproval", "yes");
        if (!onApproval && !typed.is("onApproval", "no")) {
            typed.wrong("onApproval", desk.text("programs.wrong.onApproval"));
        }
        return new SetAutoEnrolment(program.code(), onApproval);
    }

    private String page(ProgramDetails program, Typed typed, Model model) {
        model.addAttribute("applications", desk.applications(program));
        return desk.page("auto-enrolment", program, typed, model);
    }
}
