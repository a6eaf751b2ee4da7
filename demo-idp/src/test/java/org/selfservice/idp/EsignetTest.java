package org.selfservice.idp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.idp.Browser.Page;

/** The ways of eSignet 1.8 with a person, and what a client sees of them. */
class EsignetTest extends AtEsignet {
    @Test
    void who_says_no_goes_back_with_a_code_of_eSignets_and_without_issuer() {
        KeyedPortal pushed = portal().asking("claims", CLAIMS);
        assertThat(refuse(prove(pushed.pushed(), AMINA)).parameters())
                .containsEntry("error", "consent_details_rejected")
                .containsEntry("state", "null")
                .doesNotContainKey("iss");
        KeyedPortal open = open().asking("claims", CLAIMS);
        assertThat(refuse(prove(open.openly(), AMINA)).parameters())
                .containsEntry("error", "consent_details_rejected")
                .containsEntry("state", open.state)
                .doesNotContainKey("iss");
    }

    @Test
    void five_minutes_to_prove_it_and_two_to_agree() {
        Page login = browser.open(open().asking("claims", CLAIMS).openly());
        CLOCK.forward(Duration.ofSeconds(301));
        assertThat(browser.submit(login, "/login", Map.of("individual_id", AMINA))
                        .parameters())
                .containsEntry("error", "transaction_timeout")
                .doesNotContainKey("iss");
        Page consent = prove(open().asking("claims", CLAIMS).openly(), AMINA);
        CLOCK.forward(Duration.ofSeconds(121));
        assertThat(allow(consent).parameters()).containsEntry("error", "transaction_timeout");
    }

    @Test
    void a_request_is_opened_once_since_its_nonce_is_good_once() {
        String address = open().openly();
        assertThat(browser.open(address).at().getPath()).isEqualTo("/login");
        assertThat(browser.open(address).status()).isEqualTo(400);
    }

    @Test
    void prompt_none_is_not_heeded_and_everybody_is_asked() {
        assertThat(browser.open(open().asking("prompt", "none").openly()).at().getPath())
                .isEqualTo("/login");
        KeyedPortal portal = portal().asking("prompt", "none");
        assertThat(prove(portal.pushed(), KOFI).parameters()).containsKey("code");
    }

    @Test
    void unknown_ways_are_left_out_without_a_word_and_all_that_are_registered_are_offered() throws Exception {
        KeyedPortal portal = open().asking("acr_values", "mosip:idp:acr:static-code urn:gold");
        Page login = browser.open(portal.openly());
        assertThat(login.text()).contains("value=\"WALLET\"", "value=\"BIOMETRICS\"");
        Page code = browser.submit(login, "/login", Map.of("individual_id", ZOE));
        assertThat(code.at().getPath()).isEqualTo("/code");
        assertThat(acr(portal, browser.submit(code, "/code", Map.of("code", code(ZOE)))))
                .isEqualTo("mosip:idp:acr:generated-code");
    }

    @Test
    void ways_in_the_claims_parameter_go_first_and_no_code_stands_in_for_a_device() throws Exception {
        KeyedPortal portal = open().asking("acr_values", "mosip:idp:acr:generated-code")
                .asking("claims", "{\"id_token\": {\"acr\": {\"values\": [\"mosip:idp:acr:biometrics\"]}}}");
        Page device = browser.submit(browser.open(portal.openly()), "/login", Map.of("individual_id", ZOE));
        assertThat(device.at().getPath()).isEqualTo("/device");
        assertThat(device.text()).doesNotContain("/code/resend", "value=\"WALLET\"");
        assertThat(acr(portal, browser.submit(device, "/device", Map.of()))).isEqualTo("mosip:idp:acr:biometrics");
    }

    @Test
    void a_wallet_approves_by_a_QR_code_and_nobody_types_a_number() throws Exception {
        KeyedPortal portal = new KeyedPortal(provider, "wallets-alone", KEY);
        Page screen = browser.open(portal.openly());
        assertThat(screen.at().getPath()).isEqualTo("/wallet");
        assertThat(screen.text()).contains("data:image/svg+xml;base64,", "/assets/wallet.js");
        assertThat(browser.open("/wallet?" + screen.at().getQuery()).at().getPath())
                .isEqualTo("/wallet");

        Browser phone = new Browser(provider.issuer());
        assertThat(phone.submit(phone.open(link(screen)), "/link", Map.of("holder", KOFI))
                        .text())
                .contains("You have approved");
        assertThat(phone.open(link(screen)).text()).contains("This sign-in is over");
        Page back = browser.open("/wallet?" + screen.at().getQuery());
        assertThat(acr(portal, back)).isEqualTo("mosip:idp:acr:linked-wallet");
    }

    @Test
    void a_link_is_good_for_a_minute_and_another_way_can_be_chosen() throws Exception {
        KeyedPortal portal = open().asking("acr_values", "mosip:idp:acr:linked-wallet mosip:idp:acr:generated-code");
        Page screen = browser.open(portal.openly());
        String link = link(screen);
        CLOCK.forward(Duration.ofSeconds(61));
        assertThat(new Browser(provider.issuer()).open(link).text()).contains("This sign-in is over");
        assertThat(link(browser.open("/wallet?" + screen.at().getQuery()))).isNotEqualTo(link);

        Page login = browser.submit(screen, "/way", Map.of("way", "ONE_TIME_CODE"));
        Page code = browser.submit(login, "/login", Map.of("individual_id", KOFI));
        assertThat(acr(portal, browser.submit(code, "/code", Map.of("code", code(KOFI)))))
                .isEqualTo("mosip:idp:acr:generated-code");
    }

    @Test
    void who_agreed_to_the_same_before_is_asked_again_only_on_wish_or_for_more() {
        String name = "{\"userinfo\": {\"name\": {\"essential\": true}, \"email\": null}}";
        allow(prove(open().asking("claims", name).openly(), ZOE), "email");
        KeyedPortal again = open().asking("claims", name);
        Page back = prove(again.openly(), ZOE);
        assertThat(back.parameters()).containsKey("code");

        assertThat(prove(
                                open().asking("claims", name)
                                        .asking("prompt", "consent")
                                        .openly(),
                                ZOE)
                        .at()
                        .getPath())
                .isEqualTo("/consent");
        assertThat(prove(open().asking("claims", CLAIMS).openly(), ZOE).at().getPath())
                .isEqualTo("/consent");
    }

    @Test
    void a_number_comes_as_it_was_typed_and_the_subject_stays() throws Exception {
        String claims = "{\"userinfo\": {\"individual_id\": {\"essential\": true}}}";
        Map<String, Object> usual = shared(open().asking("claims", claims), AMINA);
        Map<String, Object> virtual =
                shared(open().asking("claims", claims).asking("prompt", "consent"), AMINAS_VIRTUAL_ID);
        assertThat(usual).containsEntry("individual_id", AMINA);
        assertThat(virtual).containsEntry("individual_id", "5612093477810026").containsEntry("sub", usual.get("sub"));
    }

    @Test
    void only_claims_that_the_client_is_registered_with_count_and_profile_means_all_of_them() {
        Page consent = prove(open().asking("scope", "openid profile").openly(), AMINA);
        assertThat(consent.text())
                .contains("Full name", "E-mail address", "Date of birth")
                .doesNotContain("Gender");
        consent = prove(open().asking("claims", CLAIMS).openly(), AMINA);
        assertThat(consent.text()).contains("Full name").doesNotContain("Photo", "Address<");
    }

    @Test
    void a_purpose_is_shown_where_people_agree() {
        Page consent = prove(open().asking("claims", """
                        {"userinfo": {"name": {"essential": true, "purpose": "To write to you by name"},
                         "email": {"purpose": "To send you letters"}}}""").openly(), AMINA);
        assertThat(consent.text()).contains("To write to you by name", "To send you letters");
    }
}
