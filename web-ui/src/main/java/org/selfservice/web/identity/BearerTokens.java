package org.selfservice.web.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.Api;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Reads the tokens of other systems. Their issuer is looked up when the first one comes; while it is away that is said at once,
 * and it is asked again after a while.
 */
@Component
class BearerTokens implements JwtDecoder, Converter<Jwt, AbstractAuthenticationToken> {
    static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(BearerTokens.class);

    private final @Nullable Api api;
    private final RestClient http;
    private final Clock clock;
    private final JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();
    private volatile @Nullable JwtDecoder known;
    private @Nullable Instant away;

    BearerTokens(LoginSettings settings, Clock clock) {
        this.api = settings.api();
        this.http = ProviderCalls.within(settings.patience()).build();
        this.clock = clock;
    }

    /** Whether a token is good cannot be said at the moment. */
    static final class IssuerAway extends AuthenticationException {
        IssuerAway(@Nullable Throwable cause) {
            super("the issuer of bearer tokens cannot be reached", cause);
        }
    }

    /** @throws IssuerAway when the token may be one of the issuer's, and it does not answer */
    @Override
    public Jwt decode(String token) {
        if (api == null) {
            throw new BadJwtException("no issuer of bearer tokens is configured");
        }
        refuseOfOthers(token, api.issuer());
        try {
            return decoder(api).decode(token);
        } catch (BadJwtException wrong) {
            throw wrong;
        } catch (JwtException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof IOException) {
                    throw new IssuerAway(failure);
                }
            }
            throw new BadJwtException(String.valueOf(failure.getMessage()), failure);
        }
    }

    /** Nobody is asked about what says itself that it is none of the issuer's. */
    private static void refuseOfOthers(String token, URI issuer) {
        try {
            if (!issuer.toString()
                    .equals(SignedJWT.parse(token).getJWTClaimsSet().getIssuer())) {
                throw new BadJwtException("the token is of another issuer");
            }
        } catch (ParseException none) {
            throw new BadJwtException("it is no signed token", none);
        }
    }

    private JwtDecoder decoder(Api from) {
        JwtDecoder now = known;
        return now != null ? now : lookedUp(from);
    }

    /** One at a time: whoever comes meanwhile learns from the first. */
    private synchronized JwtDecoder lookedUp(Api from) {
        JwtDecoder now = known;
        if (now != null) {
            return now;
        }
        Instant last = away;
        if (last != null && last.plus(ASKED_AGAIN_AFTER).isAfter(clock.instant())) {
            throw new IssuerAway(null);
        }
        try {
            JwtDecoder found = find(from);
            known = found;
            return found;
        } catch (RuntimeException failure) {
            away = clock.instant();
            LOG.warn("the issuer of bearer tokens {} cannot be used: {}", from.issuer(), failure.toString());
            throw new IssuerAway(failure);
        }
    }

    private JwtDecoder find(Api from) {
        Object jwks = Lookup.discovered(http, from.issuer()).get("jwks_uri");
        if (jwks == null) {
            throw new IllegalStateException("it announces no jwks_uri");
        }
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.Family.SIGNATURE, Lookup.keys(http, jwks.toString())));
        processor.setJWSTypeVerifier((type, context) -> {
            // the decoder's own validators do
        });
        processor.setJWTClaimsSetVerifier((claims, context) -> {
            // the same
        });
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        OAuth2TokenValidator<Jwt> standard =
                JwtValidators.createDefaultWithIssuer(from.issuer().toString());
        OAuth2TokenValidator<Jwt> audience = new JwtClaimValidator<List<String>>(
                "aud", names -> from.audience() == null || names != null && names.contains(from.audience()));
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(standard, audience));
        return decoder;
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        return new MachineAuthentication(
                new Machine(
                        Objects.toString(token.getClaimAsString("client_id"), token.getSubject()),
                        Objects.requireNonNull(token.getIssuer()).toString()),
                scopes.convert(token));
    }

    private static final class MachineAuthentication extends AbstractAuthenticationToken {
        private final Machine machine;

        MachineAuthentication(Machine machine, Collection<? extends GrantedAuthority> authorities) {
            super(authorities);
            this.machine = machine;
            super.setAuthenticated(true);
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return machine;
        }

        @Override
        public String getName() {
            return machine.client();
        }
    }
}
