package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.web.identity.RogueProvider.Reply;

/** The same of what the provider says of a person and of itself: userinfo, keys, addresses, errors, and how long it takes. */
class RogueAnswersStory extends AmongRogues {

    @Test
    void userinfo_of_somebody_else_fails() {
        rogue.person = claims -> claims.put("sub", "somebody-else");
        assertThat(refused("rogue", FAILED, "invalid_user_info")).contains("the subject is another one");
        rogue.person = claims -> claims.remove("sub");
        refused("rogue", FAILED, "invalid_user_info");
    }

    @Test
    void userinfo_without_end_fails() {
        rogue.person = claims -> claims.put("picture", "data:image/png;base64," + "A".repeat(3_000_000));
        assertThat(refused("rogue", FAILED, "invalid_user_info")).contains("it is too long");
    }

    @Test
    void userinfo_that_is_none_fails() {
        for (Reply wrong : List.of(
                Reply.text(200, "application/json", "[\"" + RogueProvider.NAME + "\"]"),
                Reply.text(200, "text/html", "<p>Rosalind Rogueson</p>"),
                Reply.text(200, "application/jwt", "eyJhbGciOiJub25lIn0.e30."),
                Reply.text(200, "application/jwt", new PlainJWT(rogue.userInfo("portal")).serialize()),
                Reply.text(200, "application/jwt", "a.b.c.d.e"),
                Reply.text(500, "text/plain", "Rosalind Rogueson"))) {
            rogue.instead.put("/userinfo", call -> wrong);
            refused("rogue", FAILED, "invalid_user_info");
        }
    }

    @Test
    void signed_userinfo_for_another_client_or_of_another_issuer_fails() {
        rogue.instead.put("/userinfo", call -> jwt(rogue.userInfo("another-client")));
        refused("rogue", FAILED, "invalid_user_info");
        rogue.instead.put(
                "/userinfo",
                call -> jwt(new JWTClaimsSet.Builder(rogue.userInfo("portal"))
                        .issuer("https://evil.example")
                        .build()));
        refused("rogue", FAILED, "invalid_user_info");
        rogue.instead.put("/userinfo", call -> jwt(rogue.userInfo("portal")));
        assertThat(through("rogue", visitor()).at().getPath()).isEqualTo("/me");
    }

    // keys and addresses

    @Test
    void a_new_key_of_the_provider_is_fetched_when_it_is_met() {
        assertThat(through("pushing", visitor()).at().getPath()).isEqualTo("/me");
        RSAKey next = RogueProvider.rsa("rogue-2");
        rogue.published = List.of(next.toPublicJWK());
        rogue.signature = claims -> RogueProvider.signed(claims, "PS256", next);
        assertThat(through("pushing", visitor()).at().getPath()).isEqualTo("/me");
    }

    @Test
    void the_token_endpoint_leads_nowhere_else() {
        AtomicReference<String> met = new AtomicReference<>();
        rogue.instead.put("/elsewhere", call -> {
            met.set(call.form().toString());
            return Reply.json(200, Map.of());
        });
        rogue.instead.put("/token", call -> Reply.text(307, "text/plain", rogue.issuer + "/elsewhere"));
        refused("rogue", FAILED, "invalid_token_response");
        assertThat(met).hasNullValue();
    }

    @Test
    void a_token_answer_that_is_none_fails() {
        for (Reply wrong : List.of(
                Reply.text(200, "text/html", "<h1>Maintenance</h1>"),
                Reply.json(200, Map.of("access_token", "a", "token_type", "Bearer")),
                Reply.json(200, Map.of("access_token", "a", "token_type", "Bearer", "id_token", "none")),
                Reply.text(503, "text/plain", "busy"),
                Reply.json(401, Map.of("error", "invalid_client", "error_description", "Rosalind Rogueson")),
                Reply.text(200, "application/json", "{\"access_token\": \"" + "a".repeat(3_000_000) + "\"}"))) {
            rogue.instead.put("/token", call -> wrong);
            refused("rogue", FAILED, "ended with");
        }
    }

    @Test
    void pushed_requests_that_are_refused_are_not_sent_openly_instead() {
        rogue.instead.put(
                "/par",
                call -> Reply.json(400, Map.of("error", "invalid_request", "error_description", "Rosalind Rogueson")));
        refused("pushing", FAILED, "invalid_request");
        assertThat(rogue.calls("/authorize")).isEmpty();
        rogue.instead.clear();
        through("pushing", visitor());
        assertThat(rogue.last("/authorize").form()).containsOnlyKeys("client_id", "request_uri");
        assertThat(rogue.last("/par").form())
                .containsKeys("state", "nonce", "code_challenge", "redirect_uri", "claims")
                .containsEntry("client_id", "portal")
                .doesNotContainKey("client_secret");
        assertThat(rogue.last("/par").headers().get("authorization")).startsWith("Basic ");
    }

    // a provider that is slow

    @Test
    void a_provider_that_takes_too_long_is_given_up() {
        // its keys first, since they are kept
        for (String path : List.of("/jwks", "/token", "/userinfo")) {
            rogue.behave();
            rogue.delays.put(path, 20_000L);
            Instant begun = Instant.now();
            refused("slow", UNREACHABLE, "provider_unreachable");
            assertThat(Duration.between(begun, Instant.now())).as(path).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void while_nobody_can_say_whether_a_bearer_token_is_good_that_is_the_answer() {
        rogue.instead.put("/.well-known/openid-configuration", call -> Reply.text(500, "text/plain", "gone"));
        Visitor machine = visitor().with("Accept", "application/json");
        JWTClaimsSet claims = new JWTClaimsSet.Builder(rogue.userInfo("portal-api"))
                .claim("scope", "read")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .build();
        machine.with("Authorization", "Bearer " + RogueProvider.signed(claims, "RS256", rogue.key));
        Answer away = machine.look("/api/v1/programs");
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.header("Retry-After")).hasValue("15");
        assertThat(away.json().path("code").asString()).isEqualTo("UNAVAILABLE");
        Answer none = machine.with("Authorization", "Bearer no-token").look("/api/v1/programs");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.json().path("code").asString()).isEqualTo("UNAUTHENTICATED");
        assertThat(none.header("WWW-Authenticate")).hasValue("Bearer");
    }

    // what the provider says instead of a code

    @Test
    void who_refused_reads_what_that_means_whatever_the_provider_calls_it() {
        for (String error : List.of("access_denied", "consent_details_rejected", "consent_rejected")) {
            answering(error, "");
            Answer page = through("rogue", visitor());
            assertThat(page.body()).contains("You chose not to share your information", "Rogue ID");
        }
        // without iss, though announced for codes; with the state that some send after a pushed request
        answering("access_denied", "null");
        assertThat(through("pushing", visitor()).body()).contains("You chose not to share your information");
        answering("access_denied", "");
        assertThat(through("strict", visitor()).body()).contains("You chose not to share your information");
    }

    @Test
    void what_the_provider_says_of_an_error_is_shown_and_logged_nowhere() {
        rogue.callback = (request, back) -> {
            back.remove("code");
            back.put("error", "server_error");
            back.put("error_description", "<script>alert(1)</script> Rosalind Rogueson 1000200030");
            back.put("error_uri", "https://evil.example/");
        };
        Answer page = refuse("rogue", FAILED, "server_error");
        assertThat(page.body()).doesNotContain("alert(1)", "evil.example");
        answering("Rosalind Rogueson 1000200030\n<b>", "");
        page = refuse("rogue", FAILED, "something else");
        assertThat(page.body()).doesNotContain("<b>");
        assertThat(page.path()).doesNotContain("Rosalind");
    }
}
