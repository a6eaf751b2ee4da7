package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfservice.Visitor;
import org.selfservice.web.identity.RogueProvider.Reply;

/**
 * Attacks on a sign-in, and accidents, against a real server whose every answer can be made wrong: whose answer it is, and how
 * good. Nobody is signed in, the person reads what to do, and the log says what happened without saying to whom.
 */
class RogueProviderStory extends AmongRogues {

    @Test
    void somebody_signs_in_while_the_provider_behaves() {
        Visitor visitor = visitor();
        assertThat(through("rogue", visitor).at().getPath()).isEqualTo("/me");
        assertThat(visitor.get("/me").body()).contains(RogueProvider.NAME);
        assertThat(rogue.last("/userinfo").headers().get("authorization")).startsWith("Bearer ");
        assertThat(rogue.last("/authorize").form())
                .containsKeys("state", "nonce", "code_challenge")
                .containsEntry("code_challenge_method", "S256");
        assertThat(logged()).doesNotContain(RogueProvider.NAME, RogueProvider.SUBJECT, SECRET);
    }

    // state, nonce, PKCE, replay

    @Test
    void another_state_begins_again_once_and_then_fails() {
        rogue.callback = (request, back) -> back.put("state", "forged");
        refused("rogue", FAILED, "authorization_request_not_found");
        assertThat(rogue.calls("/authorize")).hasSize(2);
        assertThat(rogue.calls("/token")).isEmpty();
    }

    @Test
    void no_state_at_all_fails() {
        rogue.callback = (request, back) -> back.remove("state");
        refused("rogue", FAILED, "invalid_request");
        assertThat(rogue.calls("/token")).isEmpty();
    }

    @Test
    void another_nonce_or_none_fails() {
        rogue.idToken = claims -> claims.claim("nonce", "of-another-sign-in");
        refused("rogue", FAILED, "invalid_nonce");
        rogue.idToken = claims -> claims.claim("nonce", null);
        refused("rogue", FAILED, "invalid_nonce");
    }

    @Test
    void a_code_of_somebody_elses_sign_in_fails_at_the_provider() {
        String stolen = stolenCode();
        rogue.callback = (request, back) -> back.put("code", stolen);
        // the first time it begins again; a code that was used up is good no more
        refused("rogue", FAILED, "invalid_grant");
    }

    @Test
    void a_code_of_somebody_elses_sign_in_fails_even_where_the_provider_knows_no_PKCE() {
        String stolen = stolenCode();
        rogue.checksPkce = false;
        rogue.callback = (request, back) -> back.put("code", stolen);
        refused("rogue", FAILED, "invalid_nonce");
    }

    @Test
    void an_answer_that_was_used_signs_nobody_in_again() {
        Visitor visitor = visitor();
        String callback = callback(visitor);
        assertThat(visitor.get(callback).at().getPath()).isEqualTo("/me");
        assertThat(visitor.get(callback).at().getPath()).isEqualTo("/");
        assertThat(rogue.calls("/token")).hasSize(1);

        Visitor thief = visitor();
        rogue.instead.put("/authorize", call -> Reply.text(200, "text/html", "who are you?"));
        assertThat(thief.get(callback).body()).isEqualTo("who are you?");
        assertThat(rogue.calls("/token")).hasSize(1);
        assertThat(thief.look("/me").status()).isEqualTo(302);
    }

    // whose answer it is

    @Test
    void another_issuer_in_the_answer_fails() {
        rogue.callback = (request, back) -> back.put("iss", "https://evil.example");
        refused("rogue", FAILED, "other_issuer");
        assertThat(rogue.calls("/token")).isEmpty();
    }

    @Test
    void no_issuer_in_the_answer_fails_where_one_is_demanded() {
        refused("strict", FAILED, "other_issuer");
        assertThat(rogue.calls("/token")).isEmpty();
    }

    @Test
    void an_id_token_of_another_issuer_or_for_another_client_fails() {
        rogue.idToken = claims -> claims.issuer("https://evil.example");
        refused("rogue", FAILED, "invalid_id_token");
        rogue.idToken = claims -> claims.audience("another-client");
        refused("rogue", FAILED, "invalid_id_token");
        rogue.idToken = claims -> claims.audience(List.of("portal", "another-client"));
        refused("rogue", FAILED, "invalid_id_token");
        rogue.idToken =
                claims -> claims.audience(List.of("portal", "another-client")).claim("azp", "another-client");
        refused("rogue", FAILED, "invalid_id_token");
        rogue.idToken =
                claims -> claims.audience(List.of("portal", "another-client")).claim("azp", "portal");
        assertThat(through("rogue", visitor()).at().getPath()).isEqualTo("/me");
    }

    // signatures

    @Test
    void an_id_token_without_signature_fails() {
        rogue.signature = claims -> new PlainJWT(claims).serialize();
        refused("rogue", FAILED, "invalid_id_token");
    }

    @Test
    void an_id_token_signed_with_what_everybody_knows_fails() throws Exception {
        byte[] publicKey = rogue.key.toRSAPublicKey().getEncoded();
        rogue.signature = claims -> RogueProvider.signed(
                claims,
                "HS256",
                new OctetSequenceKey.Builder(publicKey)
                        .keyID(rogue.key.getKeyID())
                        .build());
        refused("rogue", FAILED, "invalid_id_token");
    }

    @Test
    void an_id_token_signed_with_the_clients_secret_fails() {
        rogue.signature = claims -> RogueProvider.signed(
                claims, "HS256", new OctetSequenceKey.Builder(SECRET.getBytes(StandardCharsets.UTF_8)).build());
        refused("rogue", FAILED, "invalid_id_token");
    }

    @Test
    void an_id_token_signed_with_a_key_that_is_not_published_fails_and_the_log_names_the_key() {
        RSAKey unknown = RogueProvider.rsa("never-published");
        rogue.signature = claims -> RogueProvider.signed(claims, "RS256", unknown);
        assertThat(refused("rogue", FAILED, "invalid_id_token")).contains("RS256", "never-published");
    }

    @Test
    void an_id_token_that_was_changed_fails() {
        rogue.signature = claims -> {
            String[] parts = RogueProvider.signed(claims, "RS256", rogue.key).split("\\.");
            String other = RogueProvider.signed(
                    new JWTClaimsSet.Builder(claims).subject("somebody-else").build(), "RS256", rogue.key);
            return parts[0] + "." + other.split("\\.")[1] + "." + parts[2];
        };
        refused("rogue", FAILED, "invalid_id_token");
    }

    // time

    @Test
    void clocks_may_differ_by_less_than_a_minute() {
        signedAt(now -> now.plusSeconds(40));
        assertThat(through("rogue", visitor()).at().getPath()).isEqualTo("/me");
        // an hour old when it comes, and over since 40 seconds
        rogue.idToken = claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(3600)))
                .expirationTime(Date.from(Instant.now().minusSeconds(40)));
        assertThat(through("rogue", visitor()).at().getPath()).isEqualTo("/me");
    }

    @Test
    void clocks_that_differ_by_two_minutes_fail() {
        signedAt(now -> now.plusSeconds(120));
        refused("rogue", FAILED, "invalid_id_token");
        rogue.idToken = claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(720)))
                .expirationTime(Date.from(Instant.now().minusSeconds(120)));
        refused("rogue", FAILED, "invalid_id_token");
        rogue.idToken = claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(120)));
        refused("rogue", FAILED, "invalid_id_token");
    }

    // how the person proved who they are

    @Test
    void another_way_of_proof_than_was_asked_for_is_refused() {
        rogue.callback = (request, back) -> back.put("iss", rogue.issuer.toString());
        for (String acr : List.of("bronze", "0", "goldish")) {
            rogue.idToken = claims -> claims.claim("acr", acr);
            refused("strict", "That way of proving who you are is not enough here", "weak_authentication");
        }
        rogue.idToken = claims -> claims.claim("acr", null);
        refused("strict", "That way of proving who you are is not enough here", "weak_authentication");
        assertThat(rogue.last("/authorize").form()).containsEntry("acr_values", "gold silver");
        for (String acr : List.of("silver", "bronze gold")) {
            rogue.idToken = claims -> claims.claim("acr", acr);
            assertThat(through("strict", visitor()).at().getPath()).isEqualTo("/me");
        }
    }

    @Test
    void an_older_login_than_was_asked_for_is_refused() {
        rogue.callback = (request, back) -> back.put("iss", rogue.issuer.toString());
        String again = "You need to prove again who you are";
        rogue.idToken = claims -> claims.claim("acr", "gold")
                .claim("auth_time", Instant.now().minusSeconds(3600).getEpochSecond());
        refused("strict", again, "stale_authentication");
        rogue.idToken = claims -> claims.claim("acr", "gold").claim("auth_time", null);
        refused("strict", again, "stale_authentication");
        assertThat(rogue.last("/authorize").form()).containsEntry("max_age", "300");
        rogue.idToken = claims -> claims.claim("acr", "gold")
                .claim("auth_time", Instant.now().minusSeconds(240).getEpochSecond());
        assertThat(through("strict", visitor()).at().getPath()).isEqualTo("/me");
    }
}
