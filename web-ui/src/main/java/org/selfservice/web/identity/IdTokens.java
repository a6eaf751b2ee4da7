package org.selfservice.web.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/** Checks id_tokens: signature by one of the provider's algorithms, issuer, audience, time, and the demanded way of proof. */
@Component
class IdTokens implements JwtDecoderFactory<ClientRegistration> {
    static final String WEAK = "weak_authentication";
    static final String STALE = "stale_authentication";
    /** By how much the provider's clock may differ from the portal's. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(IdTokens.class);

    private final Providers providers;

    IdTokens(Providers providers) {
        this.providers = providers;
    }

    @Override
    public JwtDecoder createDecoder(ClientRegistration registration) {
        Provider provider = providers.required(registration);
        OidcIdTokenValidator standard = new OidcIdTokenValidator(registration);
        standard.setClockSkew(SKEW);
        NimbusJwtDecoder decoder = signed(registration);
        decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                new JwtTimestampValidator(SKEW),
                standard,
                token -> goodEnough(provider, token),
                IdTokens::freshEnough)));
        return decoder;
    }

    /**
     * Checks nothing but the signature, which is enough for what has no clock in it.
     *
     * @param types that the header may name besides JWT (RFC 8725, section 3.11)
     */
    NimbusJwtDecoder signed(ClientRegistration registration, JOSEObjectType... types) {
        String id = registration.getRegistrationId();
        JWSKeySelector<SecurityContext> keys = new JWSVerificationKeySelector<>(
                providers.required(registration).algorithms().stream()
                        .map(JWSAlgorithm::new)
                        .collect(Collectors.toSet()),
                providers.lookup(id).keys());
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector((header, context) -> candidates(id, keys, header, context));
        Set<@Nullable JOSEObjectType> allowed = new HashSet<>(Arrays.asList(types));
        allowed.add(JOSEObjectType.JWT);
        allowed.add(null);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(allowed));
        processor.setJWTClaimsSetVerifier((claims, context) -> {
            // the decoder's own validators do
        });
        return new NimbusJwtDecoder(processor);
    }

    private static List<? extends Key> candidates(
            String id, JWSKeySelector<SecurityContext> keys, JWSHeader header, SecurityContext context)
            throws KeySourceException {
        List<? extends Key> found = keys.selectJWSKeys(header, context);
        if (found.isEmpty()) {
            // the first that an operator needs to know; neither is personal
            LOG.warn(
                    "provider {} signed with {} and the key {}; no such key is published, or the algorithm is not allowed",
                    id,
                    Loggable.code(header.getAlgorithm().getName()),
                    Loggable.name(header.getKeyID()));
        }
        return found;
    }

    /** Some providers answer with another way than the one asked for. */
    private static OAuth2TokenValidatorResult goodEnough(Provider provider, Jwt token) {
        String acr = token.getClaimAsString("acr");
        OAuth2AuthorizationRequest attempt = Attempts.current();
        Errand errand = Departures.errand(attempt);
        return provider.satisfies(Departures.purpose(attempt), acr) && (errand == null || errand.isDoneWith(acr))
                ? OAuth2TokenValidatorResult.success()
                : failure(WEAK, acr == null ? "there is no acr" : "the acr is " + Loggable.code(acr));
    }

    /** Whoever was asked for a login of a certain age must say when it was (OpenID Connect Core 1.0, section 3.1.3.7). */
    static OAuth2TokenValidatorResult freshEnough(Jwt token) {
        OAuth2AuthorizationRequest attempt = Attempts.current();
        Object oldest =
                attempt == null ? null : attempt.getAdditionalParameters().get("max_age");
        Instant begun = Departures.begun(attempt);
        if (oldest == null || begun == null) {
            return OAuth2TokenValidatorResult.success();
        }
        Instant authenticated = token.getClaimAsInstant("auth_time");
        boolean fresh = authenticated != null
                && !authenticated.isBefore(
                        begun.minusSeconds(Long.parseLong(oldest.toString())).minus(SKEW));
        return fresh
                ? OAuth2TokenValidatorResult.success()
                : failure(STALE, authenticated == null ? "there is no auth_time" : "auth_time is " + authenticated);
    }

    private static OAuth2TokenValidatorResult failure(String code, String why) {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error(code, why, null));
    }
}
