package org.selfservice.web.identity;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.selfservice.web.identity.LoginSettings.Purpose;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;

/** Checks id_tokens: signature by one of the provider's algorithms, issuer, audience, time, and the demanded way of proof. */
@Component
class IdTokens implements JwtDecoderFactory<ClientRegistration> {
    static final String WEAK = "weak_authentication";
    private final Providers providers;
    private final Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();

    IdTokens(Providers providers) {
        this.providers = providers;
    }

    @Override
    public JwtDecoder createDecoder(ClientRegistration registration) {
        return decoders.computeIfAbsent(registration.getRegistrationId(), id -> decoder(registration));
    }

    private JwtDecoder decoder(ClientRegistration registration) {
        Provider provider = providers.required(registration);
        NimbusJwtDecoder decoder = signedBy(registration, provider);
        decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                List.of(new JwtTimestampValidator(), new OidcIdTokenValidator(registration), demanded(provider))));
        return decoder;
    }

    /** Checks nothing but the signature. */
    static NimbusJwtDecoder signedBy(ClientRegistration registration, Provider provider) {
        Set<SignatureAlgorithm> algorithms =
                provider.algorithms().stream().map(IdTokens::algorithm).collect(Collectors.toSet());
        return NimbusJwtDecoder.withJwkSetUri(registration.getProviderDetails().getJwkSetUri())
                .jwsAlgorithms(all -> all.addAll(algorithms))
                .restOperations(new RestTemplate(Providers.patient()))
                .build();
    }

    private static SignatureAlgorithm algorithm(String name) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.from(name);
        if (algorithm == null) {
            throw new IllegalArgumentException("no signature algorithm " + name);
        }
        return algorithm;
    }

    /** Some providers answer with another way than the one asked for, or with several, separated by spaces. */
    private static OAuth2TokenValidator<Jwt> demanded(Provider provider) {
        return token -> {
            Purpose purpose = Departures.purpose(Attempts.current());
            return provider.satisfies(purpose, token.getClaimAsString("acr"))
                    ? OAuth2TokenValidatorResult.success()
                    : OAuth2TokenValidatorResult.failure(new OAuth2Error(WEAK, WEAK, null));
        };
    }
}
