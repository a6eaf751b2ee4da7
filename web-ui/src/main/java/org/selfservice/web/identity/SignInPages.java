package org.selfservice.web.identity;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.SignedIn;
import org.selfservice.web.identity.LoginSettings.Audience;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.SessionAttribute;

/** Choosing an ID to sign in with, and what is said around it. */
@Controller
class SignInPages {
    private static final Set<String> OUTCOMES =
            Set.of("timeout", "declined", "unreachable", "no-role", "weak", "stale", "failed");

    private final Providers providers;

    SignInPages(Providers providers) {
        this.providers = providers;
    }

    /**
     * @param logo a picture as a data URI
     * @param reachable whether the provider answered lately
     * @param shares demographic attributes that the provider is asked for
     */
    record Choice(
            String id, String label, @Nullable String logo, boolean reachable, String href, List<String> shares) {}

    @GetMapping("/sign-in")
    String signIn(
            Optional<SignedIn> signedIn,
            @RequestParam(name = WantedPage.PARAMETER, required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(name = "with", required = false) @Nullable String with,
            Locale locale,
            Model model) {
        String wanted = WantedPage.safe(to);
        if (signedIn.isPresent()) {
            return "redirect:" + wanted;
        }
        if ("declined".equals(outcome) && with != null && providers.settings(with) != null) {
            model.addAttribute("id", choice(with, wanted, locale, true, true));
            return "identity/declined";
        }
        return choose(Audience.REGISTRANTS, wanted, outcome, locale, model);
    }

    /** Where a page leads whose session is over. */
    @GetMapping("/sign-in/timeout")
    String timeout(
            Optional<SignedIn> signedIn,
            @RequestParam(name = WantedPage.PARAMETER, required = false) @Nullable String to,
            Locale locale,
            Model model) {
        String wanted = WantedPage.safe(to);
        return signedIn.isPresent()
                ? "redirect:" + wanted
                : choose(Audience.REGISTRANTS, wanted, "timeout", locale, model);
    }

    @GetMapping("/staff/sign-in")
    String staff(
            @RequestParam(name = WantedPage.PARAMETER, required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String outcome,
            Locale locale,
            Model model) {
        return choose(Audience.STAFF, WantedPage.safe(to), outcome, locale, model);
    }

    /** After a sign-in at which the person kept something to themselves. */
    @GetMapping("/sign-in/not-shared")
    String notShared(
            SignedIn signedIn,
            @SessionAttribute(name = Arrivals.NOT_SHARED, required = false) @Nullable List<String> missing,
            @RequestParam(name = WantedPage.PARAMETER, required = false) @Nullable String to,
            Locale locale,
            Model model) {
        String wanted = WantedPage.safe(to);
        if (missing == null || missing.isEmpty()) {
            return "redirect:" + wanted;
        }
        model.addAttribute("missing", missing);
        model.addAttribute("wanted", wanted);
        model.addAttribute("id", choice(signedIn.provider(), wanted, locale, true, true));
        return "identity/not-shared";
    }

    private String choose(Audience audience, String wanted, @Nullable String outcome, Locale locale, Model model) {
        model.addAttribute("staff", audience == Audience.STAFF);
        model.addAttribute("outcome", outcome != null && OUTCOMES.contains(outcome) ? outcome : null);
        List<String> ids = providers.of(audience);
        Set<String> reachable = providers.reachable(ids);
        model.addAttribute(
                "ids",
                ids.stream()
                        .map(id -> choice(id, wanted, locale, false, reachable.contains(id)))
                        .toList());
        return "identity/sign-in";
    }

    private Choice choice(String id, String wanted, Locale locale, boolean again, boolean reachable) {
        Provider provider = Objects.requireNonNull(providers.settings(id));
        String address = WantedPage.carriedBy(Departures.START + id, wanted);
        return new Choice(
                id,
                provider.label(locale),
                providers.logo(id),
                reachable,
                again ? address + (address.contains("?") ? "&again" : "?again") : address,
                provider.asked().stream()
                        .map(claim -> Claims.attribute(claim, provider.claimMapping()))
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList());
    }
}
