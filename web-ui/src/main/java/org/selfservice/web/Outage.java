package org.selfservice.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.StoreWatch;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * While the store is away: what everybody may read is shown to whoever asks as to somebody unknown, since sessions are kept in
 * the store too, and says so. Everything else gets 503 at once, instead of waiting for a connection and failing then.
 */
@Component
@Order(SessionRepositoryFilter.DEFAULT_ORDER - 1)
public final class Outage extends OncePerRequestFilter {
    /** Attribute of a request that was made while nobody can be recognised. */
    public static final String NOTED = Outage.class.getName();

    private static final int SECONDS = 10;
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final List<PathPatternRequestMatcher> READABLE = Stream.of(
                    "/", "/programs/*", "/help/**", "/assets/**", "/actuator/**", "/api/openapi", "/api/openapi.yaml")
            .map(PathPatternRequestMatcher::pathPattern)
            .toList();
    /** SQLSTATE classes and codes of a connection that failed, and of a server that goes or comes (PostgreSQL, appendix A). */
    private static final Pattern GONE = Pattern.compile("08...|57P0[123]");
    /** The web does not know what holds the views and the events; this is what drivers throw when they find nothing. */
    private static final Pattern OTHERS_GONE = Pattern.compile(
            "com\\.mongodb\\.Mongo(?:Socket|Timeout|NotPrimary|NodeIsRecovering|ServerUnavailable)\\w*Exception"
                    + "|io\\.grpc\\.Status(?:Runtime)?Exception");

    private final List<StoreWatch> stores;

    Outage(List<StoreWatch> stores) {
        this.stores = stores;
    }

    /** Whether the failure says that a database could not be reached. */
    static boolean causes(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException
                    || cause instanceof SQLException sql
                            && GONE.matcher(Objects.toString(sql.getSQLState(), ""))
                                    .matches()
                    || OTHERS_GONE.matcher(cause.getClass().getName()).matches()) {
                return true;
            }
        }
        return false;
    }

    static void comeAgain(HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(SECONDS));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (stores.stream().anyMatch(StoreWatch::isAway)) {
            request.setAttribute(NOTED, true);
            if (!isError(request) && !isReadable(request)) {
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

    /** A program that brings a token of its own has no session, and reading asks the views alone. */
    private static boolean isReadable(HttpServletRequest request) {
        return READING.contains(request.getMethod())
                && (READABLE.stream().anyMatch(pattern -> pattern.matches(request))
                        || request.getRequestURI().startsWith(request.getContextPath() + "/api/")
                                && request.getHeader(HttpHeaders.AUTHORIZATION) != null);
    }
}
