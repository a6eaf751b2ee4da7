package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What the composition for Docker names is there, and is named alike everywhere. */
@SuppressWarnings("unchecked")
class CompositionTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> ROLES = List.of("web", "command", "query");
    private static final Pattern IMAGE = Pattern.compile("[a-z0-9./-]+:[a-z0-9.-]*[0-9][a-z0-9.-]*");

    private final Map<String, Object> composition = yaml("docker-compose.yml");
    private final Map<String, Map<String, Object>> services =
            (Map<String, Map<String, Object>>) composition.get("services");

    @Test
    void each_role_is_a_service_that_waits_for_what_it_needs() {
        assertThat(services.keySet())
                .containsAll(ROLES)
                .contains("axonserver", "postgres", "mongo", "keycloak", "prometheus", "grafana");
        for (String role : ROLES) {
            Map<String, Object> service = services.get(role);
            assertThat((Map<String, Object>) service.get("environment")).containsEntry("PORTAL_ROLES", role);
            Map<String, Object> needed = (Map<String, Object>) service.get("depends_on");
            assertThat(services.keySet()).containsAll(needed.keySet());
            assertThat(needed.keySet())
                    .allSatisfy(name -> assertThat(services.get(name)).containsKey("healthcheck"));
        }
    }

    @Test
    void every_image_has_a_version_and_every_file_and_volume_is_there() {
        Set<String> volumes = ((Map<String, Object>) composition.get("volumes")).keySet();
        services.forEach((name, service) -> {
            if (!ROLES.contains(name)) {
                assertThat(service.get("image").toString()).matches(IMAGE);
            }
            for (String volume : (List<String>) service.getOrDefault("volumes", List.of())) {
                String source = volume.substring(0, volume.indexOf(':'));
                if (source.startsWith(".")) {
                    assertThat(ROOT.resolve(source)).isRegularFile();
                } else {
                    assertThat(volumes).contains(source);
                }
            }
        });
    }

    @Test
    void nothing_is_reachable_from_elsewhere_and_no_secret_is_written_down() throws IOException {
        services.values().stream()
                .flatMap(service -> ((List<String>) service.getOrDefault("ports", List.of())).stream())
                .forEach(port -> assertThat(port).startsWith("127.0.0.1:"));
        Map<String, Object> settings = (Map<String, Object>) composition.get("x-settings");
        assertThat(List.of("PORTAL_MASTER_KEY", "PORTAL_PSEUDONYM_KEY", "PORTAL_STORE_PASSWORD"))
                .allSatisfy(name -> assertThat(settings.get(name).toString()).matches("\\$\\{[A-Z_]+:-}"));
        assertThat(Files.readString(ROOT.resolve(".gitignore")).lines()).contains(".env");
    }

    @Test
    void metrics_are_asked_of_every_role() {
        Map<String, Object> prometheus = yaml("deploy/prometheus.yml");
        Map<String, Object> job = ((List<Map<String, Object>>) prometheus.get("scrape_configs")).getFirst();
        Map<String, Object> names = ((List<Map<String, Object>>) job.get("dns_sd_configs")).getFirst();
        assertThat((List<String>) names.get("names")).isEqualTo(ROLES);
    }

    @Test
    void the_image_starts_the_portal_as_the_script_does_and_not_as_root() throws IOException {
        String image = Files.readString(ROOT.resolve("Dockerfile"));
        String options = Files.readAllLines(ROOT.resolve("portal")).stream()
                .filter(line -> line.startsWith("java_options="))
                .findFirst()
                .orElseThrow();
        assertThat(Stream.of(options.replaceAll(".*=\"(?=-)|\"$", "").split(" "))
                        .filter(option -> !option.startsWith("-Xmx")))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(image).contains("\"" + option + "\""));
        assertThat(image).containsPattern("(?m)^USER [1-9][0-9]+$").contains("HEALTHCHECK");
    }

    /** Where Docker's own tool is, it has the last word. */
    @Test
    void docker_reads_it() throws IOException, InterruptedException {
        Assumptions.assumeTrue(ends("version") == 0, "docker compose is not installed");
        assertThat(ends("config", "--quiet")).isZero();
    }

    private static int ends(String... arguments) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(Stream.concat(Stream.of("docker", "compose"), Stream.of(arguments))
                            .toList())
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException notInstalled) {
            return -1;
        }
    }

    private static Map<String, Object> yaml(String file) {
        try {
            return new Yaml().load(Files.readString(ROOT.resolve(file)));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}
