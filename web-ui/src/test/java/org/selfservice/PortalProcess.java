package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** The portal's jar in a process of its own, started as people start it. What it says is kept in a file. */
final class PortalProcess implements AutoCloseable {
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(4);
    private static final int SECONDS_TO_END = 30;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;

    private PortalProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static PortalProcess start(Path home, Path log, int port, String... options) {
        return start(home, log, port, Map.of(), List.of(options));
    }

    static PortalProcess start(Path home, Path log, int port, Map<String, String> environment, List<String> options) {
        List<String> all = new ArrayList<>(List.of("--port=" + port));
        all.addAll(options);
        return new PortalProcess(launch(home, log, environment, all), port, log);
    }

    /** What one reads who starts it where it cannot start, or where it stops by itself. */
    record Ended(int code, String out) {}

    static Ended ended(Path home, Path log, String... options) throws InterruptedException {
        PortalProcess process = new PortalProcess(launch(home, log, Map.of(), List.of(options)), 0, log);
        try {
            return new Ended(process.exitCode(), process.said());
        } finally {
            process.kill();
        }
    }

    private static Process launch(Path home, Path log, Map<String, String> environment, List<String> options) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                Path.of("target", "portal.jar").toAbsolutePath().toString()));
        line.addAll(options);
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PORTAL_HOME", home.toString());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException cannot) {
            throw new AssertionError(cannot);
        }
    }

    int port() {
        return port;
    }

    URI address() {
        return at(port);
    }

    PortalProcess awaitReady() {
        return await(() -> status("/actuator/health/readiness") == 200);
    }

    /** @throws AssertionError when it ends before */
    PortalProcess await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(STARTS_WITHIN)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    assertThat(process.isAlive()).as(said()).isTrue();
                    return condition.getAsBoolean();
                });
        return this;
    }

    /** 0 while it does not answer. */
    int status(String path) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(address().resolve(path))
                                    .timeout(Duration.ofSeconds(30))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    String said() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException cannot) {
            throw new AssertionError(cannot);
        }
    }

    /** Waits until it ends by itself. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS))
                .as("ended")
                .isTrue();
        return process.exitValue();
    }

    /** As by {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            kill();
        }
    }

    static URI at(int port) {
        return URI.create("http://localhost:" + port);
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }
}
