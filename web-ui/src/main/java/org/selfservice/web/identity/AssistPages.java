package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Help;
import org.selfservice.web.Portal;
import org.selfservice.web.identity.Acting.Assisted;
import org.selfservice.web.identity.LoginSettings.Audience;
import org.selfservice.web.identity.LoginSettings.Way.Kind;
import org.selfservice.web.page.Language;
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

/** An officer helps a person who is beside them: beginning it, the person's language, stopping, and what was done. */
@Controller
@RequestMapping(AssistPages.ADDRESS)
class AssistPages {
    static final String ADDRESS = "/staff/assist";
    static final String ACTING = "/acting";
    private static final String DONE = AssistPages.class.getName() + ".done";
    private static final Set<String> OUTCOMES =
            Set.of("declined", "expired", "unreachable", "weak", "own", "open", "failed");

    private final Providers providers;
    private final Departures departures;
    private final Attempts attempts;
    private final Portal portal;
    private final MessageSource texts;
    private final Clock clock;

    AssistPages(
            Providers providers,
            Departures departures,
            Attempts attempts,
            Portal portal,
            MessageSource texts,
            Clock clock) {
        this.providers = providers;
        this.departures = departures;
        this.attempts = attempts;
        this.portal = portal;
        this.texts = texts;
        this.clock = clock;
    }

    /** @param reachable whether the provider answered lately */
    record Id(String id, String label, boolean reachable) {}

    /** What is kept of a session that is over, until the officer has read what was done. */
    private record Done(
            String person,
            @Nullable String name,
            String officer,
            @Nullable Instant first,
            @Nullable Instant login,
            Instant since,
            Instant until,
            String why)
            implements Serializable {
        @Override
        public String toString() {
            return person;
        }
    }

    /** Ends it and says which page comes next. */
    static String end(Acting acting, HttpServletRequest request, String why, Instant now) {
        Acting.end(request);
        if (!(acting instanceof Assisted assisted)) {
            return ACTING + "?outcome=" + why;
        }
        request.getSession()
                .setAttribute(
                        DONE,
                        new Done(
                                assisted.person(),
                                Acting.shortName(assisted.name()),
                                assisted.actor(),
                                assisted.first(),
                                assisted.proof().at(),
                                assisted.since(),
                                now,
                                why));
        return ADDRESS + "/done";
    }

    @GetMapping
    String start(
            @RequestParam(required = false) @Nullable String outcome,
            HttpServletRequest request,
            Locale locale,
            Model model) {
        request.getSession().removeAttribute(DONE);
        List<PageError> errors = outcome != null && OUTCOMES.contains(outcome)
                ? List.of(new PageError("#begin", text("assist.outcome." + outcome, locale)))
                : List.of();
        return page("", null, "", errors, request, locale, model);
    }

    @PostMapping
    String begin(
            @RequestParam(defaultValue = "") String provider,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(required = false) @Nullable String lang,
            @RequestParam(required = false) @Nullable Kind way,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale,
            Model model) {
        List<PageError> errors = new ArrayList<>();
        if (lang != null) {
            return page(provider, way, language, errors, request, locale, model);
        }
        if (Acting.in(request.getSession()) instanceof Assisted) {
            errors.add(new PageError("#begin", text("assist.outcome.open", locale)));
        }
        if (!providers.of(Audience.REGISTRANTS).contains(provider)) {
            errors.add(new PageError("#provider", text("assist.provider.missing", locale)));
        } else if (way != null && !choices(provider).containsKey(way)) {
            errors.add(new PageError("#way", text("assist.way.missing", locale)));
        }
        if (Language.of(Locale.forLanguageTag(language)).isEmpty()) {
            errors.add(new PageError("#language", text("assist.language.missing", locale)));
        }
        if (errors.isEmpty()) {
            try {
                OAuth2AuthorizationRequest attempt =
                        departures.resolve(request, provider, Errand.assisted(language, ways(provider, way)));
                attempts.saveAuthorizationRequest(attempt, request, response);
                return Leaving.to(attempt.getAuthorizationRequestUri(), request);
            } catch (OAuth2AuthenticationException unreachable) {
                errors.add(new PageError("#provider", text("assist.outcome.unreachable", locale)));
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page(provider, way, language, errors, request, locale, model);
    }

    /** Among which the officer may choose, whatever ID it is. */
    private List<Kind> kinds() {
        return providers.of(Audience.REGISTRANTS).stream()
                .flatMap(id -> choices(id).keySet().stream())
                .distinct()
                .toList();
    }

    private Map<Kind, String> choices(String provider) {
        return Objects.requireNonNull(providers.settings(provider)).choices();
    }

    /** All that the provider has, when the person may choose there. */
    private List<String> ways(String provider, @Nullable Kind chosen) {
        String acr = chosen == null ? null : choices(provider).get(chosen);
        return acr == null ? List.of() : List.of(acr);
    }

    /** The person is read to in another language from here on. */
    @PostMapping("/language")
    String language(@RequestParam String language, @RequestParam String to, HttpServletRequest request) {
        if (Acting.in(request.getSession()) instanceof Assisted assisted
                && Language.of(Locale.forLanguageTag(language)).isPresent()) {
            request.getSession().setAttribute(Acting.ATTRIBUTE, assisted.in(language));
        }
        return "redirect:" + WantedPage.safe(to);
    }

    @PostMapping("/stop")
    String stop(HttpServletRequest request) {
        Acting acting = Acting.in(request.getSession());
        return "redirect:" + (acting == null ? ADDRESS : end(acting, request, "stopped", clock.instant()));
    }

    @GetMapping("/done")
    String done(HttpServletRequest request, Model model) {
        if (!(request.getSession().getAttribute(DONE) instanceof Done done)) {
            return "redirect:" + ADDRESS;
        }
        Dossier dossier = portal.ask(new FindDossier(new RegistrantId(done.person())));
        model.addAttribute("done", done.why());
        model.addAttribute("name", done.name());
        model.addAttribute("since", done.since());
        model.addAttribute("until", done.until());
        model.addAttribute(
                "deeds",
                dossier.help().stream()
                        .filter(help -> isOf(help, done))
                        .flatMap(help -> help.deeds().stream())
                        .toList());
        model.addAttribute(
                "applications",
                dossier.applications().stream()
                        .filter(one -> !one.changedAt().isBefore(done.since()))
                        .toList());
        return "identity/staff/done";
    }

    private static boolean isOf(Help help, Done done) {
        return help.role() == Author.Role.OFFICER
                && help.actor().equals(done.officer())
                && isBetween(help.login(), done.first(), done.login());
    }

    /** The person may have proved more than once who they are. */
    private static boolean isBetween(@Nullable Instant login, @Nullable Instant first, @Nullable Instant last) {
        return login == null || first == null || last == null
                ? Objects.equals(login, last)
                : !login.isBefore(first) && !login.isAfter(last);
    }

    private String page(
            String provider,
            @Nullable Kind way,
            String language,
            List<PageError> errors,
            HttpServletRequest request,
            Locale locale,
            Model model) {
        model.addAttribute("errors", errors);
        model.addAttribute("open", Acting.in(request.getSession()) instanceof Assisted);
        model.addAttribute("provider", provider);
        model.addAttribute("way", way);
        model.addAttribute("ways", kinds());
        model.addAttribute("language", language);
        model.addAttribute("languages", Arrays.asList(Language.values()));
        model.addAttribute("languageForm", "begin");
        List<String> ids = providers.of(Audience.REGISTRANTS);
        Set<String> reachable = providers.reachable(ids);
        model.addAttribute(
                "ids",
                ids.stream()
                        .map(id -> new Id(
                                id,
                                Objects.requireNonNull(providers.settings(id)).label(locale),
                                reachable.contains(id)))
                        .toList());
        return "identity/staff/assist";
    }

    private String text(String key, Locale locale) {
        return texts.getMessage(key, null, locale);
    }
}
