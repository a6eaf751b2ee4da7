package org.selfservice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfservice.benchmarks.Browser.Page;
import org.selfservice.benchmarks.Registrant.Timed;
import org.selfservice.benchmarks.Report.Goal;

/** How long the queue of staff takes to its first page, filtered and not, on the embedded stand-in for MongoDB. */
final class Queue {
    /** So many documents in memory need more than a portal is given otherwise. */
    private static final String HEAP = "PORTAL_JAVA_OPTIONS=-Xmx3g";

    private Queue() {}

    static Report measure(Size size, Path home) throws Exception {
        Restart.fill(home, size.waiting() * Crowd.EVENTS_EACH);
        Report report = new Report();
        try (RunningPortal portal =
                RunningPortal.start(home, Path.of("").toAbsolutePath(), List.of("env", HEAP, "./portal", "run"))) {
            portal.awaitIdentities();
            Registrant reviewer = new Registrant(portal);
            Page login = reviewer.open("/oauth2/authorization/staff");
            reviewer.browser.submit(login, "/staff", Map.of("username", "reviewer", "password", "demo-reviewer"));
            Map<String, String> pages = new LinkedHashMap<>();
            pages.put("all that wait", "/staff/cases");
            pages.put("nobody’s, promised first", "/staff/cases?who=NOBODY&order=PROMISED");
            pages.put("one program, newest first", "/staff/cases?program=" + Crowd.PROGRAM + "&order=NEWEST");
            pages.put("possible duplicates", "/staff/cases?suspected=yes");
            pages.put("mine", "/staff/cases?who=ME");
            for (String page : pages.values()) {
                times(reviewer, page, size.catalogues() / 4);
            }
            for (Map.Entry<String, String> page : pages.entrySet()) {
                report.times(
                        "First page of %,d cases: %s".formatted(size.waiting(), page.getKey()),
                        times(reviewer, page.getValue(), size.catalogues()),
                        Goal.under(150));
            }
        }
        return report;
    }

    private static double[] times(Registrant reviewer, String path, int times)
            throws IOException, InterruptedException {
        double[] took = new double[times];
        for (int i = 0; i < times; i++) {
            Timed page = Registrant.timed(() -> reviewer.open(path));
            page.page().expect("/staff/cases");
            took[i] = page.milliseconds();
        }
        return took;
    }
}
