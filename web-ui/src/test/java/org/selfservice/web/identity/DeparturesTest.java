package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.selfservice.web.identity.LoginSettings.Purpose;

/** What a provider is asked for. */
class DeparturesTest {
    private static final String CLAIMS =
            "{\"userinfo\": {\"name\": {\"essential\": true, \"purpose\": \"To greet you\"}}}";

    @Test
    void the_persons_language_and_nothing_else_unless_more_is_set() {
        assertThat(wishes(Map.of(), Purpose.SIGN_IN))
                .containsOnlyKeys("ui_locales", "claims_locales")
                .containsValue("ar");
    }

    @Test
    void languages_as_they_are_set_each_once() {
        Map<String, Object> wishes =
                wishes(Map.of("claims-locales", "person, ar, en", "ui-locales", ""), Purpose.SIGN_IN);
        assertThat(wishes).containsEntry("claims_locales", "ar en").doesNotContainKey("ui_locales");
    }

    @Test
    void claims_as_they_are_written() {
        assertThat(wishes(Map.of("claims", CLAIMS), Purpose.SIGN_IN)).containsEntry("claims", CLAIMS);
    }

    @Test
    void what_stands_behind_a_scope_is_asked_for_as_well() {
        assertThat(provider(Map.of("claims", CLAIMS)).shareable()).containsExactly("name");
        assertThat(provider(Map.of("claims", CLAIMS, "scopes", "openid,email,profile"))
                        .shareable())
                .containsExactly("email", "name", "given_name", "family_name", "birthdate", "gender");
    }

    @Test
    void ways_of_proof_by_purpose() {
        Map<String, String> settings = Map.of("acr.sign-in", "gold,silver", "acr.step-up", "gold");
        assertThat(wishes(settings, Purpose.SIGN_IN)).containsEntry("acr_values", "gold silver");
        assertThat(wishes(settings, Purpose.STEP_UP)).containsEntry("acr_values", "gold");
        assertThat(wishes(settings, Purpose.ASSISTED)).containsEntry("acr_values", "gold silver");
        Provider provider = provider(settings);
        assertThat(provider.satisfies(Purpose.SIGN_IN, "silver")).isTrue();
        assertThat(provider.satisfies(Purpose.STEP_UP, "silver")).isFalse();
        assertThat(provider.satisfies(Purpose.STEP_UP, "silver gold")).isTrue();
        assertThat(provider.satisfies(Purpose.ASSISTED, null)).isFalse();
        assertThat(provider(Map.of()).satisfies(Purpose.STEP_UP, null)).isTrue();
    }

    @Test
    void ways_of_proof_among_the_claims_where_only_these_are_heeded() {
        assertThat(wishes(Map.of("claims", CLAIMS, "acr.sign-in", "gold", "acr-essential", "true"), Purpose.SIGN_IN)
                        .get("claims"))
                .isEqualTo("{\"userinfo\":{\"name\":{\"essential\":true,\"purpose\":\"To greet you\"}},"
                        + "\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"gold\"]}}}");
    }

    @Test
    void a_new_login_for_every_purpose_but_signing_in() {
        Map<String, String> settings = Map.of("prompt", "select_account", "max-age", "15m");
        assertThat(wishes(settings, Purpose.SIGN_IN))
                .containsEntry("prompt", "select_account")
                .containsEntry("max_age", "900");
        assertThat(Departures.wishes(provider(settings), Errand.signIn("ar"), true))
                .containsEntry("prompt", "select_account consent");
        for (Purpose purpose : new Purpose[] {Purpose.STEP_UP, Purpose.ASSISTED}) {
            assertThat(wishes(settings, purpose))
                    .containsEntry("prompt", "login")
                    .containsEntry("max_age", "0");
        }
    }

    @Test
    void a_new_login_of_whoever_signs_in_once_more_or_with_another_id() {
        for (Errand errand : List.of(Errand.signIn("ar").anew(), Errand.linking("ar"))) {
            assertThat(Departures.wishes(provider(Map.of("claims", CLAIMS)), errand, false))
                    .containsEntry("prompt", "login")
                    .containsEntry("max_age", "0")
                    .containsEntry("claims", CLAIMS);
        }
    }

    private static Map<String, Object> wishes(Map<String, String> settings, Purpose purpose) {
        Errand errand = switch (purpose) {
            case SIGN_IN -> Errand.signIn("ar");
            case STEP_UP -> Errand.confirming(purpose, "ar", Assurance.STRONG, List.of());
            case ASSISTED -> Errand.assisted("ar", List.of());
        };
        return Departures.wishes(provider(settings), errand, false);
    }

    private static Provider provider(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("providers.national.issuer", "https://id.example"));
        settings.forEach((name, value) -> all.put("providers.national." + name, value));
        return Objects.requireNonNull(Configured.login(all).providers().get("national"));
    }
}
