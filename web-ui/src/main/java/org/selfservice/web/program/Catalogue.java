package org.selfservice.web.program;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Every program that ever opened; what concerns the person who is signed in comes first. */
@Controller
class Catalogue {
    private final Portal portal;
    private final Clock clock;

    Catalogue(Portal portal, Clock clock) {
        this.portal = portal;
        this.clock = clock;
    }

    @GetMapping("/")
    String catalogue(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String open,
            @RequestParam(required = false) @Nullable String target,
            Optional<SignedIn> who,
            Locale locale,
            Model model) {
        Search search = Search.of(q, open, target);
        List<Card> cards = cards(who, locale).stream()
                .filter(card -> search.matches(card.profile(), card.standing().offer()))
                .toList();
        Map<Card.Group, List<Card>> groups =
                cards.stream().collect(Collectors.groupingBy(Card::group, TreeMap::new, Collectors.toList()));
        model.addAttribute("search", search);
        model.addAttribute("groups", groups);
        model.addAttribute("found", cards.size());
        return "program/catalogue";
    }

    private List<Card> cards(Optional<SignedIn> who, Locale locale) {
        Dossier dossier = who.map(one -> one.reach(portal.ask(new FindDossier(one.registrant()))))
                .orElse(null);
        Instant now = clock.instant();
        return portal.ask(new FindPrograms(false)).programs().stream()
                .map(program -> card(program, dossier, now))
                .sorted(Comparator.comparing((Card card) -> card.standing().offer())
                        .thenComparing(card -> card.profile().name().in(locale)))
                .toList();
    }

    private static Card card(ProgramDetails program, @Nullable Dossier dossier, Instant now) {
        var profile = Objects.requireNonNull(program.profile(), "a program that opened has a profile");
        return new Card(program.code(), profile, program.suspension(), Standing.of(program, profile, dossier, now));
    }
}
