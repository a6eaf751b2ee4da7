package org.selfservice.idp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** What clients get back: redirects that name the issuer (RFC 9207), and userinfo, as JSON or signed. */
final class Answers {
    private final Settings settings;
    private final JwtEncoder encoder;

    Answers(Settings settings, JwtEncoder encoder) {
        this.settings = settings;
        this.encoder = encoder;
    }

    String refusal(String redirectUri, String error, @Nullable String state) {
        return address(redirectUri, "error", error, state);
    }

    void code(HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        var authorized = (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        String code = Objects.requireNonNull(authorized.getAuthorizationCode()).getTokenValue();
        String redirectUri = Objects.requireNonNull(authorized.getRedirectUri());
        response.sendRedirect(address(redirectUri, "code", code, authorized.getState()));
    }

    void error(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        var failed = (OAuth2AuthorizationCodeRequestAuthenticationException) exception;
        var asked = failed.getAuthorizationCodeRequestAuthentication();
        if (asked == null || asked.getRedirectUri() == null) {
            response.sendError(HttpStatus.BAD_REQUEST.value(), failed.getError().toString());
        } else {
            response.sendRedirect(
                    refusal(asked.getRedirectUri(), failed.getError().getErrorCode(), asked.getState()));
        }
    }

    /** The id_token of a provider that was started anew is unknown; its bearer still has to get home. */
    void unknownLogout(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        String wished = request.getParameter("post_logout_redirect_uri");
        boolean registered = wished != null
                && settings.clients().stream()
                        .anyMatch(client -> client.afterLogout().stream().anyMatch(known -> same(known, wished)));
        response.sendRedirect(registered ? wished : "/");
    }

    void userInfo(HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        var authenticated = (OidcUserInfoAuthenticationToken) authentication;
        OidcUserInfo info = authenticated.getUserInfo();
        String clientId = ((JwtAuthenticationToken) authenticated.getPrincipal())
                .getToken()
                .getAudience()
                .getFirst();
        response.setCharacterEncoding("UTF-8");
        if (settings.client(clientId).signedUserInfo) {
            JwtClaimsSet claims = JwtClaimsSet.builder()
                    .claims(all -> all.putAll(info.getClaims()))
                    .issuer(Objects.requireNonNull(settings.issuer()).toString())
                    .audience(java.util.List.of(clientId))
                    .build();
            JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256).build();
            response.setContentType("application/jwt");
            response.getWriter()
                    .write(encoder.encode(JwtEncoderParameters.from(header, claims))
                            .getTokenValue());
        } else {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getWriter().write(JsonMapper.shared().writeValueAsString(info.getClaims()));
        }
    }

    /** Equal, or equal but for the port on this machine: test runs choose their ports at the last moment. */
    static boolean same(String registered, String wished) {
        if (registered.equals(wished)) return true;
        URI known = URI.create(registered);
        boolean here = "localhost".equals(known.getHost()) || "127.0.0.1".equals(known.getHost());
        try {
            int port = URI.create(wished).getPort();
            return here
                    && UriComponentsBuilder.fromUri(known)
                            .port(port)
                            .build()
                            .toUriString()
                            .equals(wished);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private String address(String redirectUri, String name, String value, @Nullable String state) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(name, value);
        if (state != null && !state.isEmpty()) values.put("state", state);
        values.put("iss", Objects.requireNonNull(settings.issuer()).toString());
        UriComponentsBuilder address = UriComponentsBuilder.fromUriString(redirectUri);
        values.keySet().forEach(key -> address.queryParam(key, "{" + key + "}"));
        return address.encode().buildAndExpand(values).toUriString();
    }
}
