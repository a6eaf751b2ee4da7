package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfservice.Obstacles;
import org.selfservice.kernel.CannotStart;
import org.selfservice.web.identity.LoginSettings.Client;
import org.selfservice.web.identity.LoginSettings.Endpoints;
import org.selfservice.web.identity.LoginSettings.Key;
import org.selfservice.web.identity.LoginSettings.Provider;

/** Every setting of a provider, wrong in every way that can be seen at the start. */
class SettingsCheckTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void files() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("one").generate();
        RSAKey other = new RSAKeyGenerator(2048).keyID("two").generate();
        write("rsa.json", rsa.toJSONString());
        write("two.json", new JWKSet(List.of(rsa, other)).toString(false));
        write("public.json", rsa.toPublicJWK().toJSONString());
        write("ec.json", new ECKeyGenerator(Curve.P_256).keyID("ec").generate().toJSONString());
        write("noise.json", "Rosalind's {key}");
        write("empty", "\n");
        write("secret", "in-a-file\n");
        write("logo.png", "<html>no picture</html>");
        KeyFileTest.store(folder.resolve("keys.p12"), "of-the-store", "a", "b");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                // setting, value, what is said of which setting
                arguments("issuer", "id.example", "issuer", "is no address"),
                arguments("issuer", "https://id example", "issuer", "is no address"),
                arguments("issuer", "ftp://id.example", "issuer", "is no address"),
                arguments("issuer", "http://id.example", "issuer", "is without TLS; use https"),
                arguments("issuer", "https://id.example?realm=a", "issuer", "has a question mark"),
                arguments("endpoints.authorization", "/authorize", "endpoints.authorization", "is no address"),
                arguments("endpoints.token", "http://id.example/token", "endpoints.token", "is without TLS"),
                arguments("endpoints.userinfo", "nowhere", "endpoints.userinfo", "is no address"),
                arguments("endpoints.jwks", "http://id.example/jwks", "endpoints.jwks", "is without TLS"),
                arguments("endpoints.par", "http://id.example/par", "endpoints.par", "is without TLS"),
                arguments("endpoints.end-session", "nowhere", "endpoints.end-session", "is no address"),
                arguments("client.id", "${MY_ID}", "client.id", "it is taken from MY_ID, which is not set"),
                arguments("client.secret", "${MY_SECRET}", "client.secret", "it is taken from MY_SECRET"),
                arguments("client.secret-file", "/run/${MY_FILE}", "client.secret-file", "it is taken from MY_FILE"),
                arguments("scopes", "openid,${MY_SCOPE}", "scopes", "it is taken from MY_SCOPE"),
                arguments("label.en", "${MY_LABEL}", "label.en", "it is taken from MY_LABEL"),
                arguments("client.id", "", "client.id", "it is missing"),
                arguments("client.secret", "", "client.secret", "it is missing"),
                arguments("client.secret-file", "FOLDER/secret", "client.secret", "there is a secret-file too"),
                arguments("client.authentication", "none", "client.authentication", "there is a key or a secret"),
                arguments("client.authentication", "private-key-jwt", "client.key.file", "needs a private key"),
                arguments("client.authentication", "client_secret_jwt", "client.secret", "too short for HS256"),
                arguments("client.key.file", "FOLDER/none.json", "client.key.file", "cannot be read"),
                arguments("client.key.file", "FOLDER/noise.json", "client.key.file", "must be a JWK or JWK set, PEM"),
                arguments("client.key.file", "FOLDER/public.json", "client.key.file", "has no private part"),
                arguments("client.key.file", "FOLDER/keys.p12", "client.key.password", "does not open"),
                arguments("claims", "{name", "claims", "it is no JSON"),
                arguments("claims", "[]", "claims", "it is no JSON object"),
                arguments("claims", "{\"user_info\": {}}", "claims", "user_info is not understood"),
                arguments("claims", "{\"userinfo\": {\"name\": true}}", "claims", "name must be null or an object"),
                arguments("scopes", "profile", "scopes", "openid is missing"),
                arguments("claims-locales", "the person's", "claims-locales", "is no language"),
                arguments("ui-locales", "e", "ui-locales", "is no language"),
                arguments("acr.sign-in", "gold silver", "acr.sign-in", "is no single value"),
                arguments("acr.step-up", "gold silver", "acr.step-up", "is no single value"),
                arguments("acr.assisted", "gold silver", "acr.assisted", "is no single value"),
                arguments("acr-essential", "true", "acr-essential", "there is nothing to demand"),
                arguments("prompt", "none", "prompt", "is not understood"),
                arguments("max-age", "-1m", "max-age", "is negative"),
                arguments("algorithms", "none", "algorithms", "none is not allowed"),
                arguments("algorithms", "RS256,HS256", "algorithms", "HS256 is not allowed"),
                arguments("algorithms", "", "algorithms", "none is left"),
                arguments("decryption-key.file", "FOLDER/public.json", "decryption-key.file", "has no private part"),
                arguments("claim-mapping.uin", "uin", "claim-mapping.uin", "is nothing that the portal keeps"),
                arguments("label.de", "Ausweis", "label.de", "en, fr, ar"),
                arguments("label.en", " ", "label.en", "en, fr, ar"),
                arguments("logo", "FOLDER/none.png", "logo", "cannot be read"),
                arguments("logo", "FOLDER/logo.png", "logo", "a PNG, JPEG, GIF, WebP or SVG"));
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource
    void wrong(String setting, String value, String named, String said) {
        refused(Map.of(setting, value), named, said);
    }

    static Stream<Arguments> wrongTogether() {
        return Stream.of(
                arguments(
                        "client.algorithm=ES256 client.key.file=FOLDER/rsa.json",
                        "client.algorithm",
                        "does not go with this key"),
                arguments(
                        "client.algorithm=RS256 client.key.file=FOLDER/ec.json",
                        "client.algorithm",
                        "does not go with this key"),
                arguments(
                        "client.algorithm=HS256 client.key.file=FOLDER/rsa.json",
                        "client.algorithm",
                        "is not for keys"),
                arguments("client.key.file=FOLDER/two.json client.key.id=three", "client.key.file", "of the key three"),
                arguments(
                        "client.key.file=FOLDER/keys.p12 client.key.password=of-the-store",
                        "client.key.alias",
                        "it is missing"),
                arguments(
                        "client.key.file=FOLDER/keys.p12 client.key.password=of-the-store client.key.alias=c",
                        "client.key.alias",
                        "there is no c"),
                arguments(
                        "client.key.file=FOLDER/keys.p12 client.key.password-file=FOLDER/secret client.key.alias=a",
                        "client.key.password",
                        "does not open"),
                arguments(
                        "client.key.file=FOLDER/keys.p12 client.key.password-file=FOLDER/none client.key.alias=a",
                        "client.key.password-file",
                        "cannot be read"),
                arguments("client.secret-file=FOLDER/none", "client.secret-file", "cannot be read"),
                arguments("client.secret-file=FOLDER/empty", "client.secret-file", "it is missing"),
                arguments(
                        "client.authentication=client-secret-post client.key.file=FOLDER/rsa.json",
                        "client.authentication",
                        "but there is a key"),
                arguments(
                        "client.authentication=client-secret-jwt client.secret=a-secret-of-more-than-32-characters client.algorithm=RS256",
                        "client.algorithm",
                        "is not for secrets"),
                arguments(
                        "client.authentication=none par=always endpoints.authorization=https://id.example/a"
                                + " endpoints.token=https://id.example/t endpoints.jwks=https://id.example/k",
                        "endpoints.par",
                        "it is missing"),
                arguments(
                        "client.authentication=none claim-mapping.a=name claim-mapping.b=name",
                        "claim-mapping.b",
                        "is name already"),
                arguments("client.authentication=none audience=staff username-claim=", "username-claim", "it is empty"),
                arguments("client.authentication=none audience=staff roles-claim=", "roles-claim", "it is empty"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void wrongTogether(String settings, String named, String said) {
        Map<String, String> all = Stream.of(settings.split(" "))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> b, LinkedHashMap::new));
        all.putIfAbsent("client.secret", null);
        refused(all, named, said);
    }

    @Test
    void an_id_is_part_of_addresses() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> providers(Map.of("providers.[National_ID].issuer", "https://id.example")))
                .withMessage(
                        "Provider National_ID, id: it is part of addresses; up to 40 small letters, digits and hyphens are right.");
    }

    static Stream<Arguments> unreadable() {
        return Stream.of(
                arguments("audience", "people", "one of registrants, staff is right"),
                arguments("id-type", "passport", "one of foundational, functional is right"),
                arguments("client.authentication", "basic", "one of private-key-jwt, client-secret-basic"),
                arguments("client.assertion-audience", "par", "one of token-endpoint, issuer is right"),
                arguments("par", "maybe", "one of always, never, when-announced is right"),
                arguments("answer-issuer", "never", "one of always, when-announced is right"),
                arguments("allow-http", "perhaps", "true or false is right"),
                arguments("acr.login", "gold", "one of sign-in, step-up, assisted is right"),
                arguments("issuer", "", "portal.login.providers.national.issuer is empty"),
                arguments("max-age", "soon", "a duration such as"),
                arguments(
                        "isuer",
                        "https://id.example",
                        "There is no setting portal.login.providers.national.isuer; portal.login.providers.national has acr, acr-essential"),
                arguments(
                        "client.secrets",
                        "x",
                        "portal.login.providers.national.client has algorithm, assertion-audience"));
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource
    void unreadable(String setting, String value, String said) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> providers(national(Map.of(setting, value))))
                .satisfies(failure -> assertThat(Obstacles.line(failure))
                        .contains("portal.login.providers.national.")
                        .contains(said)
                        .hasLineCount(1));
    }

    @Test
    void no_setting_is_left_out_here() {
        String tested = Stream.of(wrong(), wrongTogether(), unreadable())
                .flatMap(rows -> rows)
                .flatMap(row -> Arrays.stream(row.get()))
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        for (Class<?> type : List.of(Provider.class, Client.class, Key.class, Endpoints.class)) {
            assertThat(type.getRecordComponents())
                    .extracting(component ->
                            component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT))
                    .filteredOn(name -> !Set.of("endpoints", "client", "key").contains(name))
                    .allSatisfy(name -> assertThat(tested).contains(name));
        }
    }

    @Test
    void an_issuer_is_needed() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> providers(Map.of("providers.national.client.id", "portal")))
                .withMessageStartingWith("Provider national, issuer: it is missing; give the address");
    }

    @Test
    void patience_has_bounds() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> providers(Map.of("patience", "5m")))
                .withMessageContaining("portal.login.patience");
    }

    @Test
    void no_secret_is_in_what_settings_say_of_themselves() {
        assertThat(Configured.login(
                                national(Map.of("client.secret", "do-not-tell", "decryption-key.password", "nor-this")))
                        .toString())
                .doesNotContain("do-not-tell", "nor-this");
    }

    private static void refused(Map<String, String> settings, String named, String said) {
        Map<String, String> national = national(settings);
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> providers(national))
                .satisfies(failure -> assertThat(failure.getMessage())
                        .startsWith("Provider national, " + named + ": ")
                        .contains(said)
                        .containsAnyOf(";", "it is empty", "nothing to demand")
                        .hasLineCount(1)
                        .doesNotContain("Rosalind"));
    }

    private static Providers providers(Map<String, String> settings) {
        return new Providers(Configured.login(settings), Clock.systemUTC());
    }

    /** What works, with these on top; null takes one away. */
    private static Map<String, String> national(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(
                Map.of("issuer", "https://id.example", "client.id", "portal", "client.secret", "a-secret"));
        if (settings.keySet().stream().anyMatch(name -> name.startsWith("client.key"))) {
            all.remove("client.secret");
        }
        settings.forEach((name, value) -> {
            if (value == null) {
                all.remove(name);
            } else {
                all.put(name, value.replace("FOLDER", folder.toString()));
            }
        });
        return all.entrySet().stream()
                .collect(Collectors.toMap(
                        pair -> "providers.national." + pair.getKey(),
                        Map.Entry::getValue,
                        (a, b) -> b,
                        LinkedHashMap::new));
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
