package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The portal's jar, started as people start it, and killed while it works. */
class KilledStory {
    private static final int LANES = 4;
    private static final int ENOUGH = 100;

    @TempDir
    Path home;

    private final int port = PortalProcess.freePort();
    private final int idpPort = PortalProcess.freePort();
    private PortalProcess portal;

    @AfterEach
    void stop() throws InterruptedException {
        portal.close();
    }

    @Test
    void whatever_was_answered_with_success_is_there_after_a_kill_and_the_views_are_the_same() throws Exception {
        start();
        Machine machine = machine();
        machine.openLoad();
        String programs = machine.read("/programs").body();
        List<Filer> people = Stream.of("1000200030", "2000300040", "4000500060", "5000600070")
                .map(id -> new Filer(PortalProcess.at(port), PortalProcess.at(idpPort), id).signIn())
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
            portal.kill();
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

    @Test
    void a_second_portal_on_the_same_folder_says_so_in_one_line() throws Exception {
        start();

        PortalProcess second = launch(PortalProcess.freePort(), PortalProcess.freePort());

        assertThat(second.exitCode()).isNotZero();
        String said = second.said();
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
        return new Machine(PortalProcess.at(port), PortalProcess.at(idpPort), "read programs:write");
    }

    private void start() {
        portal = launch(port, idpPort);
        portal.await(() -> portal.status("/programs/cash-transfer") == 200);
    }

    private PortalProcess launch(int port, int idpPort) {
        return PortalProcess.start(
                home,
                home.resolve("said-" + port + ".txt"),
                port,
                "--idp-port=" + idpPort,
                "--management.endpoints.web.exposure.include=health,prometheus,views");
    }
}
