package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.application.KeptAnswers;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/**
 * What happens to somebody who may not pass. Only a page that a person opens leads to sign-in: an image or a script that
 * began a sign-in of its own would spoil the one that is under way.
 */
final class Gate implements AuthenticationEntryPoint, AccessDeniedHandler {
    private final KeptAnswers answers;

    /** @param answers keeps what was typed into an application until its person has signed in again */
    Gate(KeptAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException unknown)
            throws IOException {
        toSignIn(request, response);
    }

    /** A form of a session that is over comes without a valid token: its sender needs to sign in, not to be told off. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (denied instanceof CsrfException && isOver(request)) {
            toSignIn(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private void toSignIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String page = isOver(request) ? "/sign-in/timeout" : "/sign-in";
        if ((request.getServletPath() + "/").startsWith("/staff/")) {
            page = "/staff/sign-in";
        }
        String kept = answers.keep(request);
        String address =
                request.getContextPath() + WantedPage.carriedBy(page, kept != null ? kept : WantedPage.of(request));
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", address);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (isPage(request)) {
            response.sendRedirect(address);
        } else {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    /** By the browser's word (W3C Fetch Metadata), else by what is accepted. */
    private static boolean isPage(HttpServletRequest request) {
        String destination = request.getHeader("Sec-Fetch-Dest");
        if (destination != null) {
            return destination.equals("document");
        }
        return accepts(request.getHeader(HttpHeaders.ACCEPT), "text/html");
    }

    private static boolean accepts(@Nullable String accept, String type) {
        return accept != null && accept.contains(type);
    }

    private static boolean isOver(HttpServletRequest request) {
        return request.getAttribute(SessionLimit.OVER) != null
                || request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
    }
}
