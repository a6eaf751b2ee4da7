package org.selfservice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.Hands.control;
import static org.selfservice.Hands.fill;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.Visitor.Answer;
import org.selfservice.web.document.SampleFiles;

/**
 * The portal's jar with one role in each process, joined by a real Axon Server, over one PostgreSQL and one MongoDB by its
 * address: first one process of each role, then two, of which one is killed. It runs where an Axon Server in development mode
 * is named, and empties it: {@code AXON_SERVER=localhost:8124}, its endpoints at {@code AXON_SERVER_HTTP}.
 */
@EnabledIfEnvironmentVariable(named = "AXON_SERVER", matches = ".+", disabledReason = "no Axon Server was named")
@TestMethodOrder(OrderAnnotation.class)
class RolesStory extends PortalUnderTest {
    private static final String AMINA = "1000200030";
    private static final List<String> OTHERS = List.of("2000300040", "4000500060", "5000600070");
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(4);
    private static final Duration TAKES_OVER_WITHIN = Duration.ofSeconds(60);
    private static final int LANES = 4;

    @TempDir
    private static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<PortalProcess> parts = new ArrayList<>();
    private static final List<String> keys = List.of(key(), key());
    private static final int IDP_PORT = PortalProcess.freePort();
    private static final URI IDENTITIES = PortalProcess.at(IDP_PORT);

    private static EmbeddedPostgres postgres;
    private static MongoServer mongo;
    private static Wire axonServer;
    private static PortalProcess web;
    private static PortalProcess command;
    private static PortalProcess query;
    private static String application;

    @BeforeAll
    static void start() throws Exception {
        String endpoints = Objects.requireNonNullElse(System.getenv("AXON_SERVER_HTTP"), "http://localhost:8024");
        assertThat(HTTP.send(
                                HttpRequest.newBuilder(URI.create(endpoints + "/v1/devmode/purge-events"))
                                        .DELETE()
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .as("Axon Server runs with axoniq.axonserver.devmode.enabled=true")
                .isEqualTo(200);
        postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Path.of("target", "postgres").toFile())
                .setDataDirectory(folder.resolve("postgres"))
                .setServerConfig("fsync", "on")
                .setServerConfig("max_connections", "200")
                .start();
        String[] named = System.getenv("AXON_SERVER").split(":");
        axonServer = new Wire(new InetSocketAddress(named[0], Integer.parseInt(named[1])));
        mongo = new MongoServer(new MemoryBackend());
        mongo.bind();
        command = begin("command", 1);
        query = begin("query", 1);
        command.awaitReady();
        query.awaitReady();
        web = begin("web", 1, "--idp-port=" + IDP_PORT).awaitReady();
        Awaitility.await()
                .atMost(STARTS_WITHIN)
                .until(() -> new Visitor(web.address()).get("/").body().contains("/programs/fuel-voucher"));
    }

    @AfterAll
    static void stop() throws Exception {
        for (PortalProcess part : parts.reversed()) {
            part.close();
        }
        if (axonServer != null) {
            axonServer.close();
        }
        if (mongo != null) {
            mongo.shutdownNow();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    @Order(1)
    void a_person_goes_the_whole_way_through_three_processes_and_sees_the_decision_come() {
        Machine office = office(web);
        office.openLoad();
        Page page =
                browser(new Browser.NewContextOptions().setBaseURL(web.address().toString()));
        page.navigate("/programs/load");
        page.locator("#apply a[href^='/sign-in']").click();
        page.locator("a[href^='/oauth2/authorization/national']").click();
        page.locator("#field").fill(AMINA);
        page.locator("form[action='/login'] button[type=submit]").click();
        page.waitForURL("**/code**");
        page.locator("#field").fill(code(AMINA));
        page.locator("form[action='/code'] button[type=submit]").click();
        page.locator("button[value=allow]").click();
        page.waitForURL(web.address() + "/**");
        page.locator("form[action$='/applications'] button").click();
        page.waitForURL("**/tasks");
        page.locator(".govuk-task-list a[href$='/about']").click();
        fill(page, "q-words", "Seeds for the spring");
        page.locator("button[value='documents:proof']").click();
        page.locator("#files").setInputFiles(new FilePayload("proof.png", "image/png", SampleFiles.png()));
        assertThat(page.locator("[data-files] li")).containsText("proof.png");
        page.locator("[data-next] a").click();
        page.waitForURL("**/tasks");
        page.locator("main a[href$='/check']").click();
        control(page, "declaration").check();
        page.locator("form[action$='/check'] button.govuk-button").click();
        page.waitForURL("**/sent");
        application = page.url().replaceFirst(".*/applications/([^/]+)/.*", "$1");

        page.navigate("/applications/" + application);
        screenshot(page, "roles-1-sent");
        office.call("POST", "/cases/" + application + "/approval", "{'note':'Seen.'}");
        assertThat(page.locator("section[aria-labelledby=status]")).containsText("Approved");
        String registrant =
                office.read("/cases/" + application).json().path("registrant").asString();
        office.call(
                "POST",
                "/enrolments",
                "{'registrant':'" + registrant + "','program':'load','application':'" + application + "'}");
        assertThat(page.locator("#enrolled")).isVisible();
        screenshot(page, "roles-2-enrolled");
        page.navigate("/me");
        assertThat(page.locator("main")).containsText("Amina");
    }

    @Test
    @Order(2)
    void of_two_of_each_one_is_killed_and_nothing_that_was_acknowledged_is_lost() throws Exception {
        PortalProcess otherCommand = begin("command", 2);
        PortalProcess otherQuery = begin("query", 2);
        PortalProcess otherWeb = begin(
                "web",
                2,
                "--no-demo",
                "--spring.profiles.include=demo",
                "--portal.demo=true",
                "--portal.demo-issuer=" + IDENTITIES);
        otherCommand.awaitReady();
        otherQuery.awaitReady();
        otherWeb.awaitReady();

        Queue<String> forms = new ConcurrentLinkedQueue<>();
        Queue<String> strange = new ConcurrentLinkedQueue<>();
        AtomicBoolean on = new AtomicBoolean(true);
        List<Filer> people = OTHERS.stream()
                .map(id -> new Filer(web.address(), IDENTITIES, id).signIn())
                .toList();
        Machine one = office(web);
        Machine other = office(otherWeb);
        Filer amina = new Filer(web.address(), IDENTITIES, AMINA).signIn();
        String id = amina.send(5_000);
        Page open = desktop();
        // the session began at another web process: both keep it in one place
        amina.open(open, otherWeb.address(), "/applications/" + id);
        assertThat(open.locator("section[aria-labelledby=status]")).containsText("Sent");
        try (ExecutorService load = Executors.newFixedThreadPool(LANES + people.size())) {
            for (int thread = 0; thread < LANES; thread++) {
                int lane = thread;
                load.submit(() -> createForms(lane % 2 == 0 ? one : other, lane, forms, strange, on));
            }
            people.forEach(person -> load.submit(() -> file(person, on)));
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> forms.size() >= 100 && allSent(people, 2));

            command.kill();
            goesOn(forms, people);
            query.kill();
            goesOn(forms, people);
            on.set(false);
        }

        assertThat(strange).as("answers other than created and 503").isEmpty();
        for (String form : forms) {
            assertThat(one.read("/forms/" + form).body()).contains("\"sequence\":0", "Form of a load");
        }
        for (Filer person : people) {
            for (String sent : person.sent) {
                assertThat(other.read("/cases/" + sent).body()).contains(person.saved.get(sent));
            }
        }
        other.call("POST", "/cases/" + id + "/approval", "{'note':'Seen.'}");
        assertThat(open.locator("section[aria-labelledby=status]")).containsText("Approved");
        screenshot(open, "roles-3-after-two-kills");
    }

    @Test
    @Order(3)
    void an_axon_server_that_stands_still_for_a_minute_keeps_nobody_waiting() throws Exception {
        PortalProcess web = parts.getLast();
        Machine office = office(web);
        Filer person = new Filer(RolesStory.web.address(), IDENTITIES, AMINA).signIn();
        Queue<String> forms = new ConcurrentLinkedQueue<>();
        Queue<String> strange = new ConcurrentLinkedQueue<>();
        AtomicBoolean on = new AtomicBoolean(true);
        try (ExecutorService load = Executors.newFixedThreadPool(2)) {
            load.submit(() -> createForms(office, 7, forms, strange, on));
            load.submit(() -> createForms(office, 8, forms, strange, on));
            Awaitility.await().until(() -> forms.size() > 20);

            axonServer.hold();
            long held = System.nanoTime();
            Visitor anybody = new Visitor(web.address());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> anybody.look("/").status() == 503);
            while (System.nanoTime() - held < Duration.ofMinutes(1).toNanos()) {
                long begun = System.nanoTime();
                Answer page = anybody.get("/programs/load");
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
                assertThat(page.status()).isEqualTo(503);
                assertThat(page.body()).contains("Everything that you saved is kept");
                assertThat(anybody.get("/help").body()).contains("programs and applications cannot be shown");
                Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            }
            assertThat(health(web)).contains("\"axonServer\":{\"status\":\"DOWN\"}");
            axonServer.mend();
            int made = forms.size();
            Awaitility.await().atMost(TAKES_OVER_WITHIN).until(() -> forms.size() > made + 20);
            on.set(false);
        }
        assertThat(strange).as("answers other than created and 503").isEmpty();
        Awaitility.await().atMost(TAKES_OVER_WITHIN).untilAsserted(() -> {
            for (String form : forms) {
                assertThat(office.read("/forms/" + form).status()).isEqualTo(200);
            }
        });
        // each view comes back by itself, that of forms perhaps before that of applications
        Awaitility.await().atMost(TAKES_OVER_WITHIN).untilAsserted(() -> {
            person.withdrawAll();
            assertThat(office.read("/cases/" + person.send(6_000)).status()).isEqualTo(200);
        });
        assertThat(web.status("/actuator/health/readiness")).isEqualTo(200);
    }

    private static String health(PortalProcess part) {
        return new Visitor(part.address())
                .with("Accept", "application/json")
                .look("/actuator/health/details")
                .body();
    }

    private static void goesOn(Queue<String> forms, List<Filer> people) {
        int made = forms.size();
        int sent = people.stream().mapToInt(person -> person.sent.size()).sum();
        Awaitility.await()
                .atMost(TAKES_OVER_WITHIN)
                .until(() -> forms.size() > made + 50
                        && people.stream()
                                        .mapToInt(person -> person.sent.size())
                                        .sum()
                                > sent + 5);
    }

    private static boolean allSent(List<Filer> people, int applications) {
        return people.stream().allMatch(person -> person.sent.size() >= applications);
    }

    private static void createForms(
            Machine machine, int lane, Queue<String> acknowledged, Queue<String> strange, AtomicBoolean on) {
        for (int number = 0; on.get() && number < 100_000; number++) {
            String code = "roles-" + lane + "-" + number;
            Answer answer =
                    machine.attempt("POST", "/forms", "{'code':'" + code + "','title':{'en':'Form of a load'}}");
            if (answer.status() == 201) {
                acknowledged.add(code);
            } else if (answer.status() != 503 || answer.header("Retry-After").isEmpty()) {
                strange.add(answer.status() + " " + answer.body());
            }
        }
    }

    /** Goes on with the next application when one could not be finished, as its process was killed. */
    private static void file(Filer person, AtomicBoolean on) {
        for (int number = 0; on.get() && number < 1_000; number++) {
            try {
                person.file(number);
            } catch (RuntimeException | AssertionError killed) {
                withdrawAll(person);
            }
        }
    }

    private static void withdrawAll(Filer person) {
        try {
            person.withdrawAll();
        } catch (RuntimeException | AssertionError notYet) {
            // the next time
        }
    }

    private static Machine office(PortalProcess at) {
        return new Machine(at.address(), IDENTITIES, "read programs:write cases:write enrolments:write");
    }

    private static String code(String nationalId) {
        Matcher message = Pattern.compile(
                        "data-id=\"" + nationalId + "\".*?class=['\"]code['\"]>(\\d+)<", Pattern.DOTALL)
                .matcher(new Visitor(IDENTITIES).get("/phone").body());
        assertThat(message.find()).isTrue();
        return message.group(1);
    }

    private static PortalProcess begin(String role, int number, String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "--portal.roles=" + role,
                "--portal.store.axon-server=localhost:" + axonServer.port(),
                "--portal.store.url=jdbc:postgresql://localhost:" + postgres.getPort() + "/",
                "--portal.store.user=postgres",
                "--portal.store.password=postgres",
                "--portal.mongo.uri=mongodb://localhost:"
                        + mongo.getLocalAddress().getPort() + "/portal"));
        options.addAll(List.of(more));
        PortalProcess part = PortalProcess.start(
                Files.createDirectory(folder.resolve(role + number)),
                Path.of("target", "roles-" + role + number + ".log"),
                PortalProcess.freePort(),
                Map.of("PORTAL_MASTER_KEY", keys.getFirst(), "PORTAL_PSEUDONYM_KEY", keys.getLast()),
                options);
        parts.add(part);
        return part;
    }

    private static String key() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
