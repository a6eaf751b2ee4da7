package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.selfservice.web.identity.BearerTokens.IssuerAway;
import org.selfservice.web.identity.RogueProvider.Reply;
import org.springframework.security.oauth2.jwt.BadJwtException;

/** Whose tokens are taken, and what is said of one while its issuer is away. */
class BearerTokensTest {
    private static final String CONFIGURATION = "/.well-known/openid-configuration";
    private static final Reply BROKEN = Reply.text(500, "text/plain", "broken");

    private RogueProvider issuer = new RogueProvider(0);
    private final Hours clock = new Hours();
    private final BearerTokens tokens = new BearerTokens(
            Configured.login(
                    Map.of("api.issuer", issuer.issuer.toString(), "api.audience", "portal-api", "patience", "600ms")),
            clock);

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void a_token_of_the_issuer_for_the_portal_is_taken() {
        assertThat(tokens.decode(token(issuer.issuer.toString(), "portal-api")).getSubject())
                .isEqualTo("registry");
        // its keys are kept
        tokens.decode(token(issuer.issuer.toString(), "portal-api"));
        assertThat(issuer.calls(CONFIGURATION)).hasSize(1);
        assertThat(issuer.calls("/jwks")).hasSize(1);
    }

    @Test
    void any_other_is_none() {
        RogueProvider here = issuer;
        refused(token(here.issuer.toString(), "another-client"));
        refused(RogueProvider.signed(
                claims(here.issuer.toString(), "portal-api"), "RS256", RogueProvider.rsa("rogue-1")));
        refused(RogueProvider.signed(
                new JWTClaimsSet.Builder(claims(here.issuer.toString(), "portal-api"))
                        .expirationTime(Date.from(Instant.now().minusSeconds(120)))
                        .build(),
                "RS256",
                here.key));
    }

    @Test
    void what_cannot_be_the_issuers_is_refused_without_asking_it() {
        issuer.instead.put(CONFIGURATION, call -> BROKEN);
        refused("");
        refused("x.y.z");
        refused(token("https://evil.example", "portal-api"));
        assertThat(issuer.calls(CONFIGURATION)).isEmpty();
    }

    @Test
    void while_the_issuer_is_away_that_is_said_at_once_and_it_is_asked_again_after_a_while() {
        String token = token(issuer.issuer.toString(), "portal-api");
        issuer.instead.put(CONFIGURATION, call -> BROKEN);
        away(token);
        away(token);
        assertThat(issuer.calls(CONFIGURATION)).hasSize(1);
        issuer.instead.clear();
        clock.pass(BearerTokens.ASKED_AGAIN_AFTER.plusSeconds(1));
        assertThat(tokens.decode(token).getSubject()).isEqualTo("registry");
    }

    @Test
    void an_issuer_that_is_slow_is_given_up() {
        issuer.delays.put(CONFIGURATION, 20_000L);
        Instant begun = Instant.now();
        away(token(issuer.issuer.toString(), "portal-api"));
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void keys_that_cannot_be_fetched_are_no_reason_to_call_a_token_wrong() {
        issuer.instead.put("/jwks", call -> BROKEN);
        away(token(issuer.issuer.toString(), "portal-api"));
    }

    private void refused(String token) {
        assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> tokens.decode(token));
    }

    private void away(String token) {
        assertThatExceptionOfType(IssuerAway.class).isThrownBy(() -> tokens.decode(token));
    }

    private String token(String from, String audience) {
        return RogueProvider.signed(claims(from, audience), "RS256", issuer.key);
    }

    private static JWTClaimsSet claims(String from, String audience) {
        return new JWTClaimsSet.Builder()
                .issuer(from)
                .subject("registry")
                .audience(audience)
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .build();
    }
}
