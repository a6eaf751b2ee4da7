package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.idp.Client;
import org.selfservice.idp.DemoIdentityProvider;
import org.selfservice.idp.IdSystem;
import org.selfservice.idp.Settings;
import org.selfservice.kernel.CannotStart;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

class ProvidersTest {
    @TempDir
    Path folder;

    @Test
    void a_provider_that_is_down_stops_nothing_and_is_found_once_it_is_up() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Providers providers = providers(provider(URI.create("http://localhost:" + port), null));
        assertThatExceptionOfType(OAuth2AuthenticationException.class)
                .isThrownBy(() -> providers.findByRegistrationId("national"))
                .satisfies(down -> assertThat(down.getError().getErrorCode()).isEqualTo(Providers.UNREACHABLE));

        Client client = Client.of("portal", IdSystem.NATIONAL, URI.create("http://localhost/callback"))
                .secret("secret");
        try (DemoIdentityProvider up =
                DemoIdentityProvider.start(Settings.of(client).withPort(port))) {
            ClientRegistration found = providers.findByRegistrationId("national");
            assertThat(found).isNotNull();
            assertThat(found.getProviderDetails().getIssuerUri())
                    .isEqualTo(up.issuer().toString());
            assertThat(found.getClientSettings().isRequireProofKey()).isTrue();

            // 127.0.0.1 answers too, and says that it is localhost
            Providers mistaken = providers(provider(URI.create("http://127.0.0.1:" + port), null));
            assertThatExceptionOfType(OAuth2AuthenticationException.class)
                    .isThrownBy(() -> mistaken.findByRegistrationId("national"));
        }
        assertThat(providers.findByRegistrationId("unknown")).isNull();
    }

    @Test
    void a_key_without_its_private_part_is_said_at_the_start() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
        Path file = Files.writeString(
                folder.resolve("public.json"), new JWKSet(key).toPublicJWKSet().toString());
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> providers(provider(URI.create("https://id.example"), file)))
                .withMessageContaining("no private part");
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> providers(provider(URI.create("https://id.example"), folder.resolve("none.json"))))
                .withMessageContaining("cannot be read");
    }

    private static Providers providers(LoginSettings settings) {
        return new Providers(settings, Clock.systemUTC());
    }

    private static LoginSettings provider(URI issuer, @Nullable Path key) {
        return Configured.login(Map.of(
                "providers.national.issuer",
                issuer.toString(),
                "providers.national.client.id",
                "portal",
                key == null ? "providers.national.client.secret" : "providers.national.client.key.file",
                key == null ? "secret" : key.toString()));
    }
}
