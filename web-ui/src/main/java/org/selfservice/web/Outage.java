package org.selfservice.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.selfservice.kernel.StoreWatch;
import org.selfservice.kernel.StoreWatch.Ability;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * While a server is away: what can be answered without it is answered, and says what cannot be done. Everything else gets 503
 * at once, instead of waiting for a connection and failing then. Who asks is somebody unknown while sessions cannot be read.
 */
@Component
@Order(SessionRepositoryFilter.DEFAULT_ORDER - 1)
public final class Outage extends OncePerRequestFilter {
    /** Attribute of a request: the abilities that are missing. */
    private static final String MISSING = Outage.class.getName();

    private static final int SECONDS = 10;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final List<PathPatternRequestMatcher> FIXED =
            patterns("/help/**", "/assets/**", "/actuator/**", "/api/openapi", "/api/openapi.yaml");
    private static final List<PathPatternRequestMatcher> FOR_ANYBODY = patterns("/", "/programs/*");

    private final List<StoreWatch> stores;

    Outage(List<StoreWatch> stores) {
        this.stores = stores;
    }

    /** What cannot be done for this request. */
    public static Set<Ability> missing(HttpServletRequest request) {
        return request.getAttribute(MISSING) instanceof Missing noted ? noted.abilities() : Set.of();
    }

    private record Missing(Set<Ability> abilities) {}

    static void comeAgain(HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(SECONDS));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Set<Ability> missing = EnumSet.noneOf(Ability.class);
        stores.stream().filter(StoreWatch::isAway).forEach(store -> missing.addAll(store.abilities()));
        if (!missing.isEmpty()) {
            request.setAttribute(MISSING, new Missing(missing));
            if (!isError(request) && !isAnswered(request, missing)) {
                comeAgain(response);
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    private static boolean isError(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR;
    }

    private static boolean isAnswered(HttpServletRequest request, Set<Ability> missing) {
        boolean reads = READING.contains(request.getMethod());
        if (reads && matches(FIXED, request)) {
            return true;
        }
        if (missing.contains(reads ? Ability.SHOW : Ability.DECIDE)) {
            return false;
        }
        if (isByToken(request)) {
            return true;
        }
        // a page is made of views also where it is the answer to a form
        return !missing.contains(Ability.SHOW)
                && (!missing.contains(Ability.RECOGNISE) || reads && matches(FOR_ANYBODY, request));
    }

    /** A program that brings a token of its own has no session. */
    private static boolean isByToken(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + "/api/")
                && request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    }

    private static boolean matches(List<PathPatternRequestMatcher> patterns, HttpServletRequest request) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(request));
    }

    private static List<PathPatternRequestMatcher> patterns(String... patterns) {
        return Stream.of(patterns).map(PathPatternRequestMatcher::pathPattern).toList();
    }
}
