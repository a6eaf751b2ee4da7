package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfservice.Visitor.Answer;

/**
 * The database goes while people work: by a kill, and by standing still for a minute. Pages say so at once and say what still
 * works, nothing that was acknowledged is lost, and all comes back by itself.
 */
class OutageStory {
    private static final String ZOE = "2000300040";
    private static final Duration AT_ONCE = Duration.ofSeconds(15);
    private static final Duration BACK = Duration.ofSeconds(40);

    private static OwnPortal portal;

    @BeforeAll
    static void begin() {
        portal = OwnPortal.demonstrated(List.of());
    }

    @AfterAll
    static void end() {
        portal.close();
    }

    @Test
    void a_server_that_was_killed_comes_back_and_everything_acknowledged_is_there() throws Exception {
        Saving saving = Saving.at(portal, ZOE);
        Thread load = Thread.startVirtualThread(saving);
        Awaitility.await().until(() -> saving.saved.size() > 5);

        signal("KILL");
        Awaitility.await().atMost(AT_ONCE).until(() -> readiness() == 503 || saving.refused > 0);
        Awaitility.await().atMost(BACK).until(() -> saving.refused == 0 || saving.savedSinceRefusal > 5);

        saving.stop.set(true);
        load.join();
        saving.isKept();
    }

    @Test
    void a_server_that_stands_still_for_a_minute_keeps_nobody_waiting() throws Exception {
        Saving saving = Saving.at(portal, ZOE);
        Thread load = Thread.startVirtualThread(saving);
        Awaitility.await().until(() -> saving.saved.size() > 5);
        long since = OwnPortal.logged();

        signal("STOP");
        long stopped = System.nanoTime();
        try {
            Visitor anybody = portal.visitor();
            Awaitility.await()
                    .atMost(AT_ONCE)
                    .until(() -> anybody.look("/").body().contains("can be signed in"));
            assertThat(anybody.get("/").body())
                    .contains("<h1", "Cash support for low incomes", "Everything that was saved is kept.");
            assertThat(anybody.get("/programs/medical-assistance").status()).isEqualTo(200);
            assertThat(anybody.get("/?lang=ar").body()).contains("dir=\"rtl\"", "كل ما حُفظ لا يزال محفوظًا.");

            while (System.nanoTime() - stopped < Duration.ofMinutes(1).toNanos()) {
                long begun = System.nanoTime();
                Answer mine = saving.person.get("/applications");
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
                assertThat(mine.status()).isEqualTo(503);
                assertThat(mine.header("Retry-After")).hasValue("10");
                assertThat(mine.body())
                        .contains(
                                "Sorry, the service is not available for the moment",
                                "Everything that you saved is kept")
                        .doesNotContain("Sign in");
                assertThat(readiness()).isEqualTo(503);
                Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            }
            assertThat(portal.part("db")).isEqualTo("DOWN");
            assertThat(portal.part("views")).isEqualTo("UP");
            Answer sent = saving.person.postBare(saving.draft + "/pages/patient", Map.of("exit", "continue"));
            assertThat(sent.status()).isEqualTo(503);
            assertThat(sent.body()).contains("Reload this page in a minute to send it again");
        } finally {
            signal("CONT");
        }

        Awaitility.await().atMost(BACK).until(() -> saving.savedSinceRefusal > 5);
        saving.stop.set(true);
        load.join();
        Awaitility.await().atMost(BACK).until(() -> readiness() == 200);
        assertThat(saving.person.get("/applications").body()).contains(saving.draft);
        saving.isKept();
        String logged = OwnPortal.logged(since);
        assertThat(logged)
                .contains("The database does not answer", "The database answers again")
                .doesNotContain(ZOE);
        assertThat(logged.lines().count())
                .as("lines of a minute in which everything fails")
                .isLessThan(5_000);
    }

    private static int readiness() {
        return portal.visitor()
                .with("Accept", "application/json")
                .look("/actuator/health/readiness")
                .status();
    }

    private static void signal(String name) throws IOException, InterruptedException {
        Path pidFile = portal.home().resolve("postgres/postmaster.pid");
        long server = Long.parseLong(Files.readAllLines(pidFile).getFirst());
        List<Long> all = new ArrayList<>(List.of(server));
        ProcessHandle.of(server)
                .orElseThrow()
                .descendants()
                .map(ProcessHandle::pid)
                .forEach(all::add);
        for (long process : all) {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process)
                    .start()
                    .waitFor();
        }
    }
}
