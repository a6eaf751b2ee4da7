package org.selfservice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfservice.benchmarks.Browser.Page;
import org.selfservice.benchmarks.Crowd.Person;
import org.selfservice.benchmarks.Registrant.Timed;
import org.selfservice.benchmarks.Report.Goal;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long every list of staff takes to its first page where there are very many applications, on the embedded stand-in for
 * MongoDB, and how rows leave for analysts.
 */
final class Lists {
    /** So many documents in memory need more than a portal is given otherwise. */
    private static final String HEAP = "PORTAL_JAVA_OPTIONS=-Xmx8g";

    private static final int ENROLLED_OF = 5;

    private final Size size;
    private final RunningPortal portal;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Report report = new Report();

    private Lists(Size size, RunningPortal portal) {
        this.size = size;
        this.portal = portal;
    }

    static Report measure(Size size, Path home) throws Exception {
        fill(size, home);
        try (RunningPortal portal =
                RunningPortal.start(home, Path.of("").toAbsolutePath(), List.of("env", HEAP, "./portal", "run"))) {
            portal.awaitIdentities();
            Lists lists = new Lists(size, portal);
            lists.report.one(
                    "Start with %,d applications to the first page".formatted(size.large()),
                    "s",
                    portal.untilFirstPage.toMillis() / 1e3,
                    null);
            lists.report.one(
                    "Heap after it and a full collection", "MB", portal.heap().live(), null);
            lists.pages();
            lists.export();
            return lists.report;
        }
    }

    private static void fill(Size size, Path home) throws Exception {
        try (Sides sides = new Sides(home, "command")) {
            Crowd crowd = new Crowd(sides);
            List<Person> people = crowd.register(size.large());
            Rate.perSecond(people, person -> crowd.send(person, Crowd.PROGRAM));
            Rate.perSecond(
                    people.subList(0, people.size() / ENROLLED_OF), person -> crowd.enrol(person, Crowd.PROGRAM));
            sides.awaitProcesses();
        }
    }

    private void pages() throws IOException, InterruptedException {
        Registrant staff = new Registrant(portal);
        Page login = staff.open("/oauth2/authorization/staff");
        staff.browser.submit(login, "/staff", Map.of("username", "everything", "password", "demo-everything"));
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("cases, all that wait", "/staff/cases");
        pages.put("cases, nobody’s, promised first", "/staff/cases?who=NOBODY&order=PROMISED");
        pages.put("cases of one program, newest first", "/staff/cases?program=" + Crowd.PROGRAM + "&order=NEWEST");
        pages.put("cases that may be duplicates", "/staff/cases?suspected=yes");
        pages.put("cases, mine", "/staff/cases?who=ME");
        pages.put("possible duplicates", "/staff/duplicates");
        pages.put("registrations by their IDs", "/staff/duplicates/ids");
        pages.put("enrolments", "/staff/enrolments");
        pages.put("enrolments of one program", "/staff/enrolments?program=" + Crowd.PROGRAM + "&state=ENROLLED");
        pages.put("programs", "/staff/programs");
        pages.put("forms", "/staff/forms");
        pages.put("history", "/staff/history");
        pages.put("history of one program", "/staff/history?program=" + Crowd.PROGRAM);
        pages.put("looks", "/staff/looks");
        pages.put("messages", "/staff/notifications");
        for (String page : pages.values()) {
            times(staff, page, 40);
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            report.times(
                    "First page at %,d applications: %s".formatted(size.large(), page.getKey()),
                    times(staff, page.getValue(), 100),
                    Goal.under(150));
        }
        report.times(
                "Dashboard at %,d applications".formatted(size.large()), times(staff, "/staff/dashboard", 10), null);
    }

    private static double[] times(Registrant staff, String path, int times) throws IOException, InterruptedException {
        double[] took = new double[times];
        for (int i = 0; i < times; i++) {
            Timed page = Registrant.timed(() -> staff.open(path));
            page.page().expect(URI.create(path).getPath());
            took[i] = page.milliseconds();
        }
        return took;
    }

    /** Half way through, a full collection shows what the portal holds of the rows. */
    private void export() throws Exception {
        double[] first = new double[size.rounds()];
        double[] perSecond = new double[size.rounds()];
        double[] held = new double[size.rounds()];
        for (int round = 0; round < size.rounds(); round++) {
            double before = portal.heap().live();
            long begun = System.nanoTime();
            HttpResponse<InputStream> answer = http.send(
                    HttpRequest.newBuilder(portal.address.resolve("/api/v1/analytics/applications.csv"))
                            .header("Authorization", "Bearer " + token())
                            .build(),
                    BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the export answered " + answer.statusCode());
            }
            long rows = 0;
            long paused = 0;
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                lines.readLine();
                first[round] = (System.nanoTime() - begun) / 1e6;
                while (lines.readLine() != null) {
                    rows++;
                    if (rows == size.large() / 2) {
                        long pause = System.nanoTime();
                        held[round] = portal.heap().live() - before;
                        paused = System.nanoTime() - pause;
                    }
                }
            }
            if (rows < size.large()) {
                throw new IllegalStateException("the export has " + rows + " rows");
            }
            perSecond[round] = rows / ((System.nanoTime() - begun - paused) / 1e9);
        }
        String what = "Export of %,d rows as CSV".formatted(size.large());
        report.median(what + ", first byte", "ms", first, Goal.under(1_000))
                .median(what, "rows/s", perSecond, null)
                .median(what + ": heap that it holds half way", "MB", held, Goal.under(16));
    }

    private String token() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(portal.identities.resolve("/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString("portal-api:portal-api-secret"
                                                        .getBytes(StandardCharsets.UTF_8)))
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=analytics"))
                        .build(),
                BodyHandlers.ofString());
        return JsonMapper.shared().readTree(answer.body()).get("access_token").asString();
    }
}
