package org.selfservice.web.application.duplicates;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindTakenLogins;
import org.selfservice.kernel.registrant.RegistrantQuery.TakenLogins;
import org.selfservice.web.Portal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Registrations that may be one person's: by an ID that two people showed, or by a number that both have. */
@Controller
class TakenLoginPages {
    private static final int LINES = 20;

    private final Portal portal;

    TakenLoginPages(Portal portal) {
        this.portal = portal;
    }

    /** @param provider null when they have a number in common, then {@code attribute} says which */
    record Line(@Nullable String provider, @Nullable String attribute, Instant at, Dossier one, Dossier other) {}

    @GetMapping("/staff/duplicates/ids")
    String list(@RequestParam(required = false) @Nullable String after, Model model) {
        TakenLogins page = portal.ask(new FindTakenLogins(after, LINES));
        List<Line> lines = page.all().stream()
                .map(taken -> new Line(
                        taken.provider(),
                        taken.attribute(),
                        taken.at(),
                        dossier(taken.registrant()),
                        dossier(taken.holder())))
                .toList();
        model.addAttribute("lines", lines);
        model.addAttribute("next", page.next());
        model.addAttribute("first", after == null);
        return "application/duplicates/ids";
    }

    private Dossier dossier(RegistrantId registrant) {
        return portal.ask(new FindDossier(registrant));
    }
}
