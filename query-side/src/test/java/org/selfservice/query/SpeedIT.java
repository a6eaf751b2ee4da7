package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.NOON;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.person;
import static org.selfservice.query.Samples.registrant;
import static org.selfservice.query.Samples.started;
import static org.selfservice.query.Samples.submitted;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.CaseQuery.CountCases;
import org.selfservice.kernel.application.CaseQuery.FindCases;
import org.selfservice.kernel.application.CaseQuery.Order;
import org.selfservice.kernel.application.CaseQuery.Wanted;
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

    /** The goal is 150 ms for the page as a whole. */
    @Test
    @SuppressWarnings("unchecked")
    void theFirstPageOfALongQueueIsThereAtOnce() {
        int count = 50_000;
        try (QuerySide side = new QuerySide()) {
            side.happen(person(registrant(1)), started(1, 1), submitted(1, 1, Map.of()));
            side.awaitLevel();
            View<ApplicationFile> view = (View<ApplicationFile>) AllViews.all().stream()
                    .filter(one -> one.name().equals("application"))
                    .findFirst()
                    .orElseThrow();
            Documents<ApplicationFile> documents = side.bean(ViewStore.class).documents(view, 1);
            for (int batch = 2; batch <= count; batch += 5_000) {
                documents.writeAll(IntStream.range(batch, batch + 5_000)
                        .mapToObj(person -> sent(view, person))
                        .toList());
            }
            Wanted waiting = Wanted.waiting();
            List<Wanted> filters = List.of(
                    waiting,
                    waiting.of(CASH),
                    waiting.with(Wanted.NOBODY),
                    waiting.with("rita"),
                    waiting.suspected(true),
                    waiting.owing(true));
            List<Long> took = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                long begun = System.nanoTime();
                side.ask(new FindCases(filters.get(i % filters.size()), Order.values()[i % 3], null, 25));
                filters.forEach(filter -> side.ask(new CountCases(filter)));
                took.add(System.nanoTime() - begun);
            }
            log.info("First page of {} cases with {} counts: {}", count, filters.size(), summary(took));
            assertThat(percentile(took, 95)).isLessThan(Duration.ofMillis(150));
        }
    }

    private static Stored<ApplicationFile> sent(View<ApplicationFile> view, int person) {
        String id = application(person, 1).value();
        Meta meta = new Meta(id, 1, "event-" + person, NOON.plusSeconds(person), person(registrant(person)));
        return Stored.none(view, id)
                .folded(
                        view.apply(
                                view.apply(view.empty(id), started(person, 1), meta),
                                submitted(person, 1, Map.of()),
                                meta),
                        id,
                        1);
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
