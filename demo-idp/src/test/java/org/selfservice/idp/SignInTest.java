package org.selfservice.idp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.idp.Browser.Page;
import tools.jackson.databind.JsonNode;

class SignInTest {
    private static final String AMINA = "1000200030";
    private static final String KOFI = "4000500060";
    private static final Hands CLOCK = new Hands();
    private static DemoIdentityProvider provider;
    private Browser browser;

    @BeforeAll
    static void start() {
        provider = DemoIdentityProvider.start(Settings.forPortal(Portal.ADDRESS).withClock(CLOCK));
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    @BeforeEach
    void newBrowser() {
        CLOCK.forward(Duration.ofHours(1));
        browser = new Browser(provider.issuer());
    }

    @Test
    void a_person_signs_in_with_id_number_and_code_and_shares_what_was_asked() throws Exception {
        Portal portal = national();
        Page code = identify(portal, AMINA);
        assertThat(code.text()).contains("phone ending 12");

        Page consent = enter(code, code(AMINA));
        assertThat(consent.text()).contains("Self-Service Portal", "Amina O&#39;Sample", "1986-11-25");

        Page callback = allow(consent, "birthdate", "gender", "given_name", "family_name");
        assertThat(callback.parameters())
                .containsEntry("state", portal.state)
                .containsEntry("iss", provider.issuer().toString());
        JsonNode tokens = portal.redeem(callback);
        assertThat(portal.idToken(tokens))
                .containsEntry("nonce", portal.nonce)
                .containsEntry("acr", "mosip:idp:acr:generated-code")
                .containsEntry("iss", provider.issuer().toString())
                .containsKeys("sub", "auth_time", "exp")
                .doesNotContainKeys("name", "birthdate", "individual_id", "sid");
        JsonNode userInfo = portal.userInfo(tokens);
        assertThat(userInfo.get("sub").asString())
                .isEqualTo(portal.idToken(tokens).get("sub"));
        assertThat(userInfo.get("name").asString()).isEqualTo("Amina O'Sample");
        assertThat(userInfo.get("birthdate").asString()).isEqualTo("1986-11-25");
    }

    @Test
    void an_essential_claim_is_fixed_and_an_unticked_voluntary_one_is_not_shared() {
        Portal portal = national().asking("scope", "openid").asking("claims", """
                        {"userinfo": {"name": {"essential": true}, "individual_id": {"essential": true},
                         "email": null, "phone_number": {"essential": false}, "address": null}}""");
        Page consent = enter(identify(portal, AMINA), code(AMINA));
        assertThat(consent.text())
                .contains("value=\"email\"", "value=\"address\"")
                .doesNotContain("value=\"name\"");

        JsonNode userInfo = portal.userInfo(portal.redeem(allow(consent, "phone_number")));

        assertThat(userInfo.propertyNames())
                .containsExactlyInAnyOrder("sub", "name", "individual_id", "phone_number", "phone_number_verified");
    }

    @Test
    void nobody_is_asked_for_consent_when_nothing_is_asked_for() throws Exception {
        Portal portal = national().asking("scope", "openid");
        JsonNode tokens = portal.redeem(enter(identify(portal, KOFI), code(KOFI)));
        assertThat(portal.userInfo(tokens).propertyNames()).containsExactly("sub");
    }

    @Test
    void a_refusal_goes_back_to_the_client() {
        Portal portal = national();
        Page consent = enter(identify(portal, AMINA), code(AMINA));
        Page callback = browser.submit(consent, "/consent", Map.of("decision", "refuse"));
        assertThat(callback.parameters())
                .containsEntry("error", "access_denied")
                .containsEntry("state", portal.state)
                .containsEntry("iss", provider.issuer().toString());
        assertThat(browser.open("/consent?signIn=" + consent.at().getQuery()).status())
                .isEqualTo(410);
    }

    @Test
    void three_wrong_tries_spend_a_code() {
        Page page = identify(national(), AMINA);
        String right = code(AMINA);
        String wrong = right.equals("123456") ? "654321" : "123456";
        assertThat(enter(page, wrong).text()).contains("not right");
        assertThat(enter(page, wrong).text()).contains("not right");
        assertThat(enter(page, wrong).text()).contains("can no longer be used");
        assertThat(enter(page, right).text()).contains("can no longer be used");

        Page again = browser.submit(page, "/code/resend", Map.of());
        assertThat(again.text()).contains("sent you a new code");
        assertThat(enter(again, code(AMINA)).at().getPath()).isEqualTo("/consent");
    }

    @Test
    void nobody_gets_more_than_three_codes_in_one_sign_in() {
        Page page = identify(national(), AMINA);
        browser.submit(page, "/code/resend", Map.of());
        browser.submit(page, "/code/resend", Map.of());
        assertThat(browser.submit(page, "/code/resend", Map.of()).text()).contains("cannot send another code");
    }

    @Test
    void guessing_in_many_sign_ins_pauses_the_account() {
        for (int i = 0; i < 3; i++) {
            Page page = identify(national(), "6000700080");
            for (int j = 0; j < 3; j++) enter(page, "no code");
        }
        assertThat(identify(national(), "6000700080").text()).contains("cannot send another code");
        CLOCK.forward(Duration.ofMinutes(16));
        assertThat(identify(national(), "6000700080").at().getPath()).isEqualTo("/code");
    }

    @Test
    void a_code_expires_after_three_minutes() {
        Page page = identify(national(), AMINA);
        CLOCK.forward(Duration.ofMinutes(3).plusSeconds(1));
        assertThat(enter(page, code(AMINA)).text()).contains("older than 3 minutes");
    }

    @Test
    void the_code_of_another_person_or_of_another_sign_in_is_refused() {
        Page amina = identify(national(), AMINA);
        identify(national(), KOFI);
        assertThat(enter(amina, code(KOFI)).text()).contains("not right");

        identify(national(), AMINA);
        assertThat(enter(amina, code(AMINA)).text()).contains("not right");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000 2000 30", "1000-2000-30", "١٠٠٠٢٠٠٠٣٠", " 1000200030 "})
    void an_id_number_is_understood_however_it_is_written(String typed) {
        assertThat(identify(national(), typed).at().getPath()).isEqualTo("/code");
    }

    @Test
    void an_unknown_number_is_said_clearly_and_can_be_corrected() {
        Page page = identify(national(), "9999999999");
        assertThat(page.text()).contains("We do not know this number", "value=\"9999999999\"");
        assertThat(browser.submit(page, "/login", Map.of("individual_id", AMINA))
                        .at()
                        .getPath())
                .isEqualTo("/code");
    }

    @Test
    void a_farmer_signs_in_with_the_farmer_id_and_is_somebody_else_there() throws Exception {
        Portal farmer = new Portal(provider, "portal-farmer");
        Page consent =
                enter(identify(farmer, "fr 10001"), provider.codeFor("FR-10001").orElseThrow());
        JsonNode tokens = farmer.redeem(allow(consent, "farm_size", "farmer_id"));
        JsonNode userInfo = farmer.userInfo(tokens);
        assertThat(userInfo.get("farmer_id").asString()).isEqualTo("FR-10001");
        assertThat(userInfo.get("farm_size").asDouble()).isEqualTo(1.2);
        assertThat(userInfo.has("region")).isFalse();

        Portal national = national();
        JsonNode others = national.redeem(allow(enter(identify(national, AMINA), code(AMINA))));
        assertThat(national.idToken(others).get("sub"))
                .isNotEqualTo(userInfo.get("sub").asString());
    }

    @Test
    void every_authorization_asks_again_and_prompt_none_is_told_so() throws Exception {
        Portal first = national();
        JsonNode before = first.redeem(allow(enter(identify(first, AMINA), code(AMINA))));
        CLOCK.forward(Duration.ofMinutes(10));

        Portal again = national().asking("prompt", "login");
        Page page = browser.open(again.authorizationRequest());
        assertThat(page.at().getPath()).isEqualTo("/login");
        Page code = browser.submit(page, "/login", Map.of("individual_id", AMINA));
        JsonNode after = again.redeem(allow(enter(code, code(AMINA))));
        assertThat((Long) again.idToken(after).get("auth_time"))
                .isGreaterThan((Long) first.idToken(before).get("auth_time"));

        Page none = browser.open(national().asking("prompt", "none").authorizationRequest());
        assertThat(none.parameters()).containsEntry("error", "login_required");
    }

    @Test
    void a_finished_sign_in_gives_one_code_only() {
        Portal portal = national();
        Page login = browser.open(portal.authorizationRequest());
        String signIn = login.at().getQuery();
        allow(enter(browser.submit(login, "/login", Map.of("individual_id", AMINA)), code(AMINA)));
        Page back = browser.open(portal.authorizationRequest() + "&" + signIn);
        assertThat(back.at().getPath()).isEqualTo("/login");
        assertThat(back.at().getQuery()).isNotEqualTo(signIn);
    }

    @Test
    void two_tabs_of_one_browser_and_another_browser_do_not_disturb_each_other() throws Exception {
        Portal first = national();
        Portal second = national();
        Page amina = identify(first, AMINA);
        Page kofi = identify(second, KOFI);
        Browser other = new Browser(provider.issuer());
        assertThat(other.open("/code?" + amina.at().getQuery()).status()).isEqualTo(410);

        JsonNode kofis = second.redeem(allow(enter(kofi, code(KOFI))));
        JsonNode aminas = first.redeem(allow(enter(amina, code(AMINA))));

        assertThat(first.userInfo(aminas).get("name").asString()).isEqualTo("Amina O'Sample");
        assertThat(second.userInfo(kofis).get("name").asString()).isEqualTo("Kofi Placeholder");
    }

    @Test
    void staff_sign_in_with_a_password_and_carry_their_roles() throws Exception {
        Portal portal = new Portal(provider, "portal-staff");
        Page page = browser.open(portal.authorizationRequest());
        assertThat(browser.open("/login?" + page.at().getQuery()).at()).isEqualTo(page.at());
        Page wrong = browser.submit(page, "/staff", Map.of("username", "reviewer", "password", "guess"));
        assertThat(wrong.text()).contains("do not belong together");

        Page callback = browser.submit(wrong, "/staff", Map.of("username", "reviewer", "password", "demo-reviewer"));

        JsonNode tokens = portal.redeem(callback);
        assertThat(portal.idToken(tokens))
                .containsEntry("roles", List.of("reviewer"))
                .containsEntry("acr", "urn:selfservice:acr:password");
        JsonNode userInfo = portal.userInfo(tokens);
        assertThat(userInfo.get("preferred_username").asString()).isEqualTo("reviewer");
        assertThat(userInfo.get("roles").get(0).asString()).isEqualTo("reviewer");
    }

    @Test
    void the_code_is_on_the_demonstration_phone() {
        identify(national(), AMINA);
        assertThat(browser.open("/phone").text()).contains("Amina O&#39;Sample", code(AMINA));
    }

    @Test
    void somebody_without_a_phone_gets_the_code_by_mail() {
        assertThat(identify(national(), "5000600070").text()).contains("m…@people.example");
    }

    @Test
    void names_come_in_the_languages_that_are_asked_for() {
        Portal one = national().asking("claims_locales", "ar");
        JsonNode arabic = one.userInfo(one.redeem(allow(enter(identify(one, AMINA), code(AMINA)))));
        assertThat(arabic.get("name").asString()).isEqualTo("أمينة أوسامبل");

        Portal two = national().asking("claims_locales", "en fr");
        JsonNode both = two.userInfo(two.redeem(allow(enter(identify(two, AMINA), code(AMINA)))));
        assertThat(both.propertyNames()).contains("name#eng", "name#fra").doesNotContain("name");
    }

    @Test
    void the_pages_speak_english_french_and_arabic() {
        Page arabic = browser.open(national().asking("ui_locales", "ar fr").authorizationRequest());
        assertThat(arabic.text()).contains("lang=\"ar\"", "dir=\"rtl\"", "رقم هويتك الوطنية");

        Page french = browser.open(
                "/login?signIn=" + arabic.at().getQuery().replaceAll(".*signIn=([0-9a-f]+).*", "$1") + "&lang=fr");
        assertThat(french.text()).contains("lang=\"fr\"", "Votre numéro d’identité nationale");

        assertThat(browser.submit(french, "/login", Map.of("individual_id", AMINA))
                        .text())
                .contains("Saisissez le code");
    }

    @Test
    void a_sign_in_that_nobody_knows_ends_in_a_way_back() {
        Page over = browser.open("/login?signIn=unknown");
        assertThat(over.status()).isEqualTo(410);
        assertThat(over.text()).contains("href=\"http://localhost:8080/\"");
    }

    private Portal national() {
        return new Portal(provider, "portal-national");
    }

    private Page identify(Portal portal, String id) {
        return browser.submit(browser.open(portal.authorizationRequest()), "/login", Map.of("individual_id", id));
    }

    private Page enter(Page page, String code) {
        return browser.submit(page, "/code", Map.of("code", code));
    }

    private Page allow(Page consent, String... claims) {
        String ticked = String.join(",", claims);
        return browser.submit(consent, "/consent", Map.of("decision", "allow", "claims", ticked));
    }

    private String code(String id) {
        return provider.codeFor(id).orElseThrow();
    }
}
