package org.selfservice.web.program.staff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramCommand.SetRejectionReasons;
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

/** The reasons that a rejection may have. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/rejection-reasons")
class ReasonsPage {
    private static final String LIST = "reason";

    private final Desk desk;

    ReasonsPage(Desk desk) {
        this.desk = desk;
    }

    @GetMapping
    String show(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        Typed typed = Desk.filledFrom(program);
        for (int row = 0; row < program.rejectionReasons().size(); row++) {
            RejectionReason reason = program.rejectionReasons().get(row);
            typed.put(LIST + "." + row + ".code", reason.code());
            typed.put(LIST + "." + row + ".text", reason.text());
        }
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
                (program, typed) -> typed.changesRows(LIST, "code")
                        ? null
                        : new SetRejectionReasons(program.code(), read(program, typed)),
                field -> Typed.FORM,
                (program, typed) -> page(program, typed, model),
                next);
    }

    private List<RejectionReason> read(ProgramDetails program, Typed typed) {
        List<RejectionReason> reasons = new ArrayList<>();
        Set<String> codes = new HashSet<>();
        for (int row : typed.filledRows(LIST)) {
            String at = LIST + "." + row + ".";
            String code = typed.word(at + "code");
            if (!code.matches("[a-z][a-z0-9-]{0,39}")) {
                typed.wrong(at + "code", desk.text("programs.wrong.id"));
            } else if (!codes.add(code)) {
                typed.wrong(at + "code", desk.text("programs.wrong.id.twice"));
            }
            if (typed.word(at + "text.en").isEmpty()) {
                typed.wrong(at + "text.en", desk.text("programs.wrong.english"));
            }
            LocalizedText before = program.rejectionReasons().stream()
                    .filter(reason -> reason.code().equals(code))
                    .map(RejectionReason::text)
                    .findFirst()
                    .orElse(LocalizedText.EMPTY);
            reasons.add(new RejectionReason(code, typed.text(at + "text", before)));
        }
        return reasons;
    }

    private String page(ProgramDetails program, Typed typed, Model model) {
        if (typed.rows(LIST).isEmpty()) {
            typed.add(LIST, "code");
        }
        return desk.page("reasons", program, typed, model);
    }
}
