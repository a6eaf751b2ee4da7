package org.selfservice.web.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.identity.Acting.Assisted;
import org.selfservice.web.identity.Acting.Delegated;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/**
 * Whoever acts for somebody is that person on the person's pages, and themself on their own; for this one request, so that
 * their own login stays as it is. Whether they may still is looked at each time.
 */
final class ActingGate extends OncePerRequestFilter {
    private static final List<String> OWN_PAGES = List.of("/staff", "/acting", "/assets", "/sign-out", "/api");
    /** What the person hears or takes home. */
    private static final Pattern THEIR_LANGUAGE = Pattern.compile("/applications/[^/]+/(check|receipt\\.pdf)");

    private static final Duration NOTED = Duration.ofSeconds(30);

    private final LoginSettings settings;
    private final Portal portal;
    private final Predicate<String> helped;
    private final Clock clock;

    /** @param helped whether a session's person is still signed in at their provider, by the session's id */
    ActingGate(LoginSettings settings, Portal portal, Predicate<String> helped, Clock clock) {
        this.settings = settings;
        this.portal = portal;
        this.helped = helped;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        Acting acting = Acting.in(session);
        Authentication self = SecurityContextHolder.getContext().getAuthentication();
        if (session == null || acting == null || self == null) {
            chain.doFilter(request, response);
            return;
        }
        Instant now = clock.instant();
        String path = request.getRequestURI().substring(request.getContextPath().length());
        if (!self.getName().equals(acting.actor())) {
            Acting.end(request);
            chain.doFilter(request, response);
            return;
        }
        String why = whyOver(acting, session, now);
        if (why != null) {
            String page = AssistPages.end(acting, request, why, now);
            if (!isOwn(path)) {
                response.sendRedirect(request.getContextPath() + page);
                return;
            }
        } else {
            if (used(session, acting).plus(NOTED).isBefore(now)) {
                session.setAttribute(Acting.USED, now);
            }
            if (!isOwn(path)) {
                become(acting, request, path);
            }
        }
        chain.doFilter(request, response);
    }

    private static void become(Acting acting, HttpServletRequest request, String path) {
        SecurityContextHolder.setContext(new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                acting, null, List.of(new SimpleGrantedAuthority(PortalUser.Person.AUTHORITY)))));
        String language = acting.language();
        if (language != null && THEIR_LANGUAGE.matcher(path).matches()) {
            request.setAttribute(CookieLocaleResolver.LOCALE_REQUEST_ATTRIBUTE_NAME, Locale.forLanguageTag(language));
        }
    }

    private static Instant used(HttpSession session, Acting acting) {
        Instant noted = (Instant) session.getAttribute(Acting.USED);
        return noted == null || noted.isBefore(acting.since()) ? acting.since() : noted;
    }

    /** Null while they may go on. */
    private @Nullable String whyOver(Acting acting, HttpSession session, Instant now) {
        return switch (acting) {
            case Assisted assisted when assisted.isOver(settings, used(session, acting), now) -> "idle";
            case Assisted _ -> helped.test(session.getId()) ? null : "left";
            case Delegated delegated -> mayStill(delegated, now) ? null : "over";
        };
    }

    private boolean mayStill(Delegated delegated, Instant now) {
        Dossier dossier = portal.ask(new FindDossier(delegated.registrant()));
        return !dossier.erased()
                && dossier.delegations().stream()
                        .anyMatch(one -> one.id().equals(delegated.delegation())
                                && one.stands(now)
                                && String.valueOf(one.delegate()).equals(delegated.actor()));
    }

    static boolean isOwn(String path) {
        return OWN_PAGES.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
    }
}
