package org.selfservice.web.identity;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.Source;
import org.selfservice.web.Portal;
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
    static final String NOT_SHARED = "/sign-in/not-shared";
    static final String CHANGED = "/sign-in/changed";

    private static final Set<String> OUTCOMES =
            Set.of("timeout", "declined", "unreachable", "no-role", "weak", "stale", "failed");

    private final Providers providers;
    private final Portal portal;

    SignInPages(Providers providers, Portal portal) {
        this.providers = providers;
        this.portal = portal;
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
    @GetMapping(NOT_SHARED)
    String notShared(
            SignedIn signedIn,
            @SessionAttribute(name = Sharing.NOT_SHARED, required = false) @Nullable List<String> missing,
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

    /** One attribute that a login brought another value of. */
    record Change(String attribute, DemographicValue now, List<DemographicValue> before) {}

    /** After a sign-in that brought something else than the verified value that the portal had. */
    @GetMapping(CHANGED)
    String changed(
            SignedIn signedIn,
            @SessionAttribute(name = Sharing.CHANGED, required = false) @Nullable List<String> changed,
            @SessionAttribute(name = Sharing.NOT_SHARED, required = false) @Nullable List<String> missing,
            @RequestParam(name = WantedPage.PARAMETER, required = false) @Nullable String to,
            Model model) {
        String wanted = WantedPage.safe(to);
        Dossier dossier = portal.ask(new FindDossier(signedIn.registrant()));
        Source source = Source.provider(signedIn.provider());
        List<Change> changes = (changed == null ? List.<String>of() : changed)
                .stream()
                        .map(attribute ->
                                change(attribute, dossier.demographics().getOrDefault(attribute, List.of()), source))
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList();
        if (changes.isEmpty()) {
            return "redirect:" + wanted;
        }
        model.addAttribute("changes", changes);
        model.addAttribute("wanted", missing == null ? wanted : WantedPage.carriedBy(NOT_SHARED, wanted));
        return "identity/changed";
    }

    private static @Nullable Change change(String attribute, List<DemographicValue> values, Source source) {
        DemographicValue now = values.stream()
                .filter(value -> value.current() && value.source().equals(source))
                .findFirst()
                .orElse(null);
        List<DemographicValue> before = values.stream()
                .filter(DemographicValue::verified)
                .filter(value -> now != null && !Objects.equals(value.value(), now.value()))
                .filter(value -> value.current() || value.source().equals(source))
                .toList();
        return now == null || before.isEmpty() ? null : new Change(attribute, now, before);
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
                (provider.audience() == Audience.STAFF ? List.<String>of() : provider.shareable())
                        .stream()
                                .map(claim -> Claims.attribute(claim, provider.claimMapping()))
                                .filter(Objects::nonNull)
                                .map(Objects::requireNonNull)
                                .toList());
    }
}
