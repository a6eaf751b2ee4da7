package org.selfservice.idp;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What clients with a key prove themselves by: an assertion (RFC 7523) for this provider or its token endpoint, a pushed
 * request's also for the address that it is pushed to. Each is good once, however long it lives, and clocks may differ by
 * five seconds.
 */
final class Assertions implements JwtDecoderFactory<RegisteredClient> {
    private static final Duration LEEWAY = Duration.ofSeconds(5);
    /** Of which a key with an algorithm of its own allows that one. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private final Settings settings;
    private final AuthorizationServerSettings addresses;
    private final OnceADay used = new OnceADay(Clock.systemUTC());

    Assertions(Settings settings, AuthorizationServerSettings addresses) {
        this.settings = settings;
        this.addresses = addresses;
    }

    @Override
    public JwtDecoder createDecoder(RegisteredClient registered) {
        String id = registered.getClientId();
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(
                audience(),
                new JWTClaimsSet.Builder().issuer(id).subject(id).build(),
                Set.of("exp", "iat", "jti"),
                Set.of());
        claims.setMaxClockSkew((int) LEEWAY.toSeconds());
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(ALGORITHMS, settings.client(id).keys()));
        processor.setJWTClaimsSetVerifier((said, context) -> {
            claims.verify(said, context);
            if (said.getIssueTime().toInstant().minus(LEEWAY).isAfter(Instant.now()))
                throw new BadJWTException("It was issued in the future");
            if (!used.first(id + "|" + said.getJWTID())) throw new BadJWTException("It was used before");
        });
        return new NimbusJwtDecoder(processor);
    }

    private Set<String> audience() {
        String issuer = Objects.requireNonNull(addresses.getIssuer());
        Set<String> audience = new HashSet<>(Set.of(issuer, issuer + addresses.getTokenEndpoint()));
        String push = addresses.getPushedAuthorizationRequestEndpoint();
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now
                && now.getRequest().getRequestURI().equals(push)) audience.add(issuer + push);
        return audience;
    }
}
