package org.selfservice.idp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2PushedAuthorizationRequestAuthenticationToken;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The two visits of a browser to the authorization endpoint. The first starts a sign-in and leads to its pages; the
 * second, when the pages are done, is authenticated by that sign-in alone. No session is ever signed in, so every
 * authorization asks again, and {@code prompt=login} holds by construction.
 */
final class Arrival extends OncePerRequestFilter implements AuthenticationEntryPoint {
    private static final String PUSHED = "urn:ietf:params:oauth:request_uri:";

    private static final Duration REFERENCE_LIVES = Duration.ofMinutes(1);

    private final Settings settings;
    private final Answers answers;
    private final OAuth2AuthorizationService authorizations;
    private final Map<String, Instant> references = new ConcurrentHashMap<>();
    private final OnceADay nonces;

    Arrival(Settings settings, Answers answers, OAuth2AuthorizationService authorizations) {
        this.settings = settings;
        this.answers = answers;
        this.authorizations = authorizations;
        this.nonces = new OnceADay(settings.clock());
    }

    /** The answer to a request that was left here beforehand (RFC 9126). */
    void left(HttpServletRequest http, HttpServletResponse response, Authentication pushed) throws IOException {
        var taken = (OAuth2PushedAuthorizationRequestAuthenticationToken) pushed;
        String reference = Objects.requireNonNull(taken.getRequestUri());
        boolean shortLived = settings.client(taken.getClientId()).has(Trait.PUSHED_REQUESTS_ALONE);
        Duration life = Duration.between(Instant.now(), Objects.requireNonNull(taken.getRequestUriExpiresAt()));
        if (shortLived) {
            references
                    .values()
                    .removeIf(until -> until.isBefore(settings.clock().instant()));
            references.put(reference, settings.clock().instant().plus(REFERENCE_LIVES));
            life = REFERENCE_LIVES;
        }
        response.setStatus(HttpStatus.CREATED.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        JsonMapper.shared()
                .writeValue(
                        response.getOutputStream(), Map.of("request_uri", reference, "expires_in", life.toSeconds()));
    }

    @Override
    public void commence(HttpServletRequest http, HttpServletResponse response, AuthenticationException denied)
            throws IOException {
        Optional<SignIn.Request> asked = pushed(http).or(() -> validated(http));
        Client client = asked.isEmpty() ? null : settings.client(http.getParameter("client_id"));
        if (asked.isEmpty() || client == null || !isAllowed(client, asked.get(), http)) {
            response.sendError(HttpStatus.BAD_REQUEST.value());
            return;
        }
        SignIn.Request request = asked.get();
        if (!Consent.wellFormed(request.parameter("claims"))) {
            answers.refuse(response, client, request, "invalid_request");
        } else if (request.parameter("prompt").contains("none") && !client.has(Trait.PROMPT_NONE_IGNORED)) {
            answers.refuse(response, client, request, "login_required");
        } else {
            SignIn signIn = new SignIn(client, request, settings.clock().instant());
            signIn.keepIn(http.getSession());
            String language = Languages.offered(request.parameter("ui_locales"))
                    .map(locale -> "&lang=" + locale.getLanguage())
                    .orElse("");
            String page = signIn.client.system == IdSystem.STAFF ? "/staff" : "/login";
            response.sendRedirect(page + "?signIn=" + signIn.id + language);
        }
    }

    private boolean isAllowed(Client client, SignIn.Request request, HttpServletRequest http) {
        if (client.has(Trait.PUSHED_REQUESTS_ALONE)) {
            Instant until = references.remove(String.valueOf(http.getParameter("request_uri")));
            if (until == null || until.isBefore(settings.clock().instant())) return false;
        }
        String nonce = request.parameter("nonce");
        return !client.has(Trait.NONCE_ONCE) || nonce.isEmpty() || nonces.first(client.id + "|" + nonce);
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
                        http.getParameter("request_uri") != null,
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
                resume(http, request),
                true,
                String.valueOf(request.getRedirectUri()),
                request.getState(),
                String.join(" ", request.getScopes()),
                request.getAdditionalParameters()));
    }

    /** In full, since the reference may not live as long as the sign-in takes. */
    private static String resume(HttpServletRequest http, OAuth2AuthorizationRequest request) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("response_type", "code");
        all.put("client_id", request.getClientId());
        all.put("redirect_uri", String.valueOf(request.getRedirectUri()));
        all.put("scope", String.join(" ", request.getScopes()));
        if (request.getState() != null) all.put("state", request.getState());
        // the client's proof came along with the request, and is nobody else's business
        request.getAdditionalParameters().forEach((name, value) -> {
            if (!name.startsWith("client_")) all.put(name, value.toString());
        });
        return http.getRequestURI() + "?"
                + all.entrySet().stream()
                        .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String resume(HttpServletRequest http) {
        return http.getRequestURI() + "?"
                + http.getParameterMap().entrySet().stream()
                        .filter(parameter -> !parameter.getKey().equals("signIn"))
                        .flatMap(parameter ->
                                Stream.of(parameter.getValue()).map(value -> Map.entry(parameter.getKey(), value)))
                        .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
