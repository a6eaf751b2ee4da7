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
import java.util.Base64;
import java.util.LinkedHashMap;
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
import tools.jackson.databind.json.JsonMapper;

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
        String token = token();
        openProgram(token);
        Map<String, String> programs = answers(token, List.of("/api/v1/programs"));
        List<Filer> people = Stream.of("1000200030", "2000300040", "4000500060", "5000600070")
                .map(id -> new Filer(at(port), at(idpPort), id).signIn())
                .toList();
        ConcurrentLinkedQueue<String> forms = new ConcurrentLinkedQueue<>();
        AtomicBoolean on = new AtomicBoolean(true);
        try (ExecutorService load = Executors.newFixedThreadPool(LANES + people.size())) {
            for (int thread = 0; thread < LANES; thread++) {
                int lane = thread;
                load.submit(() -> createForms(token, lane, forms, on));
            }
            people.forEach(person -> load.submit(() -> file(person, on)));
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> forms.size() >= ENOUGH && people.stream().allMatch(person -> person.sent.size() >= 2));
            portal.destroyForcibly().waitFor();
            on.set(false);
        }

        start();

        String again = token();
        assertThat(answers(
                                again,
                                forms.stream()
                                        .map(code -> "/api/v1/forms/" + code)
                                        .toList())
                        .values())
                .allSatisfy(answer -> assertThat(answer).contains("\"sequence\":0", "Form of a load"));
        assertThat(answers(again, List.of("/api/v1/programs"))).isEqualTo(programs);
        assertThat(people).allSatisfy(person -> assertThat(person.handedIn).isNotEmpty());
        for (Filer person : people) {
            nothingIsMissing(person, again);
        }
        rebuildsDifferInNothing();
    }

    private void nothingIsMissing(Filer person, String token) throws Exception {
        Filer again = person.again();
        for (Map.Entry<String, String> one : person.saved.entrySet()) {
            String id = one.getKey();
            if (person.sent.contains(id)) {
                String file = answers(token, List.of("/api/v1/cases/" + id)).get("/api/v1/cases/" + id);
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

    private void openProgram(String token) throws Exception {
        post(token, "/api/v1/forms", "{'code':'load','title':{'en':'Load'}}");
        call(token, "PUT", "/api/v1/forms/load/draft", """
                {'pages':[{'id':'about','title':{'en':'About'},'fields':[
                  {'id':'words','type':'TEXT','label':{'en':'Words'}},
                  {'id':'proof','type':'FILE','label':{'en':'Proof'},'required':false}]}]}""");
        post(token, "/api/v1/forms/load/versions", "");
        post(token, "/api/v1/programs", """
                {'code':'load','profile':{'referencePrefix':'LOAD','name':{'en':'Load'},'audience':{'en':'All'},
                  'benefit':{'en':'Help'},'description':{'en':'Help'},'afterwards':{'en':'Wait'},'dataUse':{'en':'We'},
                  'target':'INDIVIDUAL','currency':'KES','minutesToComplete':1,'decideWithinDays':5,'draftLifetimeDays':30,
                  'zone':'UTC'}}""");
        call(token, "PUT", "/api/v1/programs/load/form", "{'form':'load','version':1}");
        call(token, "PUT", "/api/v1/programs/load/policy", "{'kind':'ONE_OPEN'}");
        post(token, "/api/v1/programs/load/opening", "");
        Awaitility.await()
                .until(() -> answers(token, List.of("/api/v1/programs/load"))
                        .toString()
                        .contains("\"OPEN\""));
    }

    private void post(String token, String path, String json) throws Exception {
        call(token, "POST", path, json);
    }

    /** @param json with single quotes */
    private void call(String token, String method, String path, String json) throws Exception {
        HttpResponse<String> answer = http.send(
                request(path, token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode() / 100).as(path + " " + answer.body()).isEqualTo(2);
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
