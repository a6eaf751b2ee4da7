package org.selfservice.idp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The two visits of a browser to the authorization endpoint. The first starts a sign-in and leads to its pages; the
 * second, when the pages are done, is authenticated by that sign-in alone. No session is ever signed in, so every
 * authorization asks again, and {@code prompt=login} holds by construction.
 */
final class Arrival extends OncePerRequestFilter implements AuthenticationEntryPoint {
    private static final String PUSHED = "urn:ietf:params:oauth:request_uri:";

    private final Settings settings;
    private final Answers answers;
    private final OAuth2AuthorizationService authorizations;

    Arrival(Settings settings, Answers answers, OAuth2AuthorizationService authorizations) {
        this.settings = settings;
        this.answers = answers;
        this.authorizations = authorizations;
    }

    @Override
    public void commence(HttpServletRequest http, HttpServletResponse response, AuthenticationException denied)
            throws IOException {
        Optional<SignIn.Request> asked = pushed(http).or(() -> validated(http));
        if (asked.isEmpty()) {
            response.sendError(HttpStatus.BAD_REQUEST.value());
            return;
        }
        SignIn.Request request = asked.get();
        if (!Consent.wellFormed(request.parameter("claims"))) {
            response.sendRedirect(answers.refusal(request.redirectUri(), "invalid_request", request.state()));
        } else if (request.parameter("prompt").contains("none")) {
            response.sendRedirect(answers.refusal(request.redirectUri(), "login_required", request.state()));
        } else {
            SignIn signIn = new SignIn(settings.client(http.getParameter("client_id")), request);
            signIn.keepIn(http.getSession());
            String language = Languages.offered(request.parameter("ui_locales"))
                    .map(locale -> "&lang=" + locale.getLanguage())
                    .orElse("");
            String page = signIn.client.system == IdSystem.STAFF ? "/staff" : "/login";
            response.sendRedirect(page + "?signIn=" + signIn.id + language);
        }
    }

    @Override
    protected void doFilterInternal(HttpServletRequest http, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SignIn.find(http.getSession(false), http.getParameter("signIn"))
                .filter(signIn -> signIn.resume().equals(http.getRequestURI() + "?" + http.getQueryString()))
                .ifPresent(signIn -> signIn.result().ifPresent(result -> {
                    signIn.forget(http.getSession());
                    SecurityContextHolder.setContext(new SecurityContextImpl(result));
                }));
        chain.doFilter(http, response);
    }

    /** The authorization server leaves here what it has checked: client, redirect address, scopes and PKCE. */
    private static Optional<SignIn.Request> validated(HttpServletRequest http) {
        String attribute = OAuth2AuthorizationCodeRequestAuthenticationToken.class.getName();
        return http.getAttribute(attribute) instanceof OAuth2AuthorizationCodeRequestAuthenticationToken token
                ? Optional.of(new SignIn.Request(
                        resume(http),
                        String.valueOf(token.getRedirectUri()),
                        token.getState(),
                        String.join(" ", token.getScopes()),
                        token.getAdditionalParameters()))
                : Optional.empty();
    }

    private Optional<SignIn.Request> pushed(HttpServletRequest http) {
        String uri = http.getParameter("request_uri");
        if (uri == null || !uri.startsWith(PUSHED)) return Optional.empty();
        var authorization = authorizations.findByToken(uri.substring(PUSHED.length()), new OAuth2TokenType("state"));
        OAuth2AuthorizationRequest request =
                authorization == null ? null : authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
        if (request == null || !request.getClientId().equals(http.getParameter("client_id"))) return Optional.empty();
        return Optional.of(new SignIn.Request(
                resume(http),
                String.valueOf(request.getRedirectUri()),
                request.getState(),
                String.join(" ", request.getScopes()),
                request.getAdditionalParameters()));
    }

    private static String resume(HttpServletRequest http) {
        return http.getParameterMap().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals("signIn"))
                .flatMap(
                        parameter -> Stream.of(parameter.getValue()).map(value -> Map.entry(parameter.getKey(), value)))
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
