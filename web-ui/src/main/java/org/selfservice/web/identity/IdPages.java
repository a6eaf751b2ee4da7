package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.registrant.RegistrantCommand.UnlinkIdentity;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Identity;
import org.selfservice.kernel.registrant.RegistrantQuery.SameNumber;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.identity.LoginSettings.Audience;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.selfservice.web.page.PageError;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The IDs that a person signs in with: one more can be linked, any but the last one can be taken away. Both only just after
 * the person proved who they are.
 */
@Controller
@RequestMapping(IdPages.ADDRESS)
class IdPages {
    static final String ADDRESS = "/me/ids";
    private static final Set<String> OUTCOMES = Set.of("declined", "expired", "unreachable", "weak", "known", "failed");

    private final Portal portal;
    private final Providers providers;
    private final Departures departures;
    private final Attempts attempts;
    private final SecondIds seconds;
    private final LoginSessions sessions;
    private final MessageSource texts;
    private final Clock clock;

    IdPages(
            Portal portal,
            Providers providers,
            Departures departures,
            Attempts attempts,
            SecondIds seconds,
            LoginSessions sessions,
            MessageSource texts,
            Clock clock) {
        this.portal = portal;
        this.providers = providers;
        this.departures = departures;
        this.attempts = attempts;
        this.seconds = seconds;
        this.sessions = sessions;
        this.texts = texts;
        this.clock = clock;
    }

    /** @param now whether the person signed in with it this time */
    record Line(Identity identity, String label, boolean now) {}

    record Id(String id, String label, IdType type) {}

    @GetMapping
    String list(SignedIn who, @RequestParam(required = false) @Nullable String outcome, Locale locale, Model model) {
        return page(who, outcome != null && OUTCOMES.contains(outcome) ? outcome : null, locale, model);
    }

    /** What one has to do for one more. */
    @GetMapping("/add/{provider}")
    String add(
            SignedIn who,
            @AuthenticationPrincipal PortalUser user,
            @PathVariable String provider,
            Locale locale,
            Model model) {
        if (!mayAdd(who, provider)) {
            return "redirect:" + ADDRESS;
        }
        model.addAttribute("id", id(provider, locale));
        model.addAttribute("own", id(user.provider(), locale));
        model.addAttribute("again", isFresh(user) ? null : again(user, ADDRESS + "/add/" + provider));
        return "identity/id-add";
    }

    @PostMapping("/add/{provider}")
    String leave(
            SignedIn who,
            @AuthenticationPrincipal PortalUser user,
            @PathVariable String provider,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        if (!mayAdd(who, provider)) {
            return "redirect:" + ADDRESS;
        }
        if (!isFresh(user)) {
            return "redirect:" + ADDRESS + "/add/" + provider;
        }
        try {
            OAuth2AuthorizationRequest attempt =
                    departures.resolve(request, provider, Errand.linking(locale.getLanguage()));
            attempts.saveAuthorizationRequest(attempt, request, response);
            return Leaving.to(attempt.getAuthorizationRequestUri(), request);
        } catch (OAuth2AuthenticationException unreachable) {
            return "redirect:" + ADDRESS + "?outcome=unreachable";
        }
    }

    /** Both IDs side by side, before anything is linked. */
    @GetMapping("/confirm")
    String ask(SignedIn who, HttpServletRequest request, Locale locale, Model model) {
        SecondIds.Waiting waiting = seconds.waiting(who.registrant(), request.getSession());
        if (waiting == null) {
            return "redirect:" + ADDRESS;
        }
        Dossier dossier = portal.ask(new FindDossier(who.registrant()));
        model.addAttribute("id", id(waiting.provider(), locale));
        model.addAttribute("waiting", waiting);
        model.addAttribute("lines", lines(who, dossier, locale));
        model.addAttribute("name", dossier.name());
        model.addAttribute("differs", differ(dossier.name(), waiting.name()));
        return "identity/id-confirm";
    }

    @PostMapping("/confirm")
    String link(
            SignedIn who,
            @AuthenticationPrincipal PortalUser user,
            @RequestParam(defaultValue = "") String decision,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale,
            Model model,
            RedirectAttributes after) {
        SecondIds.Waiting waiting = seconds.waiting(who.registrant(), request.getSession());
        if (waiting == null || !decision.equals("link")) {
            SecondIds.forget(request.getSession());
            return "redirect:" + ADDRESS + (waiting == null ? "?outcome=expired" : "");
        }
        Id id = id(waiting.provider(), locale);
        try {
            seconds.link(who.registrant(), waiting, id.type(), locale);
        } catch (Refused no) {
            if (no.code() != RefusalCode.LOGIN_TAKEN) {
                throw no;
            }
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("id", id);
            return "identity/id-taken";
        } finally {
            SecondIds.forget(request.getSession());
        }
        portal.ask(
                new FindDossier(who.registrant()),
                dossier ->
                        dossier.identities().stream().anyMatch(one -> one.link().equals(waiting.link())));
        after.addFlashAttribute("notice", texts.getMessage("ids.linked", new Object[] {id.label()}, locale));
        return "redirect:" + ADDRESS;
    }

    /** What taking one away means. */
    @GetMapping("/{link}/remove")
    String askToRemove(
            SignedIn who,
            @AuthenticationPrincipal PortalUser user,
            @PathVariable String link,
            Locale locale,
            Model model) {
        Line line = line(who, link, locale);
        model.addAttribute("line", line);
        model.addAttribute("again", isFresh(user) ? null : again(user, ADDRESS + "/" + link + "/remove"));
        model.addAttribute("own", id(user.provider(), locale));
        return "identity/id-remove";
    }

    @PostMapping("/{link}/remove")
    String remove(
            SignedIn who,
            @AuthenticationPrincipal PortalUser user,
            @PathVariable String link,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale,
            Model model,
            RedirectAttributes after) {
        if (!isFresh(user)) {
            return "redirect:" + ADDRESS + "/" + link + "/remove";
        }
        Line line = line(who, link, locale);
        Dossier dossier = portal.ask(new FindDossier(who.registrant()));
        if (line.now() && dossier.identities().size() > 1) {
            response.setStatus(HttpStatus.CONFLICT.value());
            model.addAttribute("errors", List.of(new PageError("#ids", texts.getMessage("ids.inUse", null, locale))));
            return page(who, null, locale, model);
        }
        portal.send(new UnlinkIdentity(who.registrant(), link));
        portal.ask(
                new FindDossier(who.registrant()),
                after1 ->
                        after1.identities().stream().noneMatch(one -> one.link().equals(link)));
        // whoever signed in with it elsewhere does not stay
        sessions.endOthers(user.getName(), request.getSession().getId());
        after.addFlashAttribute("notice", texts.getMessage("ids.removed", new Object[] {line.label()}, locale));
        return "redirect:" + ADDRESS;
    }

    private String page(SignedIn who, @Nullable String outcome, Locale locale, Model model) {
        Dossier dossier = portal.ask(new FindDossier(who.registrant()));
        model.addAttribute("lines", lines(who, dossier, locale));
        model.addAttribute("outcome", outcome);
        model.addAttribute("sameNumbers", sameNumbers(dossier));
        model.addAttribute(
                "more",
                providers.of(Audience.REGISTRANTS).stream()
                        .filter(id -> isNew(dossier, id))
                        .map(id -> id(id, locale))
                        .toList());
        return "identity/ids";
    }

    /** Which numbers another registration has too that is still somebody's. */
    private List<String> sameNumbers(Dossier dossier) {
        return dossier.sameNumbers().stream()
                .filter(same -> !portal.ask(new FindDossier(same.other())).erased())
                .map(SameNumber::attribute)
                .distinct()
                .toList();
    }

    private boolean mayAdd(SignedIn who, String provider) {
        return providers.of(Audience.REGISTRANTS).contains(provider)
                && isNew(portal.ask(new FindDossier(who.registrant())), provider);
    }

    private static boolean isNew(Dossier dossier, String provider) {
        return dossier.identities().stream().noneMatch(one -> one.provider().equals(provider));
    }

    private Line line(SignedIn who, String link, Locale locale) {
        return lines(who, portal.ask(new FindDossier(who.registrant())), locale).stream()
                .filter(one -> one.identity().link().equals(link))
                .findFirst()
                .orElseThrow(() -> new Refused(RefusalCode.LINK_UNKNOWN));
    }

    private List<Line> lines(SignedIn who, Dossier dossier, Locale locale) {
        return dossier.identities().stream()
                .map(one -> new Line(
                        one, label(one.provider(), locale), one.provider().equals(who.provider())))
                .toList();
    }

    private Id id(String provider, Locale locale) {
        Provider settings = Objects.requireNonNull(providers.settings(provider));
        return new Id(provider, settings.label(locale), settings.idType());
    }

    private static boolean differ(@Nullable String one, @Nullable String other) {
        return one != null && other != null && !one.strip().equalsIgnoreCase(other.strip());
    }

    /** Of a provider that may not be set up any more. */
    private String label(String provider, Locale locale) {
        Provider settings = providers.settings(provider);
        return settings == null ? provider : settings.label(locale);
    }

    private boolean isFresh(PortalUser user) {
        Instant proved = user.evidence().authTime() == null
                ? user.signedInAt()
                : user.evidence().authTime();
        return proved.plus(Arrivals.FRESH).isAfter(clock.instant());
    }

    private static String again(PortalUser user, String to) {
        return WantedPage.carriedBy(Departures.START + user.provider(), to) + "&" + Departures.FRESH;
    }
}
