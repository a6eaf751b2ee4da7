package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfservice.OwnPortal;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;

/**
 * A provider that does not do what it was asked when somebody proves anew who they are: it answers with a weaker way, with the
 * login of before, or with somebody else's.
 */
class ProvingStory {
    private static final String WEAK = "That way of signing in is not enough here";

    private static RogueProvider rogue;
    private static OwnPortal portal;

    @BeforeAll
    static void start() {
        rogue = new RogueProvider(0);
        List<String> settings = new ArrayList<>();
        for (String id : List.of("rogue", "staff")) {
            settings.add("--portal.login.providers." + id + ".issuer=" + rogue.issuer);
            settings.add("--portal.login.providers." + id + ".label.en=Rogue ID");
            settings.add("--portal.login.providers." + id + ".client.id=portal");
            settings.add("--portal.login.providers." + id + ".client.secret=a-secret-of-the-portal");
        }
        settings.add("--portal.login.providers.staff.audience=staff");
        settings.add("--portal.login.providers.rogue.claims={\"userinfo\": {\"name\": {\"essential\": true}}}");
        settings.add("--portal.login.providers.rogue.acr.sign-in=silver,gold");
        settings.add("--portal.login.providers.rogue.acr.step-up=silver,gold");
        settings.add("--portal.login.providers.rogue.acr.assisted=gold,silver");
        settings.add("--portal.login.providers.rogue.ways[0].acr=gold");
        settings.add("--portal.login.providers.rogue.ways[0].assurance=STRONG");
        settings.add("--portal.login.providers.rogue.ways[0].kind=BIOMETRICS");
        settings.add("--portal.login.providers.rogue.ways[1].acr=silver");
        settings.add("--portal.login.providers.rogue.ways[1].kind=ONE_TIME_CODE");
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
    }

    @Test
    void nothing_but_a_sure_and_new_login_of_the_same_person_confirms_it() {
        Visitor visitor = portal.visitor();
        rogue.idToken = claims -> claims.claim("acr", "silver");
        assertThat(visitor.get("/oauth2/authorization/rogue?to=/me").at().getPath())
                .isEqualTo("/me");

        assertThat(confirm(visitor, claims -> claims.claim("acr", "silver")).body())
                .contains(WEAK);
        Map<String, String> asked = rogue.last("/authorize").form();
        assertThat(asked)
                .containsEntry("acr_values", "gold")
                .containsEntry("prompt", "login")
                .containsEntry("max_age", "0")
                .containsEntry("scope", "openid")
                .doesNotContainKey("claims");
        assertThat(confirm(visitor, claims -> claims.claim("acr", null)).body()).contains(WEAK);
        assertThat(confirm(visitor, claims -> claims.claim("acr", "golden")).body())
                .contains(WEAK);
        assertThat(confirm(visitor, claims -> claims.claim("acr", "gold").claim("auth_time", before()))
                        .body())
                .contains(WEAK);
        assertThat(confirm(visitor, claims -> claims.claim("acr", "gold").claim("auth_time", null))
                        .body())
                .contains(WEAK);
        Answer another = confirm(visitor, claims -> claims.claim("acr", "gold").subject("somebody-else"));
        assertThat(another.body()).contains("Somebody else signed in");
        assertThat(another.at().getPath()).isEqualTo("/confirm");
        assertThat(visitor.get("/me").body()).contains(RogueProvider.NAME);
        assertThat(rogue.calls("/userinfo")).hasSize(1);

        Answer done = confirm(visitor, claims -> claims.claim("acr", "silver gold"));
        assertThat(done.at().getPath()).isEqualTo("/applications");
        assertThat(visitor.get("/me").body()).contains(RogueProvider.NAME);
    }

    @Test
    void a_provider_that_is_gone_is_named_and_the_session_stays() {
        Visitor visitor = portal.visitor();
        rogue.idToken = claims -> claims.claim("acr", "silver");
        visitor.get("/oauth2/authorization/rogue?to=/me");
        rogue.instead.put("/token", call -> RogueProvider.Reply.text(500, "text/plain", "gone"));
        assertThat(confirm(visitor, claims -> {}).at().getPath()).isEqualTo("/confirm");
        assertThat(visitor.get("/me").status()).isEqualTo(200);
    }

    @Test
    void the_login_of_the_officer_or_an_older_one_does_not_answer_for_the_person() {
        Visitor officer = portal.visitor();
        rogue.idToken = claims -> claims.subject("olga").claim("roles", List.of("officer"));
        rogue.person = claims -> claims.put("sub", "olga");
        assertThat(officer.get("/oauth2/authorization/staff").at().getPath()).isEqualTo("/staff");

        assertThat(bring(
                                officer,
                                "BIOMETRICS",
                                claims -> claims.claim("acr", "gold").subject("olga"))
                        .body())
                .contains("Nobody assists themself");
        rogue.person = claims -> {};
        assertThat(rogue.last("/authorize").form())
                .containsEntry("acr_values", "gold")
                .containsEntry("prompt", "login")
                .containsEntry("max_age", "0");
        assertThat(bring(
                                officer,
                                "BIOMETRICS",
                                claims -> claims.claim("acr", "gold").claim("auth_time", before()))
                        .body())
                .contains("must prove anew who they are");
        assertThat(bring(
                                officer,
                                "BIOMETRICS",
                                claims -> claims.claim("acr", "gold").claim("auth_time", null))
                        .body())
                .contains("must prove anew who they are");
        assertThat(bring(officer, "BIOMETRICS", claims -> claims.claim("acr", "silver"))
                        .body())
                .contains("must prove anew who they are");
        assertThat(officer.get("/me").status()).isEqualTo(403);

        assertThat(bring(officer, "", claims -> claims.claim("acr", "silver")).body())
                .contains("You are helping");
        assertThat(rogue.last("/authorize").form()).containsEntry("acr_values", "gold silver");
        assertThat(officer.get("/staff/assist").status()).isEqualTo(200);
    }

    private static Answer confirm(Visitor visitor, Consumer<JWTClaimsSet.Builder> answer) {
        Answer page = visitor.get("/confirm?assurance=STRONG&to=/applications");
        rogue.idToken = answer;
        return visitor.submit(page, "/confirm", Map.of());
    }

    private static Answer bring(Visitor officer, String way, Consumer<JWTClaimsSet.Builder> answer) {
        officer.get("/staff/assist");
        rogue.idToken = answer;
        return officer.post("/staff/assist", Map.of("provider", "rogue", "way", way, "language", "en"));
    }

    /** Seconds, as tokens have them: a while before anybody was sent there. */
    private static long before() {
        return Instant.now().minus(Duration.ofMinutes(3)).getEpochSecond();
    }
}
