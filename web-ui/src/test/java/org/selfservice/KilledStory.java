package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The portal's jar, started as people start it, and killed while it works. */
class KilledStory {
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(4);
    private static final int AT_ONCE = 8;
    private static final int ENOUGH = 150;

    @TempDir
    Path home;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port = freePort();
    private final int idpPort = freePort();
    private Process portal;

    @AfterEach
    void stop() throws InterruptedException {
        if (portal != null) {
            portal.destroy();
            if (!portal.waitFor(30, TimeUnit.SECONDS)) {
                portal.destroyForcibly();
            }
        }
    }

    @Test
    void whatever_was_answered_with_success_is_there_after_a_kill_and_the_views_are_the_same() throws Exception {
        start();
        String token = token();
        Map<String, String> programs = answers(token, List.of("/api/v1/programs"));
        ConcurrentLinkedQueue<String> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicBoolean on = new AtomicBoolean(true);
        try (ExecutorService load = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int thread = 0; thread < AT_ONCE; thread++) {
                int lane = thread;
                load.submit(() -> createForms(token, lane, acknowledged, on));
            }
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged.size() >= ENOUGH);
            portal.destroyForcibly().waitFor();
            on.set(false);
        }
        List<String> codes = new ArrayList<>(acknowledged);
        assertThat(codes).hasSizeGreaterThanOrEqualTo(ENOUGH);

        start();

        String again = token();
        assertThat(answers(
                                again,
                                codes.stream()
                                        .map(code -> "/api/v1/forms/" + code)
                                        .toList())
                        .values())
                .allSatisfy(answer -> assertThat(answer).contains("\"sequence\":0", "Form of a load"));
        assertThat(answers(again, List.of("/api/v1/programs"))).isEqualTo(programs);
    }

    @Test
    void a_second_portal_on_the_same_folder_says_so_in_one_line() throws Exception {
        start();

        Process second = launch(freePort(), freePort());
        String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(second.waitFor()).isNotZero();
        assertThat(said.lines().filter(line -> !line.isBlank()).filter(line -> !line.contains(" INFO ")))
                .anySatisfy(line ->
                        assertThat(line).startsWith("The portal cannot start:").contains("in use"));
        assertThat(said).doesNotContain("\tat ");
    }

    private void createForms(String token, int lane, ConcurrentLinkedQueue<String> acknowledged, AtomicBoolean on) {
        for (int number = 0; on.get() && number < 100_000; number++) {
            String code = "load-" + lane + "-" + number;
            try {
                HttpResponse<String> answer = http.send(
                        request("/api/v1/forms", token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"code\": \"" + code + "\", \"title\": {\"en\": \"Form of a load\"}}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() / 100 == 2) {
                    acknowledged.add(code);
                }
            } catch (IOException killed) {
                return;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Status 200 and the body of each, by its path. */
    private Map<String, String> answers(String token, List<String> paths) throws Exception {
        Map<String, String> answers = new LinkedHashMap<>();
        for (String path : paths) {
            HttpResponse<String> answer =
                    http.send(request(path, token).GET().build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            answers.put(path, answer.body());
        }
        return answers;
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private String token() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + idpPort + "/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString("portal-api:portal-api-secret"
                                                        .getBytes(StandardCharsets.UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "grant_type=client_credentials&scope=read+programs%3Awrite"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JsonMapper.shared().readTree(answer.body()).get("access_token").asString();
    }

    private void start() throws IOException {
        portal = launch(port, idpPort);
        Thread.ofVirtual().start(() -> portal.inputReader().lines().forEach(line -> {}));
        Awaitility.await()
                .atMost(STARTS_WITHIN)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    assertThat(portal.isAlive()).isTrue();
                    try {
                        return http.send(
                                                HttpRequest.newBuilder(URI.create(
                                                                "http://localhost:" + port + "/programs/cash-transfer"))
                                                        .timeout(Duration.ofSeconds(10))
                                                        .build(),
                                                HttpResponse.BodyHandlers.discarding())
                                        .statusCode()
                                == 200;
                    } catch (IOException notYet) {
                        return false;
                    }
                });
    }

    private Process launch(int portalPort, int identitiesPort) throws IOException {
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                Path.of("target", "portal.jar").toAbsolutePath().toString(),
                "--port=" + portalPort,
                "--idp-port=" + identitiesPort);
        process.environment().put("PORTAL_HOME", home.toString());
        return process.redirectErrorStream(true).start();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }
}
