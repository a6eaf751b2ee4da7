package org.selfservice.web.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.factories.DefaultJWEDecrypterFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the person agreed to share: JSON, a signed JWT, or either of them encrypted, as the provider's answer says (OpenID
 * Connect Core 1.0, section 5.3.2). It is fetched once, in the call-back, and never accepted from elsewhere.
 */
@Component
class UserInfo {
    static final String INVALID = "invalid_user_info";
    private static final MediaType JWT = MediaType.valueOf("application/jwt");
    /** By which a content key may be wrapped. RSA1_5 is not among them (RFC 8725, section 3.2), nor is anything shared. */
    private static final Set<JWEAlgorithm> WRAPPED_BY = Set.of(
            JWEAlgorithm.RSA_OAEP_256,
            JWEAlgorithm.RSA_OAEP_384,
            JWEAlgorithm.RSA_OAEP_512,
            new JWEAlgorithm("RSA-OAEP"),
            JWEAlgorithm.ECDH_ES,
            JWEAlgorithm.ECDH_ES_A128KW,
            JWEAlgorithm.ECDH_ES_A256KW);

    private final Providers providers;
    private final IdTokens signatures;

    UserInfo(Providers providers, IdTokens signatures) {
        this.providers = providers;
        this.signatures = signatures;
    }

    /** @throws OAuth2AuthenticationException whatever goes wrong */
    Map<String, Object> of(OidcUserRequest login) {
        ClientRegistration registration = login.getClientRegistration();
        String address = registration.getProviderDetails().getUserInfoEndpoint().getUri();
        if (address == null || address.isEmpty()) {
            return login.getIdToken().getClaims();
        }
        try {
            Map<String, Object> claims = Objects.requireNonNull(providers
                    .http()
                    .get()
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
        } catch (ResourceAccessException failure) {
            if (failure.getCause() instanceof ProviderCalls.TooLong) {
                throw failed("it is too long", failure);
            }
            throw new OAuth2AuthenticationException(new OAuth2Error(Providers.UNREACHABLE), failure);
        } catch (RuntimeException failure) {
            throw failed(failure.getClass().getSimpleName(), failure);
        }
    }

    private Map<String, Object> read(ClientHttpResponse response, ClientRegistration registration) throws IOException {
        if (!response.getStatusCode().is2xxSuccessful()) {
            throw failed("status " + response.getStatusCode().value(), null);
        }
        String body;
        try (InputStream in = response.getBody()) {
            body = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        return JWT.isCompatibleWith(response.getHeaders().getContentType()) ? opened(body, registration) : json(body);
    }

    /** Three parts are a signature's, five an encryption's (RFC 7516, section 9). */
    private Map<String, Object> opened(String body, ClientRegistration registration) {
        if (body.chars().filter(letter -> letter == '.').count() != 4) {
            return verified(body, registration);
        }
        String inner = decrypted(body, providers.checked(registration).decryptionKeys());
        return inner.startsWith("{") ? json(inner) : verified(inner, registration);
    }

    /** With whichever key opens it: the provider may know the portal's key by another name. */
    private static String decrypted(String body, List<JWK> keys) {
        if (keys.isEmpty()) {
            throw failed("it is encrypted and there is no decryption-key", null);
        }
        JOSEException last = null;
        for (JWK key : keys) {
            try {
                JWEObject sealed = JWEObject.parse(body);
                if (!WRAPPED_BY.contains(sealed.getHeader().getAlgorithm())) {
                    throw failed("it is encrypted in a way that is not allowed", null);
                }
                sealed.decrypt(new DefaultJWEDecrypterFactory()
                        .createJWEDecrypter(sealed.getHeader(), ((AsymmetricJWK) key).toPrivateKey()));
                return sealed.getPayload().toString();
            } catch (JOSEException other) {
                last = other;
            } catch (ParseException wrong) {
                throw failed("it is no JWE", null);
            }
        }
        throw failed("no decryption-key opens it", last);
    }

    private static Map<String, Object> json(String body) {
        return JsonMapper.shared().readValue(body, new TypeReference<Map<String, Object>>() {});
    }

    /** The signature may be the ID system's, which often has no clock in it: then issuer and audience alone are there to check. */
    private Map<String, Object> verified(String body, ClientRegistration registration) {
        NimbusJwtDecoder decoder = signatures.signed(registration);
        decoder.setJwtValidator(new JwtTimestampValidator(IdTokens.SKEW));
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

    private static OAuth2AuthenticationException failed(String why, @Nullable Throwable cause) {
        OAuth2Error error = new OAuth2Error(INVALID, why, null);
        return cause == null
                ? new OAuth2AuthenticationException(error)
                : new OAuth2AuthenticationException(error, cause);
    }
}
