package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.selfservice.web.identity.RogueProvider.Reply;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

class ProvidersTest {
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private RogueProvider provider = new RogueProvider(0);
    private final Hours clock = new Hours();

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void a_provider_that_is_down_stops_nothing_and_is_found_once_it_is_up() {
        int port = provider.port();
        provider.close();
        Providers providers = providers(Map.of());
        unreachable(providers);
        provider = new RogueProvider(port);
        ClientRegistration found = registration(providers);
        assertThat(found.getProviderDetails().getIssuerUri()).isEqualTo(provider.issuer.toString());
        assertThat(found.getClientSettings().isRequireProofKey()).isTrue();
        assertThat(providers.findByRegistrationId("unknown")).isNull();
    }

    @Test
    void a_page_learns_whether_a_provider_is_there_and_asks_no_more_often_than_every_15_seconds() {
        Providers providers = providers(Map.of());
        assertThat(providers.reachable(List.of("national"))).containsExactly("national");
        await().until(() -> provider.calls("/jwks").size() == 1);
        int port = provider.port();
        provider.close();
        clock.pass(Duration.ofSeconds(16));
        await().untilAsserted(() ->
                assertThat(providers.reachable(List.of("national"))).isEmpty());
        provider = new RogueProvider(port);
        assertThat(providers.reachable(List.of("national"))).isEmpty();
        clock.pass(Duration.ofSeconds(16));
        await().untilAsserted(() ->
                assertThat(providers.reachable(List.of("national"))).containsExactly("national"));
        for (int i = 0; i < 20; i++) {
            providers.reachable(List.of("national"));
        }
        assertThat(provider.calls("/jwks")).hasSize(1);
    }

    @Test
    void a_page_does_not_wait_for_a_provider_that_is_slow() {
        provider.delays.put(DISCOVERY, 8_000L);
        Instant begun = Instant.now();
        // not known to be away yet
        assertThat(providers(Map.of()).reachable(List.of("national"))).isEqualTo(Set.of("national"));
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void a_provider_that_is_slow_to_say_where_it_is_is_given_up() {
        provider.delays.put(DISCOVERY, 8_000L);
        Instant begun = Instant.now();
        unreachable(providers(Map.of(), "1s"));
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void what_a_provider_announces_is_looked_up_anew_after_an_hour_and_stays_good_while_it_is_away() {
        Providers providers = providers(Map.of());
        assertThat(registration(providers).getProviderDetails().getTokenUri()).endsWith("/token");
        provider.metadata = all -> all.put("token_endpoint", provider.issuer + "/other");
        clock.pass(Duration.ofMinutes(59));
        assertThat(registration(providers).getProviderDetails().getTokenUri()).endsWith("/token");
        assertThat(provider.calls(DISCOVERY)).hasSize(1);
        clock.pass(Duration.ofMinutes(2));
        assertThat(registration(providers).getProviderDetails().getTokenUri()).endsWith("/other");
        provider.close();
        clock.pass(Duration.ofHours(2));
        assertThat(registration(providers).getProviderDetails().getTokenUri()).endsWith("/other");
    }

    @Test
    void with_explicit_addresses_nothing_is_looked_up() {
        Map<String, String> addresses = Map.of(
                "endpoints.authorization", provider.issuer + "/a",
                "endpoints.token", provider.issuer + "/t",
                "endpoints.jwks", provider.issuer + "/jwks",
                "endpoints.end-session", provider.issuer + "/bye");
        Providers providers = providers(addresses);
        ClientRegistration.ProviderDetails there = registration(providers).getProviderDetails();
        assertThat(there.getAuthorizationUri()).endsWith("/a");
        assertThat(there.getTokenUri()).endsWith("/t");
        assertThat(there.getUserInfoEndpoint().getUri()).isNull();
        assertThat(there.getConfigurationMetadata()).containsEntry("end_session_endpoint", provider.issuer + "/bye");
        assertThat(provider.calls(DISCOVERY)).isEmpty();
        assertThat(providers.reachable(List.of("national"))).containsExactly("national");
    }

    @Test
    void an_explicit_address_goes_before_one_that_is_announced() {
        ClientRegistration.ProviderDetails there = registration(
                        providers(Map.of("endpoints.userinfo", provider.issuer + "/inside")))
                .getProviderDetails();
        assertThat(there.getUserInfoEndpoint().getUri()).endsWith("/inside");
        assertThat(there.getTokenUri()).endsWith("/token");
    }

    @Test
    void a_provider_is_not_led_by_what_it_announces_to_another_issuer_or_away_from_TLS() {
        provider.metadata = all -> all.put("issuer", "https://id.example");
        unreachable(providers(Map.of()));
        provider.metadata = all -> all.put("jwks_uri", "http://id.example/jwks");
        unreachable(providers(Map.of()));
        assertThat(registration(providers(Map.of("allow-http", "true")))
                        .getProviderDetails()
                        .getJwkSetUri())
                .isEqualTo("http://id.example/jwks");
        provider.metadata = all -> all.put("token_endpoint", "file:///etc/passwd");
        unreachable(providers(Map.of("allow-http", "true")));
        provider.instead.put(DISCOVERY, call -> Reply.text(302, "text/plain", "https://id.example" + DISCOVERY));
        unreachable(providers(Map.of()));
        provider.instead.put(
                DISCOVERY, call -> Reply.text(200, "application/json", "{\"issuer\": \"" + "a".repeat(3_000_000)));
        unreachable(providers(Map.of()));
    }

    @Test
    void they_are_asked_at_the_start_and_nobody_waits_for_it() {
        providers(Map.of()).askAll();
        await().untilAsserted(() -> assertThat(provider.calls("/jwks")).isNotEmpty());
        provider.delays.put(DISCOVERY, 5_000L);
        Instant begun = Instant.now();
        providers(Map.of()).askAll();
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    private static void unreachable(Providers providers) {
        assertThatExceptionOfType(OAuth2AuthenticationException.class)
                .isThrownBy(() -> providers.findByRegistrationId("national"))
                .satisfies(down -> assertThat(down.getError().getErrorCode()).isEqualTo(Providers.UNREACHABLE));
    }

    private static ClientRegistration registration(Providers providers) {
        return Objects.requireNonNull(providers.findByRegistrationId("national"));
    }

    private Providers providers(Map<String, String> settings) {
        return providers(settings, "10s");
    }

    private Providers providers(Map<String, String> settings, String patience) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "providers.national.issuer", provider.issuer.toString(),
                "providers.national.client.id", "portal",
                "providers.national.client.secret", "secret"));
        settings.forEach((name, value) -> all.put("providers.national." + name, value));
        all.put("patience", patience);
        return new Providers(Configured.login(all), clock);
    }
}
