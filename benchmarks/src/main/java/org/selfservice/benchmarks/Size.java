package org.selfservice.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds of each figure; medians are taken over them
 * @param round how long a round lasts where it is a time that is fixed
 * @param people who can apply, in the measurements of commands
 * @param histories numbers of events that are folded
 * @param steady how long commands flow at half of the highest rate
 * @param stored events in the store of a portal that is started
 * @param applications sent over HTTP, each of three pages
 * @param catalogues readings of the catalogue over HTTP
 * @param large applications of a program that has very many
 */
record Size(
        int rounds,
        Duration round,
        int people,
        List<Integer> histories,
        Duration steady,
        int stored,
        int applications,
        int catalogues,
        int large) {
    static final Size FULL = new Size(
            5,
            Duration.ofSeconds(2),
            6_000,
            List.of(10_000, 50_000),
            Duration.ofSeconds(20),
            10_000,
            200,
            500,
            100_000);

    /** For trying the programs, not for figures. */
    static final Size TINY =
            new Size(2, Duration.ofMillis(200), 300, List.of(300), Duration.ofSeconds(1), 200, 4, 10, 200);
}
