package org.selfservice.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.selfservice.benchmarks.Browser.Page;
import org.selfservice.benchmarks.Registrant.Timed;
import org.selfservice.benchmarks.Report.Goal;

/** How long pages take one person at a time, and what they weigh, with other people's applications in the store. */
final class Pages {
    private static final Pattern IMPORT =
            Pattern.compile("(?:\\bfrom|\\bimport|@import)\\s*(?:url\\()?[\"'](\\.{0,2}/[^\"']+)[\"']");

    private Pages() {}

    static Report measure(Size size, Path home) throws Exception {
        Restart.fill(home, size.stored());
        Report report = new Report();
        try (RunningPortal portal = RunningPortal.start(home)) {
            portal.awaitIdentities();
            List<Registrant> people = new ArrayList<>();
            for (String id : Registrant.IDS) {
                Registrant person = new Registrant(portal);
                person.signIn(id);
                people.add(person);
            }
            // The first ones are for warming up.
            journeys(people, Math.max(2, size.applications() / 4), new Report());
            catalogues(new Registrant(portal), size.catalogues() / 4, new Report());
            catalogues(new Registrant(portal), size.catalogues(), report);
            journeys(people, size.applications(), report);
            weights(portal, people.getFirst(), report);
            RunningPortal.Heap heap = portal.heap();
            report.one("Heap after all that and a full collection", "MB", heap.live(), Goal.under(512));
        }
        return report;
    }

    private static void catalogues(Registrant visitor, int times, Report report)
            throws IOException, InterruptedException {
        double[] took = new double[times];
        for (int i = 0; i < times; i++) {
            Timed catalogue = Registrant.timed(() -> visitor.open("/"));
            catalogue.page().expect("/");
            took[i] = catalogue.milliseconds();
        }
        report.times("Catalogue", took, Goal.under(20));
    }

    private static void journeys(List<Registrant> people, int applications, Report report)
            throws IOException, InterruptedException {
        List<Double> saves = new ArrayList<>();
        List<Double> sendings = new ArrayList<>();
        for (int i = 0; i < applications; i++) {
            Registrant person = people.get(i % people.size());
            String draft = person.apply();
            person.answer(draft).forEach(saved -> saves.add(saved.milliseconds()));
            sendings.add(person.send(draft).milliseconds());
            person.withdraw(draft);
        }
        report.times("Saving a page, with the page that follows", array(saves), Goal.under(60));
        report.times("Sending, with the confirmation", array(sendings), Goal.under(90));
    }

    private static void weights(RunningPortal portal, Registrant person, Report report)
            throws IOException, InterruptedException {
        Registrant stranger = new Registrant(portal);
        Page first = stranger.open("/").expect("/");
        long assets = 0;
        for (URI asset : assets(stranger, first)) {
            assets += stranger.browser.open(asset).wire();
        }
        report.one("First load: the catalogue and its assets", "kB", (first.wire() + assets) / 1e3, Goal.under(100));
        String draft = person.apply();
        person.answer(draft);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("catalogue", "/");
        pages.put("program", "/programs/" + Crowd.PROGRAM);
        pages.put("demonstration's program", "/programs/cash-transfer");
        pages.put("task list", draft + "/tasks");
        pages.put("question page", draft + "/pages/" + Crowd.pages().get(1));
        pages.put("check your answers", draft + "/check");
        weigh(person, pages, report);
        person.send(draft);
        weigh(person, Map.of("application", draft), report);
        weigh(person, Map.of("my information", "/me"), report);
        person.withdraw(draft);
    }

    private static void weigh(Registrant person, Map<String, String> pages, Report report)
            throws IOException, InterruptedException {
        for (Map.Entry<String, String> page : pages.entrySet()) {
            long wire = person.open(page.getValue()).expect(page.getValue()).wire();
            report.one("Later page: " + page.getKey(), "kB", wire / 1e3, Goal.under(30));
        }
    }

    /** What a browser loads with a page: styles, icons, pictures, scripts and the modules that these import. */
    private static Set<URI> assets(Registrant visitor, Page page) throws IOException, InterruptedException {
        Set<URI> assets = new HashSet<>();
        Stream.of("link", "script", "img")
                .flatMap(tag -> page.tags(tag).stream())
                .filter(tag -> !tag.containsKey("rel")
                        || tag.get("rel").matches("stylesheet|icon|apple-touch-icon|modulepreload|preload|manifest"))
                .map(tag -> tag.getOrDefault("src", tag.getOrDefault("href", "")))
                .filter(path -> !path.isEmpty() && !path.startsWith("data:"))
                .map(path -> page.at().resolve(path))
                .forEach(assets::add);
        List<URI> open = new ArrayList<>(assets);
        while (!open.isEmpty()) {
            URI asset = open.removeLast();
            if (asset.getPath().endsWith(".js") || asset.getPath().endsWith(".css")) {
                Page loaded = visitor.browser.open(asset).expect(".*");
                IMPORT.matcher(loaded.text())
                        .results()
                        .map(found -> asset.resolve(found.group(1)))
                        .filter(assets::add)
                        .forEach(open::add);
            }
        }
        return assets;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
