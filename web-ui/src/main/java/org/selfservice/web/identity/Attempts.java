package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Sign-ins that were begun and have not come back, by their {@code state}: a second window does not spoil the first. Each
 * can be used once. The session keeps the newest five.
 */
final class Attempts implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
    /** Request attribute: the attempt that this request used up. */
    private static final String USED = Attempts.class.getName() + ".used";

    private static final String KEY = Attempts.class.getName();
    private static final int MOST = 5;

    private final Duration lifetime;
    private final Clock clock;

    Attempts(Duration lifetime, Clock clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    record Attempt(OAuth2AuthorizationRequest request, Instant begun) implements Serializable {}

    @Override
    public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
        String state = request.getParameter(OAuth2ParameterNames.STATE);
        Attempt attempt = state == null ? null : all(request.getSession(false)).get(state);
        return attempt == null || attempt.begun().plus(lifetime).isBefore(clock.instant()) ? null : attempt.request();
    }

    @Override
    public void saveAuthorizationRequest(
            @Nullable OAuth2AuthorizationRequest begun, HttpServletRequest request, HttpServletResponse response) {
        if (begun == null) {
            removeAuthorizationRequest(request, response);
            return;
        }
        HttpSession session = request.getSession(true);
        LinkedHashMap<String, Attempt> attempts = all(session);
        attempts.put(begun.getState(), new Attempt(begun, clock.instant()));
        while (attempts.size() > MOST) {
            attempts.pollFirstEntry();
        }
        session.setAttribute(KEY, attempts);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
            HttpServletRequest request, HttpServletResponse response) {
        OAuth2AuthorizationRequest attempt = loadAuthorizationRequest(request);
        HttpSession session = request.getSession(false);
        LinkedHashMap<String, Attempt> attempts = all(session);
        if (session != null
                && attempts.remove(String.valueOf(request.getParameter(OAuth2ParameterNames.STATE))) != null) {
            session.setAttribute(KEY, attempts);
        }
        request.setAttribute(USED, attempt);
        return attempt;
    }

    /** The attempt that this request came back from, when there was one. */
    static @Nullable OAuth2AuthorizationRequest used(HttpServletRequest request) {
        return (OAuth2AuthorizationRequest) request.getAttribute(USED);
    }

    /** The same, for what is called without the request. */
    static @Nullable OAuth2AuthorizationRequest current() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? used(attributes.getRequest())
                : null;
    }

    /** A copy, since a session notices only what is set. */
    @SuppressWarnings("unchecked")
    private static LinkedHashMap<String, Attempt> all(@Nullable HttpSession session) {
        Object kept = session == null ? null : session.getAttribute(KEY);
        return kept == null ? new LinkedHashMap<>() : new LinkedHashMap<>((LinkedHashMap<String, Attempt>) kept);
    }
}
