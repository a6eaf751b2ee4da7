package org.selfservice.web.program.staff;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ApplicationPolicy.Kind;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
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

/** How often one may apply. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/policy")
class PolicyPage {
    private final Desk desk;

    PolicyPage(Desk desk) {
        this.desk = desk;
    }

    @GetMapping
    String show(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        ApplicationPolicy policy = program.policy();
        Typed typed = Desk.filledFrom(program);
        typed.put("kind", policy.kind());
        boolean periodic = policy.kind() == Kind.PER_PERIOD;
        typed.put("limit", periodic ? policy.limit() : null);
        typed.put("periodDays", periodic ? policy.periodDays() : null);
        typed.put("againAfterRejection", policy.againAfterRejection() ? "yes" : "");
        typed.put("againAfterWithdrawal", policy.againAfterWithdrawal() ? "yes" : "");
        return desk.page("policy", program, typed, model);
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
                (program, typed) -> {
                    ApplicationPolicy policy = read(typed);
                    return policy == null ? null : new SetApplicationPolicy(program.code(), policy);
                },
                field -> "kind",
                (program, typed) -> desk.page("policy", program, typed, model),
                next);
    }

    private @Nullable ApplicationPolicy read(Typed typed) {
        Optional<Kind> kind = List.of(Kind.values()).stream()
                .filter(one -> typed.is("kind", one.name()))
                .findFirst();
        if (kind.isEmpty()) {
            typed.wrong("kind", desk.text("programs.wrong.kind"));
            return null;
        }
        if (kind.get() != Kind.PER_PERIOD) {
            return new ApplicationPolicy(
                    kind.get(),
                    1,
                    0,
                    kind.get() != Kind.ONCE || typed.is("againAfterRejection", "yes"),
                    kind.get() != Kind.ONCE || typed.is("againAfterWithdrawal", "yes"));
        }
        int limit = ProfileForm.number(typed, "limit", 1, desk);
        int days = ProfileForm.number(typed, "periodDays", 1, desk);
        return typed.isRight() ? ApplicationPolicy.perPeriod(limit, days) : null;
    }
}
