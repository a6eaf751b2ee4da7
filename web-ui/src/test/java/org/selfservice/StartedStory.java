package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private final int port = PortalProcess.freePort();
    private final int idpPort = PortalProcess.freePort();
    private PortalProcess portal;

    @AfterEach
    void stop() throws InterruptedException {
        portal.close();
    }

    @Test
    void it_prints_where_it_is_and_who_can_sign_in() throws IOException {
        start();
        portal.await(() -> portal.said().contains("Stop with Ctrl+C"));

        String said = portal.said();
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
        portal.awaitReady();
        Visitor visitor = new Visitor(portal.address());

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

        List<String> lines = portal.said().lines().toList();
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            JsonNode json = JsonMapper.shared().readTree(line);
            assertThat(json.get("@timestamp").asString()).isNotEmpty();
            assertThat(json.get("message").asString()).isNotEmpty();
            assertThat(json.at("/log/level").asString()).isNotEmpty();
        });
        assertThat(String.join("", lines)).doesNotContain("demo", "Demo");
    }

    private void start(String... options) {
        List<String> all = new ArrayList<>(List.of("--idp-port=" + idpPort));
        all.addAll(List.of(options));
        portal = PortalProcess.start(home, home.resolve("said.txt"), port, Map.of(), all);
    }
}
