package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.RSAKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.kernel.CannotStart;
import org.selfservice.web.identity.ProviderCheck.Report;
import org.selfservice.web.identity.RogueProvider.Reply;

/** What an operator reads who tries a provider. */
class ProviderCheckTest {
    private static final String SECRET = "the-secret-of-the-portal";

    @TempDir
    Path folder;

    private final RogueProvider provider = new RogueProvider(0);
    private final Map<String, String> settings = new LinkedHashMap<>(Map.of(
            "providers.national.issuer",
            provider.issuer.toString(),
            "providers.national.client.id",
            "portal",
            "providers.national.client.secret",
            SECRET));

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void what_is_right_is_said_line_by_line() {
        provider.metadata = all -> {
            all.put("pushed_authorization_request_endpoint", provider.issuer + "/par");
            all.put("id_token_signing_alg_values_supported", List.of("RS256"));
            all.put("scopes_supported", List.of("openid"));
        };
        Report report = check();
        assertThat(report.isGood()).isTrue();
        assertThat(report.lines())
                .contains(
                        "Provider national, " + provider.issuer,
                        "  redirect URI: https://portal.example/login/oauth2/code/national must be registered there",
                        "  token: " + provider.issuer + "/token",
                        "  client: portal, client_secret_basic",
                        "  key: RSA for any algorithm, rogue-1",
                        "  pushed requests: are taken",
                        "  client: the token endpoint knows it and accepts its proof")
                .noneMatch(line -> line.contains("hint") || line.contains(SECRET));
    }

    @Test
    void the_public_key_is_shown_and_the_private_one_not() throws Exception {
        RSAKey key = RogueProvider.rsa("portal-1");
        settings.remove("providers.national.client.secret");
        settings.put(
                "providers.national.client.key.file",
                Files.writeString(folder.resolve("key.json"), key.toJSONString())
                        .toString());
        assertThat(check().lines())
                .contains("  public key: " + key.toPublicJWK().toJSONString())
                .noneMatch(line -> line.contains(key.getPrivateExponent().toString()));
    }

    @Test
    void a_client_that_is_not_accepted() {
        provider.instead.put("/token", call -> Reply.json(401, Map.of("error", "invalid_client")));
        wrong("client: the token endpoint refuses it: status 401, invalid_client");
        provider.instead.put("/token", call -> Reply.text(502, "text/html", "<p>"));
        wrong("client: the token endpoint refuses it: status 502, without an error code");
    }

    @Test
    void pushed_requests_that_are_not_taken() {
        settings.put("providers.national.endpoints.par", provider.issuer + "/par");
        provider.instead.put("/par", call -> Reply.json(400, Map.of("error", "invalid_redirect_uri")));
        wrong("pushed requests: are refused: status 400, invalid_redirect_uri");
        settings.remove("providers.national.endpoints.par");
        settings.put("providers.national.par", "always");
        wrong("pushed requests: no address is announced, and par is always");
        provider.metadata = all -> all.put("require_pushed_authorization_requests", true);
        settings.put("providers.national.par", "never");
        wrong("par: it takes pushed requests alone; par: never cannot work");
    }

    @Test
    void keys_that_are_not_there_or_do_not_fit() {
        settings.put("providers.national.algorithms", "ES256");
        wrong("keys: none of 1 goes with ES256");
        provider.instead.put("/jwks", call -> Reply.text(404, "text/plain", "none"));
        wrong("keys: 404");
    }

    @Test
    void a_provider_that_is_another_or_none() {
        provider.metadata = all -> all.put("issuer", "https://id.example");
        wrong("it says that it is the issuer https://id.example, not " + provider.issuer);
        provider.metadata = all -> all.put("token_endpoint", "http://id.example/token");
        wrong("it announces a token_endpoint without TLS: http://id.example/token");
        provider.metadata = all -> all.remove("jwks_uri");
        wrong("it announces no jwks_uri");
        provider.instead.put("/.well-known/openid-configuration", call -> Reply.text(404, "text/plain", "none"));
        wrong("discovery: " + provider.issuer + "/.well-known/openid-configuration: 404");
        provider.close();
        wrong("discovery: " + provider.issuer + "/.well-known/openid-configuration: ");
    }

    @Test
    void hints_of_what_is_announced_otherwise() {
        provider.metadata = all -> {
            all.put("id_token_signing_alg_values_supported", List.of("EdDSA"));
            all.put("scopes_supported", List.of("openid"));
            all.put("acr_values_supported", List.of("silver"));
            all.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
            all.put("code_challenge_methods_supported", List.of("plain"));
            all.put("claims_parameter_supported", false);
        };
        settings.put("providers.national.scopes", "openid,profile");
        settings.put("providers.national.acr.sign-in", "gold");
        settings.put("providers.national.claims", "{\"userinfo\": {\"name\": null, \"picture\": null}}");
        assertThat(check().lines().stream().filter(line -> line.startsWith("  hint: ")))
                .hasSize(7)
                .anyMatch(line -> line.endsWith("acr_values_supported [silver], without gold"))
                .anyMatch(line -> line.contains("claims asks for picture, which the portal does not keep"));
    }

    @Test
    void a_provider_that_is_not_configured() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> ProviderCheck.of("other", Configured.login(settings), "https://portal.example"))
                .withMessage("There is no provider other; there are national.");
    }

    private void wrong(String line) {
        Report report = check();
        assertThat(report.isGood()).isFalse();
        assertThat(report.lines()).anyMatch(said -> said.startsWith("  WRONG ") && said.contains(line));
        assertThat(report.lines().getLast()).isEqualTo("It cannot be used like this.");
    }

    private Report check() {
        return ProviderCheck.of("national", Configured.login(settings), "https://portal.example/");
    }
}
