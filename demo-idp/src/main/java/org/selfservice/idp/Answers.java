package org.selfservice.idp;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
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
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
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

/** What clients get back: redirects that name the issuer (RFC 9207), and userinfo, as JSON, signed, or encrypted as well. */
final class Answers {
    private static final MediaType SIGNED = MediaType.valueOf("application/jwt");

    private final Settings settings;
    private final JwtEncoder encoder;

    Answers(Settings settings, JwtEncoder encoder) {
        this.settings = settings;
        this.encoder = encoder;
    }

    /** Where somebody goes whose sign-in came to nothing. */
    String refusal(Client client, SignIn.Request request, String error) {
        if (!client.has(Trait.ANSWERS_OF_ITS_OWN)) {
            return address(request.redirectUri(), values("error", error, request.state(), true));
        }
        String own = error.equals("access_denied") ? "consent_details_rejected" : error;
        Map<String, Object> values = values("error", own, request.pushed() ? "null" : request.state(), false);
        values.put("error_description", own);
        return address(request.redirectUri(), values);
    }

    /** What is wrong with the request itself is sent back, or for some clients said here. */
    void refuse(HttpServletResponse response, Client client, SignIn.Request request, String error) throws IOException {
        if (client.has(Trait.ANSWERS_OF_ITS_OWN)) response.sendError(HttpStatus.BAD_REQUEST.value(), error);
        else response.sendRedirect(refusal(client, request, error));
    }

    void code(HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        var authorized = (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        String code = Objects.requireNonNull(authorized.getAuthorizationCode()).getTokenValue();
        String redirectUri = Objects.requireNonNull(authorized.getRedirectUri());
        Map<String, Object> values = values("code", code, authorized.getState(), true);
        String language = request.getParameter("ui_locales");
        if (language != null && settings.client(authorized.getClientId()).has(Trait.ANSWERS_OF_ITS_OWN))
            values.put("ui_locales", language);
        response.sendRedirect(address(redirectUri, values));
    }

    void error(HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        var failed = (OAuth2AuthorizationCodeRequestAuthenticationException) exception;
        var asked = failed.getAuthorizationCodeRequestAuthentication();
        String error = failed.getError().getErrorCode();
        if (asked == null
                || asked.getRedirectUri() == null
                || settings.client(asked.getClientId()).has(Trait.ANSWERS_OF_ITS_OWN)) {
            response.sendError(HttpStatus.BAD_REQUEST.value(), failed.getError().toString());
        } else response.sendRedirect(address(asked.getRedirectUri(), values("error", error, asked.getState(), true)));
    }

    /** Who is not known as a client: with status 400 as eSignet, for whatever reason. */
    static void unknownClient(HttpServletRequest request, HttpServletResponse response, AuthenticationException failed)
            throws IOException {
        String error = failed instanceof OAuth2AuthenticationException known
                ? known.getError().getErrorCode()
                : "invalid_client";
        response.setStatus(HttpStatus.BAD_REQUEST.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        JsonMapper.shared().writeValue(response.getOutputStream(), Map.of("error", error, "error_description", error));
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
        Client client = settings.client(clientId);
        response.setCharacterEncoding("UTF-8");
        if (client.signedUserInfo) {
            if (MediaType.parseMediaTypes(request.getHeader("Accept")).stream().noneMatch(SIGNED::isCompatibleWith)
                    && request.getHeader("Accept") != null) {
                response.sendError(HttpStatus.NOT_ACCEPTABLE.value());
                return;
            }
            JwtClaimsSet claims = JwtClaimsSet.builder()
                    .claims(all -> all.putAll(info.getClaims()))
                    .issuer(Objects.requireNonNull(settings.issuer()).toString())
                    .audience(java.util.List.of(clientId))
                    .build();
            JwsHeader header = JwsHeader.with(SignatureAlgorithm.RS256).build();
            String signed =
                    encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
            response.setContentType("application/jwt;charset=UTF-8");
            response.getWriter().write(client.userInfoKey == null ? signed : encrypted(signed, client.userInfoKey));
        } else {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getWriter().write(JsonMapper.shared().writeValueAsString(info.getClaims()));
        }
    }

    /** The key's name is one that the provider made up, as eSignet does. */
    private static String encrypted(String signed, RSAKey key) {
        try {
            JWEObject nested = new JWEObject(
                    new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                            .contentType("JWT")
                            .keyID(Base64URL.encode("certificate of " + key.computeThumbprint())
                                    .toString())
                            .build(),
                    new Payload(signed));
            nested.encrypt(new RSAEncrypter(key));
            return nested.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
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

    private Map<String, Object> values(String name, String value, @Nullable String state, boolean issuer) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(name, value);
        if (state != null && !state.isEmpty()) values.put("state", state);
        if (issuer) values.put("iss", Objects.requireNonNull(settings.issuer()).toString());
        return values;
    }

    private static String address(String redirectUri, Map<String, Object> values) {
        UriComponentsBuilder address = UriComponentsBuilder.fromUriString(redirectUri);
        values.keySet().forEach(key -> address.queryParam(key, "{" + key + "}"));
        return address.encode().buildAndExpand(values).toUriString();
    }
}
