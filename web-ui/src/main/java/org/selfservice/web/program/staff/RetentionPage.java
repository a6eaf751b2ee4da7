package org.selfservice.web.program.staff;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.program.ProgramCommand.SetRetention;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.Retention;
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

/** For how long what is personal is kept in applications that came to nothing. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/retention")
class RetentionPage {
    private final Desk desk;

    RetentionPage(Desk desk) {
        this.desk = desk;
    }

    @GetMapping
    String show(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        Typed typed = Desk.filledFrom(program);
        typed.put("rejectedDays", program.retention().rejectedDays());
        typed.put("withdrawnDays", program.retention().withdrawnDays());
        typed.put("expiredDays", program.retention().expiredDays());
        return page(program, typed, model);
    }

    @PostMapping
    String set(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        return desk.set(
                code,
                posted,
                this::read,
                UnaryOperator.identity(),
                (program, typed) -> page(program, typed, model),
                next);
    }

    private SetRetention read(ProgramDetails program, Typed typed) {
        return new SetRetention(
                program.code(),
                new Retention(days(typed, "rejected"), days(typed, "withdrawn"), days(typed, "expired")));
    }

    /** Left empty, there is no end. */
    private @Nullable Integer days(Typed typed, String kind) {
        String name = kind + "Days";
        String days = typed.value(name).replaceAll("\\s", "");
        if (days.isEmpty()) {
            return null;
        }
        try {
            int number = Integer.parseInt(days);
            new Retention(number, null, null);
            return number;
        } catch (NumberFormatException | Refused no) {
            typed.wrong(name, desk.text("programs.wrong.retention", desk.text("programs.retention." + kind)));
            return null;
        }
    }

    private String page(ProgramDetails program, Typed typed, Model model) {
        model.addAttribute("applications", desk.applications(program));
        return desk.page("retention", program, typed, model);
    }
}
