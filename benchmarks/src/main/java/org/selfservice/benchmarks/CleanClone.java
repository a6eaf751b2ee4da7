package org.selfservice.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.selfservice.benchmarks.Report.Goal;

/** From {@code git clone} over the build, with all packages in the local cache, to the first page. */
final class CleanClone {
    private CleanClone() {}

    static Report measure(Size size, Path home) throws Exception {
        Path clone = home.resolve("clone");
        Path here = Path.of("").toAbsolutePath();
        long begun = System.nanoTime();
        int status = new ProcessBuilder("git", "clone", "-q", here.toString(), clone.toString())
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("git clone ended with " + status);
        }
        Duration cloning = Duration.ofNanos(System.nanoTime() - begun);
        Path data = Files.createDirectories(home.resolve("data"));
        try (RunningPortal portal = RunningPortal.start(data, clone, List.of("./portal", "run"))) {
            double took = portal.untilFirstPage.plus(cloning).toMillis() / 1e3;
            return new Report().one("Clean clone to the first page", "s", took, Goal.under(120));
        }
    }
}
