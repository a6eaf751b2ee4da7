package org.selfservice.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import org.selfservice.benchmarks.Report.Goal;

/** How long a portal with events in its store takes from the start of its process to the first page, and its memory. */
final class Restart {
    private Restart() {}

    static Report measure(Size size, Path home) throws Exception {
        Path none = Files.createDirectory(home.resolve("none"));
        Path some = Files.createDirectory(home.resolve("some"));
        fill(some, size.stored());
        double[] took = new double[size.rounds()];
        double[] empty = new double[size.rounds()];
        double[] live = new double[size.rounds()];
        double[] peak = new double[size.rounds()];
        for (int round = -1; round < size.rounds(); round++) {
            // How fast the machine starts anything just now.
            try (RunningPortal portal = RunningPortal.start(none)) {
                if (round >= 0) {
                    empty[round] = portal.untilFirstPage.toMillis() / 1e3;
                }
            }
            try (RunningPortal portal = RunningPortal.start(some)) {
                RunningPortal.Heap heap = portal.heap();
                // At the first start it makes its demonstration's programs.
                if (round >= 0) {
                    took[round] = portal.untilFirstPage.toMillis() / 1e3;
                    live[round] = heap.live();
                    peak[round] = heap.peak();
                }
            }
        }
        return new Report()
                .median("Restart with the demonstration's programs alone to the first page", "s", empty, null)
                .median("Restart with %,d events to the first page".formatted(size.stored()), "s", took, Goal.under(12))
                .median("Heap after it and a full collection", "MB", live, Goal.under(512))
                .median("Heap at its highest, at most", "MB", peak, Goal.under(512));
    }

    /** What other people did before. */
    static void fill(Path home, int events) throws Exception {
        try (Sides sides = new Sides(home, "command")) {
            new Crowd(sides).complete(events / Crowd.EVENTS_EACH);
        }
    }
}
