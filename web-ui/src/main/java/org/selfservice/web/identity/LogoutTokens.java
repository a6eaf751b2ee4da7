package org.selfservice.web.identity;

import com.nimbusds.jose.JOSEObjectType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/** Checks logout tokens: OpenID Connect Back-Channel Logout 1.0, section 2.6. Signed as id_tokens are, and good once. */
@Component
class LogoutTokens {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration OLDEST = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofMinutes(2);

    /** OpenID Connect Back-Channel Logout 1.0, section 2.4. */
    private static final JOSEObjectType LOGOUT = new JOSEObjectType("logout+jwt");

    private final IdTokens idTokens;
    private final LoginSessions sessions;
    private final Clock clock;

    LogoutTokens(IdTokens idTokens, LoginSessions sessions, Clock clock) {
        this.idTokens = idTokens;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** @throws JwtException when it is none, is not meant for the portal, is too old or was used before */
    Jwt read(ClientRegistration registration, String token) {
        Jwt read = decoder(registration).decode(token);
        if (!sessions.isFirstUse(read.getClaimAsString("iss"), read.getId(), clock.instant())) {
            throw new JwtException("it was used before");
        }
        return read;
    }

    private JwtDecoder decoder(ClientRegistration registration) {
        NimbusJwtDecoder decoder = idTokens.signed(registration, LOGOUT);
        decoder.setClaimSetConverter(LogoutTokens::asSaid);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(new JwtTimestampValidator(SKEW), token -> {
            String wrong = wrong(token, registration);
            return wrong == null
                    ? OAuth2TokenValidatorResult.success()
                    : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_request", wrong, null));
        })));
        return decoder;
    }

    /** The library makes up a time of issue where there is none. */
    private static Map<String, Object> asSaid(Map<String, Object> claims) {
        Map<String, Object> converted =
                new HashMap<>(MappedJwtClaimSetConverter.withDefaults(Map.of()).convert(claims));
        converted.keySet().retainAll(claims.keySet());
        return converted;
    }

    private @Nullable String wrong(Jwt token, ClientRegistration registration) {
        Instant made = token.getIssuedAt();
        if (!registration.getProviderDetails().getIssuerUri().equals(token.getClaimAsString("iss"))) {
            return "iss is another one";
        }
        if (token.getAudience() == null || !token.getAudience().contains(registration.getClientId())) {
            return "aud is another one";
        }
        if (made == null
                || made.isBefore(clock.instant().minus(OLDEST).minus(SKEW))
                || made.isAfter(clock.instant().plus(SKEW))) {
            return "iat is not of now";
        }
        if (token.getId() == null || token.getId().isEmpty()) {
            return "jti is missing";
        }
        if (token.hasClaim("nonce")) {
            return "nonce must not be there";
        }
        if (!(token.getClaim("events") instanceof Map<?, ?> events) || !(events.get(EVENT) instanceof Map<?, ?>)) {
            return "events does not say that it is a logout";
        }
        return token.getSubject() == null && token.getClaimAsString("sid") == null ? "sub and sid are missing" : null;
    }
}
