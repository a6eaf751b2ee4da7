package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.web.ConfirmFirst;
import org.selfservice.web.SignedIn;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.selfservice.web.identity.LoginSettings.Purpose;
import org.selfservice.web.page.PageError;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Somebody confirms that it is them before what counts is done, and comes back to where they were. Beside an officer it is the
 * person who confirms, in the officer's browser.
 */
@Controller
@RequestMapping(ConfirmFirst.ADDRESS)
class ConfirmPages {
    private static final Set<String> OUTCOMES = Set.of("declined", "unreachable", "weak", "another", "failed");

    private final Providers providers;
    private final OwnIds ids;
    private final Departures departures;
    private final Attempts attempts;
    private final MessageSource texts;

    ConfirmPages(Providers providers, OwnIds ids, Departures departures, Attempts attempts, MessageSource texts) {
        this.providers = providers;
        this.ids = ids;
        this.departures = departures;
        this.attempts = attempts;
        this.texts = texts;
    }

    record Id(String id, String label) {}

    /** The page's address after somebody came back without having confirmed it. */
    static String again(Assurance assurance, String wanted, String outcome) {
        return ConfirmFirst.address(assurance, null, wanted) + "&outcome=" + outcome;
    }

    @GetMapping
    String show(
            SignedIn who,
            @RequestParam(defaultValue = "BASIC") Assurance assurance,
            @RequestParam(required = false) @Nullable Integer minutes,
            @RequestParam(name = WantedPage.PARAMETER, defaultValue = "") String to,
            @RequestParam(required = false) @Nullable String outcome,
            Locale locale,
            Model model) {
        List<PageError> errors = outcome != null && OUTCOMES.contains(outcome)
                ? List.of(new PageError("#confirm", text("confirm.outcome." + outcome + who(who), locale)))
                : List.of();
        return page(who, assurance, minutes, to, errors, locale, model);
    }

    @PostMapping
    String begin(
            SignedIn who,
            @RequestParam(defaultValue = "BASIC") Assurance assurance,
            @RequestParam(name = WantedPage.PARAMETER, defaultValue = "") String to,
            @RequestParam(defaultValue = "") String provider,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale,
            Model model) {
        List<String> able = ids.proving(who, assurance);
        if (!able.isEmpty()) {
            String chosen = able.contains(provider) ? provider : able.getFirst();
            Purpose purpose = purpose(who);
            List<String> ways =
                    Objects.requireNonNull(providers.settings(chosen)).proving(purpose, assurance);
            try {
                OAuth2AuthorizationRequest attempt = departures.resolve(
                        request, chosen, Errand.confirming(purpose, who.language(), assurance, ways));
                attempts.saveAuthorizationRequest(attempt, request, response);
                return Leaving.to(attempt.getAuthorizationRequestUri(), request);
            } catch (OAuth2AuthenticationException unreachable) {
                response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
                return page(
                        who,
                        assurance,
                        null,
                        to,
                        List.of(new PageError("#confirm", text("confirm.outcome.unreachable" + who(who), locale))),
                        locale,
                        model);
            }
        }
        response.setStatus(HttpStatus.CONFLICT.value());
        return page(who, assurance, null, to, List.of(), locale, model);
    }

    private String page(
            SignedIn who,
            Assurance assurance,
            @Nullable Integer minutes,
            String to,
            List<PageError> errors,
            Locale locale,
            Model model) {
        model.addAttribute("errors", errors);
        model.addAttribute(
                "ids",
                ids.proving(who, assurance).stream()
                        .map(id -> new Id(id, label(id, locale)))
                        .toList());
        model.addAttribute("label", label(who.provider(), locale));
        model.addAttribute("who", who(who));
        model.addAttribute("name", Acting.shortName(who.name()));
        model.addAttribute("assurance", assurance);
        model.addAttribute("minutes", minutes);
        model.addAttribute("to", WantedPage.safe(to));
        return "identity/confirm";
    }

    /** Of a provider that may not be set up any more. */
    private String label(String provider, Locale locale) {
        Provider settings = providers.settings(provider);
        return settings == null ? provider : settings.label(locale);
    }

    static Purpose purpose(SignedIn who) {
        return who.isAssisted() ? Purpose.ASSISTED : Purpose.STEP_UP;
    }

    /** The end of the names of texts that the officer reads out. */
    private static String who(SignedIn who) {
        return who.isAssisted() ? ".assisted" : "";
    }

    private String text(String key, Locale locale) {
        return texts.getMessage(key, null, locale);
    }
}
