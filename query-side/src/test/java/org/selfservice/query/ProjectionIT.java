package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.registered;
import static org.selfservice.query.Samples.registrant;

import com.mongodb.client.MongoCollection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentWithdrawn;
import org.selfservice.kernel.replay.ViewReplay;
import org.springframework.boot.health.contributor.Status;

/** What the runtime promises, whatever happens to it. */
class ProjectionIT {
    private final EventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final MongoUnderTest mongo = new MongoUnderTest();
    private Map<String, Object> properties;

    @BeforeEach
    void start() {
        properties = Map.of("portal.mongo.uri", mongo.uri());
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void anEventThatIsDeliveredTwiceChangesNothing() {
        Tally view = new Tally((_, _) -> {});
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.happen(OFFICER, withdrawals(1, 3));
            side.happen(OFFICER, withdrawals(2, 2));
            side.awaitLevel();
        }
        Stored<Tally.Count> before;
        try (QuerySide side = new QuerySide(events, properties, view)) {
            before = stored(side, view, 1);
        }

        forgetPositions();
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.awaitLevel();
            assertThat(stored(side, view, 1)).isEqualTo(before);
            assertThat(before.document().withdrawn()).containsExactly("c-0", "c-1", "c-2");
        }
    }

    @Test
    void afterARestartItGoesOnWhereItWas() {
        AtomicInteger folded = new AtomicInteger();
        Tally view = new Tally((_, _) -> folded.incrementAndGet());
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.happen(OFFICER, withdrawals(1, 3));
            side.awaitLevel();
        }
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.resume(registrant(1).value(), 3);
            side.happen(OFFICER, new ConsentWithdrawn(registrant(1), "last"));
            side.awaitLevel();
            assertThat(stored(side, view, 1).document().withdrawn()).containsExactly("c-0", "c-1", "c-2", "last");
        }
        assertThat(folded).hasValue(4);
    }

    @Test
    void aFoldThatFailsParksItsDocumentAndNoOther() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Tally view = new Tally((event, _) -> {
            if (broken.get()
                    && event.registrant().equals(registrant(1))
                    && event.consent().equals("c-1")) {
                throw new IllegalStateException("secret of a person");
            }
        });
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.happen(OFFICER, withdrawals(1, 4));
            side.happen(OFFICER, withdrawals(2, 2));
            side.awaitLevel();

            assertThat(stored(side, view, 2).document().withdrawn()).containsExactly("c-0", "c-1");
            assertThat(stored(side, view, 1).document().withdrawn()).containsExactly("c-0");
            assertThat(stored(side, view, 1).waiting())
                    .extracting(Stored.Waiting::sequence)
                    .containsExactly(1L, 2L, 3L);
            assertThat(side.parked().list()).singleElement().satisfies(entry -> {
                assertThat(entry.view()).isEqualTo("tally");
                assertThat(entry.document()).isEqualTo(registrant(1).value());
                assertThat(entry.cause()).isEqualTo("java.lang.IllegalStateException");
                assertThat(entry.where()).startsWith(ProjectionIT.class.getName());
                assertThat(entry.toString()).doesNotContain("secret");
            });
            assertThat(side.bean(ViewHealth.class).health().getStatus()).isEqualTo(ViewHealth.DEGRADED);
            assertThat(parkedDocuments(side)).isEqualTo(1);

            side.happen(OFFICER, new ConsentWithdrawn(registrant(1), "later"));
            side.awaitLevel();
            assertThat(stored(side, view, 1).waiting()).hasSize(4);

            broken.set(false);
            await().atMost(Duration.ofSeconds(20)).until(() -> side.parked().count() == 0);
            assertThat(stored(side, view, 1).document().withdrawn())
                    .containsExactly("c-0", "c-1", "c-2", "c-3", "later");
            assertThat(side.bean(ViewHealth.class).health().getStatus()).isEqualTo(Status.UP);
            assertThat(parkedDocuments(side)).isZero();
        }
    }

    @Test
    void whatIsParkedIsTriedLessOftenTheLongerItFailsAndAtOnceOnDemand() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Tally view = new Tally((_, _) -> {
            if (broken.get()) {
                throw new IllegalStateException();
            }
        });
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.happen(OFFICER, withdrawals(1, 2));
            side.awaitLevel();
            side.views().retryParked();
            side.views().retryParked();
            Parked.Entry entry = side.parked().list().getFirst();
            assertThat(entry.tries()).isGreaterThanOrEqualTo(3);
            assertThat(Duration.between(entry.since(), entry.nextTry())).isGreaterThanOrEqualTo(Duration.ofSeconds(4));

            broken.set(false);
            side.views().retryParked();
            assertThat(side.parked().count()).isZero();
            assertThat(stored(side, view, 1).document().withdrawn()).containsExactly("c-0", "c-1");
        }
    }

    @Test
    void aParkedDocumentStaysParkedOverARestart() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Tally view = new Tally((_, _) -> {
            if (broken.get()) {
                throw new IllegalStateException();
            }
        });
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.happen(OFFICER, withdrawals(1, 2));
            side.awaitLevel();
        }
        forgetPositions();
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.awaitLevel();
            assertThat(stored(side, view, 1).waiting()).hasSize(2);
            broken.set(false);
            side.views().retryParked();
            assertThat(stored(side, view, 1).document().withdrawn()).containsExactly("c-0", "c-1");
        }
    }

    @Test
    void aDocumentThatCannotBeWrittenIsParkedAndNoOther() {
        Tally view = new Tally((_, _) -> {}, true);
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.happen(
                    OFFICER,
                    new ConsentWithdrawn(registrant(1), "same"),
                    new ConsentWithdrawn(registrant(2), "same"),
                    new ConsentWithdrawn(registrant(3), "other"));
            side.awaitLevel();

            assertThat(stored(side, view, 1).document().withdrawn()).containsExactly("same");
            assertThat(stored(side, view, 2).waiting()).hasSize(1);
            assertThat(stored(side, view, 3).document().withdrawn()).containsExactly("other");
            assertThat(side.parked().list()).hasSize(1);

            side.happen(OFFICER, new ConsentWithdrawn(registrant(1), "moved on"));
            side.awaitLevel();
            side.views().retryParked();
            assertThat(stored(side, view, 2).document().withdrawn()).containsExactly("same");
        }
    }

    @Test
    void aDocumentThatAnotherProcessWroteMeanwhileIsFoldedAnew() {
        AtomicBoolean first = new AtomicBoolean(true);
        AtomicBoolean meddled = new AtomicBoolean();
        QuerySide[] running = new QuerySide[1];
        Tally[] self = new Tally[1];
        self[0] = new Tally((event, meta) -> {
            if (meta.sequence() == 1 && first.compareAndSet(true, false)) {
                // Another process that still believes that the segment is its own writes the same two events.
                Documents<Tally.Count> documents = documents(running[0], self[0]);
                String id = event.registrant().value();
                Stored<Tally.Count> stored = documents.load(List.of(id)).getOrDefault(id, Stored.none(self[0], id));
                List<Happened> both = List.of(
                        new Happened(events.readEvents(id, 0).next()),
                        new Happened(events.readEvents(id, 1).next()));
                meddled.set(documents.write(Folded.fold(self[0], stored, both).stored()));
            }
        });
        try (QuerySide side = new QuerySide(events, properties, self[0])) {
            running[0] = side;
            side.happen(OFFICER, withdrawals(1, 3));
            side.awaitLevel();

            assertThat(meddled).isTrue();
            assertThat(stored(side, self[0], 1).document().withdrawn()).containsExactly("c-0", "c-1", "c-2");
            assertThat(side.parked().count()).isZero();
        }
    }

    @Test
    void severalSegmentsShareTheWorkAndKeepTheOrderOfEachDocument() {
        Tally view = new Tally((_, _) -> {});
        var four = Map.<String, Object>of(
                "portal.mongo.uri", properties.get("portal.mongo.uri"), "portal.views.segments", "4");
        try (QuerySide side = new QuerySide(events, four, view)) {
            for (int person = 1; person <= 40; person++) {
                side.happen(OFFICER, withdrawals(person, 5));
            }
            side.awaitLevel();
            for (int person = 1; person <= 40; person++) {
                int one = person;
                await().untilAsserted(() -> assertThat(
                                stored(side, view, one).document().withdrawn())
                        .containsExactly("c-0", "c-1", "c-2", "c-3", "c-4"));
            }
        }
    }

    @Test
    void aViewThatCannotGoOnIsDownAndTheOthersAreNot() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Tally view = new Tally((_, _) -> {}) {
            @Override
            public @Nullable String id(Event event) {
                if (broken.get() && event instanceof ConsentWithdrawn) {
                    throw new IllegalStateException("an event that cannot be read");
                }
                return super.id(event);
            }
        };
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.happen(OFFICER, registered(1), new ConsentWithdrawn(registrant(1), "a"));

            await().until(() -> side.views().isFailing("tally"));
            assertThat(side.bean(ViewHealth.class).health().getStatus()).isEqualTo(Status.DOWN);
            await().until(() -> side.views().lagInEvents("dossier") == 0);
            assertThat(side.views().lagInEvents("tally")).isPositive();

            broken.set(false);
            await().atMost(Duration.ofSeconds(20)).until(() -> side.views().lagInEvents("tally") == 0);
            assertThat(stored(side, view, 1).document().withdrawn()).containsExactly("a");
            await().until(() -> side.bean(ViewHealth.class).health().getStatus().equals(Status.UP));
        }
    }

    @Test
    void operatorsSeeHowTheViewsAreAndCanRetryAndRebuildThem() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Tally view = new Tally((_, _) -> {
            if (broken.get()) {
                throw new IllegalStateException();
            }
        });
        try (QuerySide side = new QuerySide(events, properties, view)) {
            ViewsEndpoint endpoint = side.bean(ViewsEndpoint.class);
            side.happen(OFFICER, withdrawals(1, 2));
            side.awaitLevel();
            assertThat(endpoint.all().caughtUp()).isTrue();
            assertThat(endpoint.all().parked()).hasSize(1);
            assertThat(endpoint.all().views())
                    .hasSameSizeAs(side.views().names())
                    .allSatisfy(state -> {
                        assertThat(state.eventsBehind()).isZero();
                        assertThat(state.failing()).isFalse();
                    });

            broken.set(false);
            assertThat(endpoint.retry().parked()).isEmpty();
            assertThat(endpoint.act("tally", "swap").getStatus()).isEqualTo(409);
            assertThat(endpoint.act("tally", "replay").getStatus()).isEqualTo(202);
            assertThat(endpoint.act("tally", "replay").getStatus()).isEqualTo(409);
            side.awaitState("tally", ViewReplay.State.COMPARED);
            assertThat(endpoint.act("tally", "swap").getStatus()).isEqualTo(202);
            await().until(() -> side.bean(ViewStore.class).liveGeneration(view) == 2);
            assertThat(endpoint.act("nothing", "replay").getStatus()).isEqualTo(404);
            assertThat(endpoint.act("tally", "nonsense").getStatus()).isEqualTo(400);
        }
    }

    @Test
    void twoProcessesThatBothBelieveASegmentIsTheirsDoNoHarm() throws Exception {
        Tally view = new Tally((_, _) -> {});
        // Both have this process's name, so that each takes the other's claims for its own.
        try (QuerySide one = new QuerySide(events, properties, view);
                QuerySide other = new QuerySide(events, properties, view)) {
            Histories.of(12, 5, 600).forEach(event -> one.happen(OFFICER, event));
            one.awaitLevel();
            other.awaitLevel();
            assertThat(one.parked().list()).isEmpty();
            for (String name : List.of("application", "dossier", "tally")) {
                assertThat(one.replayed(name).comparison().different()).as(name).isZero();
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> other.bean(ViewStore.class).liveGeneration(view) == 2);
        }
    }

    @Test
    void aProcessIsReadyWhenAnotherOneDoesAllTheWork() {
        Tally view = new Tally((_, _) -> {});
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.happen(OFFICER, withdrawals(1, 3));
            side.awaitLevel();
        }
        tokens(tokens -> tokens.updateMany(
                new Document(),
                new Document(
                        "$set",
                        new Document("owner", "another").append("timestamp", System.currentTimeMillis() + 3_600_000))));
        try (QuerySide side = new QuerySide(events, properties, view)) {
            assertThat(side.views().isCaughtUp()).isTrue();
            assertThat(side.views().lagInEvents("tally")).isZero();
            assertThat(stored(side, view, 1).document().withdrawn()).hasSize(3);
        }
    }

    @Test
    void anEventThatSaysNothingToAViewLeavesNoDocument() {
        Tally view = new Tally((_, _) -> {});
        try (QuerySide side = new QuerySide(events, properties, view)) {
            side.happen(OFFICER, registered(9));
            side.awaitLevel();
            assertThat(documents(side, view).load(List.of(registrant(9).value())))
                    .isEmpty();
            assertThat(side.views().lagInEvents("tally")).isZero();
            assertThat(side.views().lagInSeconds("tally")).isZero();
        }
    }

    private static Event[] withdrawals(int person, int count) {
        Event[] withdrawals = new Event[count];
        for (int i = 0; i < count; i++) {
            withdrawals[i] = new ConsentWithdrawn(registrant(person), "c-" + i);
        }
        return withdrawals;
    }

    private static Documents<Tally.Count> documents(QuerySide side, Tally view) {
        return side.bean(ViewStore.class).documents(view, 1);
    }

    private static Stored<Tally.Count> stored(QuerySide side, Tally view, int person) {
        String id = registrant(person).value();
        return documents(side, view).load(List.of(id)).get(id);
    }

    private static double parkedDocuments(QuerySide side) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        side.bean(ViewMetrics.class).bindTo(registry);
        return registry.get("portal.parked.documents")
                .tag("view", "tally")
                .gauge()
                .value();
    }

    /** As after a crash between writing documents and storing the position, only worse. */
    private void forgetPositions() {
        tokens(tokens -> tokens.deleteMany(new Document("processorName", "tally_r1_g1")));
    }

    private void tokens(Consumer<MongoCollection<Document>> change) {
        try (ViewServer server = new ViewServer((String) properties.get("portal.mongo.uri"), List.of())) {
            change.accept(server.store(false).collection("tokens"));
        }
    }
}
