package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.registrant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long it takes until what happened can be seen. Bounds are wide: they catch a poll that waits, not a slow machine. */
class SpeedIT {
    private static final Logger log = LoggerFactory.getLogger(SpeedIT.class);

    @Test
    void whatHappenedIsSeenWithinMilliseconds() {
        try (QuerySide side = new QuerySide()) {
            Histories.of(5, 50, 1000).forEach(event -> side.happen(OFFICER, event));
            side.awaitLevel();
            Random random = new Random(5);
            List<Long> application = new ArrayList<>();
            List<Long> dossier = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                int person = 1 + random.nextInt(50);
                var event = new Remarked(application(person, 1), registrant(person), CASH, Personal.of("x"), true);
                long sequence =
                        side.ask(new FindApplication(event.application())).sequence() + 1;
                long begun = System.nanoTime();
                if (i % 2 == 0) {
                    assertThat(side.ask(
                                    new FindApplication(event.application()),
                                    file -> file.sequence() >= sequence,
                                    () -> side.happen(OFFICER, event)))
                            .isPresent();
                    application.add(System.nanoTime() - begun);
                } else {
                    assertThat(side.ask(
                                    new FindDossier(event.registrant()),
                                    one -> one.hasSeen(event.stream(), sequence),
                                    () -> side.happen(OFFICER, event)))
                            .isPresent();
                    dossier.add(System.nanoTime() - begun);
                }
                side.awaitLevel();
            }
            log.info("From event to answer: application {}, dossier {}", summary(application), summary(dossier));
            assertThat(percentile(application, 50)).isLessThan(Duration.ofMillis(200));
            assertThat(percentile(dossier, 50)).isLessThan(Duration.ofMillis(200));
        }
    }

    @Test
    void viewsAreFoldedFromZeroAtThousandsOfEventsASecond() {
        EventStore events = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        int count = 20_000;
        try (QuerySide side = new QuerySide(events, Map.of())) {
            Histories.of(6, 1000, count).forEach(event -> side.happen(OFFICER, event));
            side.awaitLevel();
        }
        long begun = System.nanoTime();
        try (QuerySide side = new QuerySide(events, Map.of())) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            log.info("{} events folded into all views in {} s: {}/s", count, seconds, Math.round(count / seconds));
            assertThat(side.views().isCaughtUp()).isTrue();
            assertThat(count / seconds).isGreaterThan(300);
        }
    }

    private static String summary(List<Long> nanos) {
        return "p50 %.1f ms, p99 %.1f ms".formatted(millis(nanos, 50), millis(nanos, 99));
    }

    private static double millis(List<Long> nanos, int percent) {
        return percentile(nanos, percent).toNanos() / 1e6;
    }

    private static Duration percentile(List<Long> nanos, int percent) {
        List<Long> sorted = nanos.stream().skip(nanos.size() / 5).sorted().toList();
        return Duration.ofNanos(sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)));
    }
}
