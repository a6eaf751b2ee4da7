package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The portal's jar, started as people start it, and killed while it works. */
class KilledStory {
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(4);
    private static final int LANES = 4;
    private static final int ENOUGH = 100;

    @TempDir
    Path home;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port = freePort();
    private final int idpPort = freePort();
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
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
        Machine machine = machine();
        machine.openLoad();
        String programs = machine.read("/programs").body();
        List<Filer> people = Stream.of("1000200030", "2000300040", "4000500060", "5000600070")
                .map(id -> new Filer(at(port), at(idpPort), id).signIn())
                .toList();
        ConcurrentLinkedQueue<String> forms = new ConcurrentLinkedQueue<>();
        AtomicBoolean on = new AtomicBoolean(true);
        try (ExecutorService load = Executors.newFixedThreadPool(LANES + people.size())) {
            for (int thread = 0; thread < LANES; thread++) {
                int lane = thread;
                load.submit(() -> createForms(machine, lane, forms, on));
            }
            people.forEach(person -> load.submit(() -> file(person, on)));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> forms.size() >= ENOUGH && people.stream().allMatch(person -> person.sent.size() >= 2));
            portal.destroyForcibly().waitFor();
            on.set(false);
        }

        start();

        Machine again = machine();
        assertThat(forms)
                .allSatisfy(code ->
                        assertThat(again.read("/forms/" + code).body()).contains("\"sequence\":0", "Form of a load"));
        assertThat(again.read("/programs").body()).isEqualTo(programs);
        assertThat(people).allSatisfy(person -> assertThat(person.handedIn).isNotEmpty());
        people.forEach(person -> nothingIsMissing(person, again));
        rebuildsDifferInNothing();
    }

    private static void nothingIsMissing(Filer person, Machine machine) {
        Filer again = person.again();
        for (Map.Entry<String, String> one : person.saved.entrySet()) {
            String id = one.getKey();
            if (person.sent.contains(id)) {
                String file = machine.read("/cases/" + id).body();
                assertThat(file).contains(one.getValue());
                assertThat(file.contains("proof-")).isEqualTo(person.handedIn.contains(id));
            } else {
                // it may have been sent or withdrawn when the portal died before it could say so
                assertThat(again.draft(id)).containsAnyOf(one.getValue(), "withdrew", "sent");
            }
        }
    }

    /** What is shown was folded from the events at this start; it is folded once more and compared, document by document. */
    private void rebuildsDifferInNothing() {
        Operator operator = new Operator(port, new PrintStream(OutputStream.nullOutputStream()));
        for (String view : List.of("application", "dossier", "enrolment", "form", "form-version", "program")) {
            assertThat(operator.replay(new Options.Replay(view, false, false)))
                    .as(view)
                    .isEqualTo(Operator.SAME);
        }
    }

    private static void file(Filer person, AtomicBoolean on) {
        for (int number = 0; on.get() && number < 1_000; number++) {
            try {
                person.file(number);
            } catch (RuntimeException | AssertionError killed) {
                return;
            }
        }
    }

    private static URI at(int port) {
        return URI.create("http://localhost:" + port);
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

    private static void createForms(Machine machine, int lane, Queue<String> acknowledged, AtomicBoolean on) {
        for (int number = 0; on.get() && number < 100_000; number++) {
            String code = "load-" + lane + "-" + number;
            try {
                if (machine.attempt("POST", "/forms", "{'code':'" + code + "','title':{'en':'Form of a load'}}")
                                        .status()
                                / 100
                        == 2) {
                    acknowledged.add(code);
                }
            } catch (AssertionError killed) {
                return;
            }
        }
    }

    private Machine machine() {
        return new Machine(at(port), at(idpPort), "read programs:write");
    }

    private void start() throws IOException {
        portal = launch(port, idpPort);
        Thread.ofVirtual().start(() -> portal.inputReader().lines().forEach(said::add));
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
                "--idp-port=" + identitiesPort,
                "--management.endpoints.web.exposure.include=health,prometheus,views");
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
