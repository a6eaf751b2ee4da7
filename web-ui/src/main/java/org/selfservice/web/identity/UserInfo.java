package org.selfservice.web.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the person agreed to share: JSON or a signed JWT, as the provider's answer says (OpenID Connect Core 1.0, section
 * 5.3.2). It is fetched once, in the call-back, and never accepted from elsewhere.
 */
@Component
class UserInfo {
    private static final MediaType JWT = MediaType.valueOf("application/jwt");
    /** A photo fits in; more is no userinfo. */
    private static final int LONGEST = 2_000_000;

    private final Providers providers;
    private final RestClient http =
            RestClient.builder().requestFactory(Providers.patient()).build();

    UserInfo(Providers providers) {
        this.providers = providers;
    }

    /** @throws OAuth2AuthenticationException whatever goes wrong */
    Map<String, Object> of(OidcUserRequest login) {
        ClientRegistration registration = login.getClientRegistration();
        String address = registration.getProviderDetails().getUserInfoEndpoint().getUri();
        if (address == null || address.isEmpty()) {
            return login.getIdToken().getClaims();
        }
        try {
            Map<String, Object> claims = Objects.requireNonNull(http.get()
                    .uri(address)
                    .accept(JWT, MediaType.APPLICATION_JSON)
                    .header(
                            HttpHeaders.AUTHORIZATION,
                            "Bearer " + login.getAccessToken().getTokenValue())
                    .exchange((request, response) -> read(response, registration)));
            if (!login.getIdToken().getSubject().equals(claims.get("sub"))) {
                throw failed("the subject is another one", null);
            }
            return claims;
        } catch (OAuth2AuthenticationException known) {
            throw known;
        } catch (RuntimeException failure) {
            throw failed(failure.getClass().getSimpleName(), failure);
        }
    }

    private Map<String, Object> read(ClientHttpResponse response, ClientRegistration registration) throws IOException {
        if (!response.getStatusCode().is2xxSuccessful()) {
            throw failed("status " + response.getStatusCode().value(), null);
        }
        String body = text(response);
        MediaType type = response.getHeaders().getContentType();
        return JWT.isCompatibleWith(type)
                ? signed(body, registration)
                : JsonMapper.shared().readValue(body, new TypeReference<Map<String, Object>>() {});
    }

    /** The signature may be the ID system's, which has no clock in it: only issuer and audience are there to check. */
    private Map<String, Object> signed(String body, ClientRegistration registration) {
        NimbusJwtDecoder decoder = IdTokens.signedBy(registration, providers.required(registration));
        decoder.setJwtValidator(token -> org.springframework.security.oauth2.core.OAuth2TokenValidatorResult.success());
        Jwt token;
        try {
            token = decoder.decode(body);
        } catch (JwtException wrong) {
            throw failed("the signature cannot be checked", wrong);
        }
        if (!registration.getProviderDetails().getIssuerUri().equals(token.getClaimAsString("iss"))
                || !token.getAudience().contains(registration.getClientId())) {
            throw failed("issuer or audience is another one", null);
        }
        return token.getClaims();
    }

    private static String text(ClientHttpResponse response) throws IOException {
        try (InputStream in = response.getBody()) {
            byte[] body = in.readNBytes(LONGEST + 1);
            if (body.length > LONGEST) {
                throw failed("it is too long", null);
            }
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static OAuth2AuthenticationException failed(
            String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new OAuth2AuthenticationException(new OAuth2Error("invalid_user_info", why, null), cause);
    }
}
