package org.selfservice.web.registrant;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.audit.Looks.Line;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who looked at the person's information, in which role, when and what for. Not under which name: that is for auditors. */
@Controller
class MyLooks {
    private static final int LINES = 20;

    private final Portal portal;
    private final Looks looks;

    MyLooks(Portal portal, Looks looks) {
        this.portal = portal;
        this.looks = looks;
    }

    @GetMapping("/me/looks")
    String show(SignedIn who, @RequestParam(defaultValue = "") String after, Model model) {
        Long before = after.matches("\\d{1,18}") ? Long.valueOf(after) : null;
        List<Line> found = looks.of(who.registrant(), before, LINES + 1);
        List<Line> lines = found.stream().limit(LINES).toList();
        model.addAttribute("lines", lines);
        model.addAttribute("next", found.size() > LINES ? lines.getLast().number() : null);
        model.addAttribute("first", before == null);
        model.addAttribute("programs", programs());
        model.addAttribute(
                "references",
                portal.ask(new FindDossier(who.registrant())).applications().stream()
                        .collect(Collectors.toMap(one -> one.id().value(), ApplicationSummary::reference)));
        return "registrant/looks";
    }

    /** Also those that are over: what somebody saw for them stays. */
    private Map<String, @Nullable LocalizedText> programs() {
        Map<String, @Nullable LocalizedText> names = new TreeMap<>();
        portal.ask(new FindPrograms(true)).programs().stream()
                .filter(program -> program.profile() != null)
                .forEach(program ->
                        names.put(program.code().value(), program.profile().name()));
        return names;
    }
}
