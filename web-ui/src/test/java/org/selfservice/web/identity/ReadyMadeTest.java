package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfservice.Obstacles;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.web.identity.LoginSettings.Authentication;
import org.selfservice.web.identity.LoginSettings.Client;
import org.selfservice.web.identity.LoginSettings.Endpoints;
import org.selfservice.web.identity.LoginSettings.Key;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.selfservice.web.identity.LoginSettings.Purpose;
import org.selfservice.web.identity.LoginSettings.Way.Kind;
import org.yaml.snakeyaml.Yaml;

/** The ready-made settings of {@code docs/sign-in}, loaded as an operator loads them. */
class ReadyMadeTest {
    @TempDir
    Path home;

    static Stream<Path> files() throws IOException {
        return Files.list(Shipped.FOLDER).filter(file -> file.toString().endsWith(".yml"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void each_file_is_right_once_the_environment_has_what_it_names(Path file) throws Exception {
        LoginSettings settings = Shipped.load(file, home, environment());
        assertThat(settings.providers()).isNotEmpty();
        new Providers(settings, Clock.systemUTC());
        settings.providers().values().forEach(provider -> {
            for (Locale locale : List.of(Locale.ENGLISH, Locale.FRENCH, Locale.of("ar"))) {
                assertThat(provider.label(locale)).isNotBlank();
            }
            assertThat(provider.asked())
                    .allSatisfy(claim -> assertThat(Claims.attribute(claim, provider.claimMapping()))
                            .isNotNull());
        });
        assertThat(Files.readString(file)).contains("Needs in the environment");
    }

    @ParameterizedTest
    @MethodSource("files")
    void each_file_holds_no_secret_and_says_what_is_not_set(Path file) throws Exception {
        assertThat(Files.readString(file).lines().filter(line -> line.contains("secret:")))
                .allSatisfy(line -> assertThat(line).contains("${"));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> Shipped.load(file, home, Map.of()))
                .satisfies(
                        failure -> assertThat(Obstacles.line(failure))
                                .matches(
                                        "portal\\.login\\.providers\\.[a-z-]+\\..+ is taken from [A-Z_]+, which is not set; set it in the environment\\."));
    }

    @Test
    void of_eSignet_everything_is_asked_as_it_wants_it() throws Exception {
        Provider esignet =
                Objects.requireNonNull(Shipped.load(Shipped.FOLDER.resolve("esignet.yml"), home, environment())
                        .providers()
                        .get("esignet"));
        assertThat(esignet.client().method()).isEqualTo(Authentication.PRIVATE_KEY_JWT);
        assertThat(esignet.algorithms()).containsExactlyInAnyOrder("PS256", "RS256");
        assertThat(esignet.acr(Purpose.ASSISTED).getFirst()).isEqualTo("mosip:idp:acr:biometrics");
        assertThat(esignet.proving(Purpose.STEP_UP, Assurance.STRONG))
                .containsExactly("mosip:idp:acr:biometrics", "mosip:idp:acr:linked-wallet");
        assertThat(esignet.choices()).containsOnlyKeys(Kind.BIOMETRICS, Kind.ONE_TIME_CODE, Kind.QR_CODE);
        Map<String, Object> wishes = Departures.wishes(esignet, Errand.signIn("fr"), false);
        assertThat(wishes)
                .containsEntry("ui_locales", "fr")
                .containsEntry("claims_locales", "fr en")
                .containsEntry(
                        "acr_values",
                        "mosip:idp:acr:generated-code mosip:idp:acr:linked-wallet mosip:idp:acr:biometrics")
                .doesNotContainKeys("prompt", "max_age");
        assertThat(Departures.wishes(esignet, proof(), false))
                .containsEntry("prompt", "login")
                .containsEntry("max_age", "0")
                .doesNotContainKey("claims_locales");
    }

    @Test
    void of_Keycloak_a_level_is_demanded_for_step_up_alone() throws Exception {
        Provider keycloak =
                Objects.requireNonNull(Shipped.load(Shipped.FOLDER.resolve("keycloak.yml"), home, environment())
                        .providers()
                        .get("keycloak"));
        assertThat(Departures.wishes(keycloak, Errand.signIn("en"), false)).doesNotContainKeys("acr_values", "claims");
        assertThat(Departures.wishes(keycloak, proof(), false))
                .containsEntry("acr_values", "gold")
                .containsEntry("claims", "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"gold\"]}}}");
        assertThat(keycloak.satisfies(Purpose.SIGN_IN, "0")).isTrue();
        assertThat(keycloak.assurance("gold")).isEqualTo(Assurance.STRONG);
        assertThat(keycloak.assurance("0")).isEqualTo(Assurance.BASIC);
        assertThat(keycloak.canProve(Purpose.STEP_UP, Assurance.STRONG)).isTrue();
        assertThat(keycloak.satisfies(Purpose.STEP_UP, "0")).isFalse();
    }

    @Test
    @SuppressWarnings("unchecked")
    void the_composition_starts_the_tested_Keycloak_with_the_realms_that_are_shipped() throws Exception {
        Path root = Path.of("..");
        Map<String, Object> services = (Map<String, Object>) new Yaml()
                .<Map<String, Object>>load(Files.readString(root.resolve("docker-compose.yml")))
                .get("services");
        Map<String, Object> keycloak = (Map<String, Object>) services.get("keycloak");
        assertThat(Files.readString(root.resolve("pom.xml")))
                .contains("<keycloak.version>"
                        + keycloak.get("image").toString().replaceFirst(".*:", "") + "</keycloak.version>");
        assertThat((List<String>) keycloak.get("volumes"))
                .allSatisfy(volume -> assertThat(root.resolve(volume.substring(0, volume.indexOf(':'))))
                        .isRegularFile());
        String realms = Files.readString(Shipped.FOLDER.resolve("keycloak-realm.json"))
                + Files.readString(Shipped.FOLDER.resolve("keycloak-staff-realm.json"));
        ((Map<String, Object>) keycloak.get("environment"))
                .keySet().stream()
                        .filter(name -> name.startsWith("PORTAL_"))
                        .forEach(name -> assertThat(realms).contains("${" + name + "}"));
    }

    private static Errand proof() {
        return Errand.confirming(Purpose.STEP_UP, "en", Assurance.STRONG, List.of());
    }

    @Test
    void the_documentation_names_every_setting() throws Exception {
        String text = Files.readString(Shipped.FOLDER.resolveSibling("sign-in.md"));
        for (Class<?> type : List.of(Provider.class, Client.class, Key.class, Endpoints.class)) {
            assertThat(type.getRecordComponents())
                    .extracting(component ->
                            component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                    .allSatisfy(name -> assertThat(text).containsPattern("`[a-z.-]*\\b" + name + "\\b[a-z.<>-]*[*`]"));
        }
    }

    private Map<String, String> environment() throws IOException {
        Path key = Files.writeString(
                home.resolve("key.json"), RogueProvider.rsa("k").toJSONString());
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : List.of("ESIGNET", "KEYCLOAK", "OIDC")) {
            all.put(name + "_ISSUER", "https://id.example.org");
            all.put(name + "_CLIENT_ID", "portal");
            all.put(name + "_CLIENT_SECRET", "of-the-environment");
        }
        all.put("KEYCLOAK_STAFF_ISSUER", "https://id.example.org/staff");
        all.put("KEYCLOAK_STAFF_CLIENT_ID", "portal-staff");
        all.put("KEYCLOAK_STAFF_CLIENT_SECRET", "of-the-environment");
        all.put("ESIGNET_KEY_FILE", key.toString());
        return all;
    }
}
