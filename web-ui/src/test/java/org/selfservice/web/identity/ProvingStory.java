package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        for (String id : List.of("rogue", "staff", "plain")) {
            settings.add("--portal.login.providers." + id + ".issuer=" + rogue.issuer);
            settings.add(
                    "--portal.login.providers." + id + ".label.en=" + (id.equals("plain") ? "Plain ID" : "Rogue ID"));
            settings.add("--portal.login.providers." + id + ".client.id=portal");
            settings.add("--portal.login.providers." + id + ".client.secret=a-secret-of-the-portal");
        }
        settings.add("--portal.step-up.contact-details.assurance=STRONG");
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

    @Test
    void another_id_of_the_person_confirms_it_when_it_is_sure_and_new() {
        Visitor lena = withTwoIds("lena", "lena-by-rogue");
        lena.get("/me");
        Answer page = lena.post("/me/contact", Map.of("via", "NONE", "language", "fr"));
        assertThat(page.at().getPath()).isEqualTo("/confirm");
        assertThat(page.body()).contains("Confirm with Rogue ID").doesNotContain("Confirm with Plain ID");

        for (Consumer<JWTClaimsSet.Builder> wrong : List.<Consumer<JWTClaimsSet.Builder>>of(
                claims -> claims.subject("lena-by-rogue").claim("acr", "silver"),
                claims -> claims.subject("lena-by-rogue").claim("acr", "gold").claim("auth_time", before()),
                claims -> claims.subject("lena-by-rogue").claim("acr", "gold").claim("auth_time", null))) {
            assertThat(confirm(lena, wrong).body()).contains(WEAK);
        }
        assertThat(confirm(lena, claims -> claims.subject("omar").claim("acr", "gold"))
                        .body())
                .contains("Somebody else signed in");
        assertThat(lena.post("/me/contact", Map.of("via", "NONE", "language", "fr"))
                        .at()
                        .getPath())
                .isEqualTo("/confirm");

        Answer done = confirm(lena, claims -> claims.subject("lena-by-rogue").claim("acr", "gold"));
        assertThat(done.at().getPath()).isEqualTo("/applications");
        lena.get("/me");
        assertThat(lena.post("/me/contact", Map.of("via", "NONE", "language", "fr"))
                        .at()
                        .getPath())
                .isEqualTo("/me");
        // signed in as before
        assertThat(lena.get("/me/ids").body()).containsPattern("(?s)Plain ID</h2>\\s*<strong[^>]*>In use now");
    }

    @Test
    void an_id_that_was_taken_away_confirms_nothing_any_more() {
        Visitor nora = withTwoIds("nora", "nora-by-rogue");
        String remove = nora.get("/me/ids").body().replaceAll("(?s).*href=\"(/me/ids/[^\"]+/remove)\".*", "$1");
        nora.get(remove);
        assertThat(nora.post(remove, Map.of()).body()).contains("Removed: Rogue ID");

        assertThat(nora.get("/confirm?assurance=STRONG&to=/me").body())
                .contains("Plain ID has no surer way of signing in")
                .doesNotContain("Confirm with");
        nora.get("/me");
        assertThat(nora.post("/confirm", Map.of("assurance", "STRONG", "provider", "rogue", "to", "/me"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void beside_an_officer_the_person_confirms_with_another_id_of_theirs_and_no_officer_helps_themself_by_one() {
        withTwoIds("petra", "petra-by-rogue");
        withTwoIds("olga-in-private", "olga");
        Visitor officer = officer();
        as("olga-in-private", "bronze");
        officer.get("/staff/assist");
        assertThat(officer.post("/staff/assist", Map.of("provider", "plain", "language", "en"))
                        .body())
                .contains("Nobody assists themself");
        assertThat(officer.get("/me").status()).isEqualTo(403);

        as("petra", "bronze");
        assertThat(officer.post("/staff/assist", Map.of("provider", "plain", "language", "en"))
                        .body())
                .contains("You are helping");
        assertThat(confirm(officer, claims -> claims.subject("olga").claim("acr", "gold"))
                        .body())
                .contains("Only the person whom you are helping can confirm it");
        assertThat(confirm(officer, claims -> claims.subject("petra-by-rogue").claim("acr", "gold"))
                        .at()
                        .getPath())
                .isEqualTo("/applications");
        assertThat(officer.get("/staff/assist").status()).isEqualTo(200);
        officer.get("/me");
        assertThat(officer.post("/me/contact", Map.of("via", "NONE", "language", "ar"))
                        .at()
                        .getPath())
                .isEqualTo("/me");
    }

    @Test
    void what_one_person_began_is_not_finished_by_the_next_one_in_the_same_browser() {
        Visitor browser = portal.visitor();
        as("first", "bronze");
        browser.get("/oauth2/authorization/plain?to=/me");
        String linking = begun(browser, "/me/ids/add/rogue", Map.of());
        String confirming = begun(browser, "/confirm", Map.of("assurance", "BASIC", "to", "/me"));
        as("second", "bronze");
        assertThat(browser.get("/oauth2/authorization/plain?to=/me").at().getPath())
                .isEqualTo("/me");

        as("first-by-rogue", "silver");
        assertThat(browser.get(linking).at().getPath()).isEqualTo("/");
        as("first", "bronze");
        assertThat(browser.get(confirming).at().getPath()).isEqualTo("/");

        assertThat(browser.get("/me/ids/confirm").at().getPath()).isEqualTo("/me/ids");
        assertThat(browser.get("/me/ids").body()).contains("This is your only ID here");
        assertThat(rogue.calls("/token")).hasSize(2);
    }

    /** Sent to the provider, and not there yet. */
    private static String begun(Visitor visitor, String address, Map<String, String> fields) {
        visitor.get("/me");
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("_csrf", visitor.csrf());
        return visitor.postBare(address, all).header("Refresh").orElseThrow().replace("0; url=", "");
    }

    private static Visitor officer() {
        Visitor officer = portal.visitor();
        as("olga", "bronze");
        rogue.idToken = claims -> claims.subject("olga").claim("roles", List.of("officer"));
        assertThat(officer.get("/oauth2/authorization/staff").at().getPath()).isEqualTo("/staff");
        return officer;
    }

    /** Somebody who signed in with a plain ID, and has a surer one too. */
    private static Visitor withTwoIds(String plain, String sure) {
        Visitor person = portal.visitor();
        as(plain, "bronze");
        assertThat(person.get("/oauth2/authorization/plain?to=/me").at().getPath())
                .isEqualTo("/me");
        person.get("/me/ids/add/rogue");
        as(sure, "silver");
        assertThat(person.post("/me/ids/add/rogue", Map.of()).at().getPath()).isEqualTo("/me/ids/confirm");
        assertThat(person.post("/me/ids/confirm", Map.of("decision", "link")).body())
                .contains("Added: Rogue ID");
        return person;
    }

    private static void as(String subject, String acr) {
        rogue.idToken = claims -> claims.subject(subject).claim("acr", acr);
        rogue.person = claims -> claims.put("sub", subject);
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
