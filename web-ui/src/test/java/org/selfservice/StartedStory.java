package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.idp.DemoIdentityProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The portal's jar, started as people start it: what it says and what it shows. */
class StartedStory {
    @TempDir
    Path home;

    private final int port = freePort();
    private final int idpPort = freePort();
    private Process portal;

    @AfterEach
    void stop() throws InterruptedException {
        portal.destroy();
        if (!portal.waitFor(30, TimeUnit.SECONDS)) {
            portal.destroyForcibly().waitFor();
        }
    }

    @Test
    void it_prints_where_it_is_and_who_can_sign_in() throws IOException {
        start();
        await(() -> said().contains("Stop with Ctrl+C"));

        String said = said();
        assertThat(said)
                .contains("The portal is at http://localhost:" + port + "\n")
                .contains("http://localhost:" + idpPort + "/phone")
                .contains("http://localhost:" + port + "/staff/sign-in")
                .contains("Everything is kept in " + home.toAbsolutePath().normalize());
        assertThat(DemoIdentityProvider.people())
                .isNotEmpty()
                .allSatisfy(person -> assertThat(said.lines())
                        .anyMatch(line -> line.contains(person.individualId()) && line.contains(person.name())));
        assertThat(DemoIdentityProvider.staff())
                .isNotEmpty()
                .allSatisfy(staff -> assertThat(said.lines())
                        .anyMatch(line -> line.contains(staff.username()) && line.contains(staff.password())));
    }

    @Test
    void without_the_demonstration_nobody_invented_is_there_and_the_log_is_JSON_when_asked_for() throws IOException {
        start("--no-demo", "--spring.profiles.include=json-logs");
        await(() -> status("/actuator/health/readiness") == 200);
        Visitor visitor = new Visitor(URI.create("http://localhost:" + port));

        assertThatThrownBy(() -> new Socket("localhost", idpPort).close()).isInstanceOf(ConnectException.class);
        assertThat(visitor.get("/").status()).isEqualTo(200);
        assertThat(visitor.get("/programs/cash-transfer").status()).isEqualTo(404);
        for (String page : List.of("/sign-in", "/staff/sign-in")) {
            Visitor.Answer signIn = visitor.get(page);
            assertThat(signIn.status()).isEqualTo(200);
            assertThat(signIn.body())
                    .contains("No way to sign in is set up yet")
                    .doesNotContain("/oauth2/authorization/", "Sign in with an ID", "??");
        }
        visitor.get("/applications");
        visitor.get("/nothing-here");

        List<String> lines = said().lines().toList();
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            JsonNode json = JsonMapper.shared().readTree(line);
            assertThat(json.get("@timestamp").asString()).isNotEmpty();
            assertThat(json.get("message").asString()).isNotEmpty();
            assertThat(json.at("/log/level").asString()).isNotEmpty();
        });
        assertThat(String.join("", lines)).doesNotContain("demo", "Demo");
    }

    private void start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                Path.of("target", "portal.jar").toAbsolutePath().toString(),
                "--port=" + port,
                "--idp-port=" + idpPort));
        command.addAll(List.of(options));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said.txt").toFile());
        process.environment().put("PORTAL_HOME", home.toString());
        portal = process.start();
    }

    private void await(BooleanSupplier ready) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    assertThat(portal.isAlive()).as(said()).isTrue();
                    return ready.getAsBoolean();
                });
    }

    private int status(String path) {
        try {
            return new Visitor(URI.create("http://localhost:" + port))
                    .with("Accept", "application/json")
                    .look(path)
                    .status();
        } catch (AssertionError notYet) {
            return 0;
        }
    }

    private String said() {
        try {
            return Files.readString(home.resolve("said.txt"), StandardCharsets.UTF_8);
        } catch (IOException cannot) {
            throw new AssertionError(cannot);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }
}
