package org.selfservice.web.program.staff;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ProgramCommand.SetStepUp;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Proofs;
import org.selfservice.web.page.Typed;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How surely and how recently whoever sends must have proved who they are. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/step-up")
class StepUpPage {
    private final Desk desk;
    private final Proofs proofs;

    StepUpPage(Desk desk, Proofs proofs) {
        this.desk = desk;
        this.proofs = proofs;
    }

    @GetMapping
    String show(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        Typed typed = Desk.filledFrom(program);
        typed.put("assurance", program.stepUp().assurance());
        typed.put("withinMinutes", program.stepUp().withinMinutes());
        return page(program, typed, model);
    }

    @PostMapping
    String set(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        ProgramDetails program = desk.find(code);
        Typed typed = Typed.of(posted);
        if (!typed.has("lang")) {
            StepUp stepUp = new StepUp(assurance(typed), minutes(typed));
            String done = desk.save(program, typed, new SetStepUp(program.code(), stepUp), field -> field, next);
            if (done != null) {
                return done;
            }
        }
        return page(program, typed, model);
    }

    private Assurance assurance(Typed typed) {
        return Arrays.stream(Assurance.values())
                .filter(one -> typed.is("assurance", one.name()))
                .findFirst()
                .orElseGet(() -> {
                    typed.wrong("assurance", desk.text("programs.wrong.assurance"));
                    return Assurance.BASIC;
                });
    }

    /** Left empty, it does not matter. */
    private @Nullable Integer minutes(Typed typed) {
        String minutes = typed.value("withinMinutes").replaceAll("\\s", "");
        if (minutes.isEmpty()) {
            return null;
        }
        try {
            return new StepUp(Assurance.BASIC, Integer.valueOf(minutes)).withinMinutes();
        } catch (NumberFormatException | Refused no) {
            typed.wrong("withinMinutes", desk.text("programs.wrong.withinMinutes"));
            return null;
        }
    }

    private String page(ProgramDetails program, Typed typed, Model model) {
        model.addAttribute("ids", proofs.ids(Assurance.STRONG, LocaleContextHolder.getLocale()));
        return desk.page("step-up", program, typed, model);
    }
}
