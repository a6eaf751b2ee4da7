package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfservice.OwnPortal;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.web.identity.RogueProvider.Reply;

/**
 * Attacks and accidents of a sign-in, against a real server whose every answer can be made wrong. Nobody is signed in, the
 * person reads what to do, and the log says what happened without saying to whom.
 */
class RogueProviderStory {
    private static final String SECRET = "a-secret-of-the-portal-and-the-rogue-provider";
    private static final String FAILED = "You could not be signed in";
    private static final String UNREACHABLE = "This ID cannot be used at the moment";

    private static RogueProvider rogue;
    private static OwnPortal portal;

    private long before;

    @BeforeAll
    static void start() {
        rogue = new RogueProvider(0);
        List<String> settings = new ArrayList<>(List.of("--portal.login.patience=1500ms"));
        for (String id : List.of("rogue", "strict", "pushing")) {
            settings.add("--portal.login.providers." + id + ".issuer=" + rogue.issuer);
            settings.add("--portal.login.providers." + id + ".label.en=Rogue ID");
            settings.add("--portal.login.providers." + id + ".client.id=portal");
            settings.add("--portal.login.providers." + id + ".client.secret=" + SECRET);
            settings.add(
                    "--portal.login.providers." + id + ".claims={\"userinfo\": {\"name\": {\"essential\": true}}}");
        }
        settings.add("--portal.login.providers.strict.acr.sign-in=gold,silver");
        settings.add("--portal.login.providers.strict.max-age=5m");
        settings.add("--portal.login.providers.strict.answer-issuer=always");
        settings.add("--portal.login.providers.pushing.endpoints.par=" + rogue.issuer + "/par");
        portal = OwnPortal.with(settings);
    }

    @AfterAll
    static void stop() {
        portal.close();
        rogue.close();
    }

    @BeforeEach
    void behave() {
        rogue.behave();
        before = OwnPortal.logged();
    }

    @Test
    void somebody_signs_in_while_the_provider_behaves() {
        Visitor visitor = portal.visitor();
        assertThat(through("rogue", visitor).at().getPath()).isEqualTo("/me");
        assertThat(visitor.get("/me").body()).contains(RogueProvider.NAME);
        assertThat(rogue.last("/userinfo").headers().get("authorization")).startsWith("Bearer ");
        assertThat(OwnPortal.logged(before)).doesNotContain(RogueProvider.NAME, RogueProvider.SUBJECT, SECRET);
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
        Visitor visitor = portal.visitor();
        String callback = callback(visitor);
        assertThat(visitor.get(callback).at().getPath()).isEqualTo("/me");
        assertThat(visitor.get(callback).at().getPath()).isEqualTo("/");
        assertThat(rogue.calls("/token")).hasSize(1);

        Visitor thief = portal.visitor();
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
        assertThat(through("rogue", portal.visitor()).at().getPath()).isEqualTo("/me");
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
        assertThat(through("rogue", portal.visitor()).at().getPath()).isEqualTo("/me");
        // an hour old when it comes, and over since 40 seconds
        rogue.idToken = claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(3600)))
                .expirationTime(Date.from(Instant.now().minusSeconds(40)));
        assertThat(through("rogue", portal.visitor()).at().getPath()).isEqualTo("/me");
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
            assertThat(through("strict", portal.visitor()).at().getPath()).isEqualTo("/me");
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
        assertThat(through("strict", portal.visitor()).at().getPath()).isEqualTo("/me");
    }

    // userinfo

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
        assertThat(through("rogue", portal.visitor()).at().getPath()).isEqualTo("/me");
    }

    // keys and addresses

    @Test
    void a_new_key_of_the_provider_is_fetched_when_it_is_met() {
        assertThat(through("pushing", portal.visitor()).at().getPath()).isEqualTo("/me");
        RSAKey next = RogueProvider.rsa("rogue-2");
        rogue.published = List.of(next.toPublicJWK());
        rogue.signature = claims -> RogueProvider.signed(claims, "PS256", next);
        assertThat(through("pushing", portal.visitor()).at().getPath()).isEqualTo("/me");
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
        through("pushing", portal.visitor());
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
        for (String path : List.of("/token", "/userinfo")) {
            rogue.behave();
            rogue.delays.put(path, 20_000L);
            Instant begun = Instant.now();
            refused("rogue", UNREACHABLE, "provider_unreachable");
            assertThat(Duration.between(begun, Instant.now())).as(path).isLessThan(Duration.ofSeconds(10));
        }
    }

    // what the provider says instead of a code

    @Test
    void who_refused_reads_what_that_means_whatever_the_provider_calls_it() {
        for (String error : List.of("access_denied", "consent_details_rejected", "consent_rejected")) {
            answering(error, "");
            Answer page = through("rogue", portal.visitor());
            assertThat(page.body()).contains("You chose not to share your information", "Rogue ID");
        }
        // without iss, though announced for codes; with the state that some send after a pushed request
        answering("access_denied", "null");
        assertThat(through("pushing", portal.visitor()).body()).contains("You chose not to share your information");
        answering("access_denied", "");
        assertThat(through("strict", portal.visitor()).body()).contains("You chose not to share your information");
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

    private static Reply jwt(JWTClaimsSet claims) {
        return Reply.text(200, "application/jwt;charset=UTF-8", RogueProvider.signed(claims, "RS256", rogue.key));
    }

    private static void signedAt(UnaryOperator<Instant> time) {
        rogue.idToken = claims -> claims.issueTime(Date.from(time.apply(Instant.now())))
                .expirationTime(Date.from(time.apply(Instant.now()).plusSeconds(600)));
    }

    private static void answering(String error, String state) {
        rogue.callback = (request, back) -> {
            back.remove("code");
            back.put("error", error);
            if (!state.isEmpty()) {
                back.put("state", state);
            }
        };
    }

    private static Answer through(String id, Visitor visitor) {
        return visitor.get("/oauth2/authorization/" + id + "?to=/me");
    }

    /** The provider's answer, not yet delivered. */
    private static String callback(Visitor visitor) {
        String there = visitor.look("/oauth2/authorization/rogue?to=/me")
                .header("Location")
                .orElseThrow();
        return new Visitor(rogue.issuer).look(there).header("Location").orElseThrow();
    }

    /** A good code that somebody else's sign-in led to. */
    private static String stolenCode() {
        return callback(portal.visitor()).replaceAll(".*[?&]code=([^&]+).*", "$1");
    }

    /** @return what was logged */
    private String refused(String id, String text, String logged) {
        refuse(id, text, logged);
        return OwnPortal.logged(before);
    }

    private Answer refuse(String id, String text, String logged) {
        before = OwnPortal.logged();
        Visitor visitor = portal.visitor();
        Answer page = through(id, visitor);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.at().getPath()).isEqualTo("/sign-in");
        assertThat(page.body()).contains(text).doesNotContain(RogueProvider.NAME, RogueProvider.SUBJECT);
        assertThat(visitor.look("/me").status()).as("signed in").isEqualTo(302);
        assertThat(OwnPortal.logged(before))
                .contains(logged)
                .doesNotContain(
                        RogueProvider.NAME,
                        RogueProvider.SUBJECT,
                        SECRET,
                        "eyJ",
                        "Bearer ",
                        "1000200030",
                        "somebody-else");
        return page;
    }
}
