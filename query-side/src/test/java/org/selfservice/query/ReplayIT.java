package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.registrant;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentWithdrawn;
import org.selfservice.kernel.replay.ViewReplay;
import org.selfservice.kernel.replay.ViewReplay.Comparison;
import org.selfservice.kernel.replay.ViewReplay.State;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ReplayIT {
    @Test
    void aRebuildFromZeroGivesWhatIsLiveForEveryViewAfterAnyHistory() throws Exception {
        try (QuerySide side = new QuerySide()) {
            Histories.of(7, 30, 1500).forEach(event -> side.happen(OFFICER, event));
            side.awaitLevel();
            assertThat(side.parked().count()).isZero();

            for (String view : side.views().names()) {
                ViewReplay replay = side.replayed(view);
                assertThat(replay.comparison().different()).as(view).isZero();
                assertThat(replay.comparison().same()).as(view).isPositive();
                assertThat(replay.generation()).isEqualTo(2);
                assertThat(side.views().generation(view)).isEqualTo(2);
            }
            assertThat(side.ask(new FindApplication(application(1, 1))).exists())
                    .isTrue();
        }
    }

    @Test
    void thePortalServesWhileAViewIsRebuiltAndHearsOfWhatComesAfter() throws Exception {
        try (QuerySide side = new QuerySide()) {
            List<Event> history = Histories.of(8, 10, 800);
            history.subList(0, 400).forEach(event -> side.happen(OFFICER, event));
            side.awaitLevel();

            side.replays().ask("application", "test");
            history.subList(400, 800).forEach(event -> {
                side.happen(OFFICER, event);
                assertThat(side.ask(new FindApplication(application(1, 1))).exists())
                        .isTrue();
            });
            assertThat(side.awaitState("application", State.COMPARED)
                            .comparison()
                            .different())
                    .isZero();
            side.replays().swap("application");
            side.awaitState("application", State.LIVE);
            side.awaitLevel();

            var heard = side.ask(
                    new FindApplication(application(1, 1)),
                    file -> file.timeline().getLast().event().equals("application.remarked"),
                    () -> side.happen(
                            OFFICER, new Remarked(application(1, 1), registrant(1), CASH, Personal.of("x"), true)));
            assertThat(heard).isPresent();
            assertThat(side.replayed("application").comparison().different()).isZero();
        }
    }

    @Test
    void aDocumentThatWasWrongIsNamedAndPutRight() throws Exception {
        Tally view = new Tally((_, _) -> {});
        try (QuerySide side = new QuerySide(view)) {
            String id = registrant(1).value();
            side.happen(OFFICER, new ConsentWithdrawn(registrant(1), "a"), new ConsentWithdrawn(registrant(2), "a"));
            side.awaitLevel();
            Documents<Tally.Count> live = side.bean(ViewStore.class).documents(view, 1);
            Stored<Tally.Count> right = live.load(List.of(id)).get(id);
            live.write(
                    new Stored<>(id, right.revision(), new Tally.Count(id, List.of("wrong")), right.seen(), List.of()));

            ViewReplay replay = side.replayed("tally");

            assertThat(replay.comparison()).isEqualTo(new Comparison(1, 1, List.of(id)));
            assertThat(side.bean(ViewStore.class).live(view).find(id)).contains(right.document());
        }
    }

    @Test
    void afterAStartAllViewsAreFoldedFromZeroBeforeItIsReady() {
        var events = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        try (QuerySide side = new QuerySide(events, Map.of())) {
            Histories.of(9, 20, 2000).forEach(event -> side.happen(OFFICER, event));
        }
        try (QuerySide side = new QuerySide(events, Map.of())) {
            assertThat(side.views().isCaughtUp()).isTrue();
            assertThat(side.ask(new FindApplication(application(20, 1))).exists())
                    .isTrue();
        }
        try (QuerySide side = new QuerySide(events, Map.of("portal.views.await-at-start", "false"))) {
            await().until(() -> side.views().isCaughtUp());
        }
    }

    @Test
    void howFarFoldingIsStandsInTheLog(CapturedOutput log) throws Exception {
        Tally slow = new Tally((_, _) -> LockSupport.parkNanos(5_000_000));
        try (QuerySide side = new QuerySide(slow)) {
            for (int i = 1; i <= 400; i++) {
                side.happen(OFFICER, new ConsentWithdrawn(registrant(i % 20 + 1), "a"));
            }
            side.awaitLevel();

            side.replayed("tally");
        }
        assertThat(log.getOut().lines())
                .anyMatch(line ->
                        line.matches(".*Replaying view tally: \\d+ of 400 events \\(\\d+ %\\), \\d+/s, .*left.*"))
                .anyMatch(line -> line.matches(
                        ".*View tally was rebuilt as generation 2 in \\d+ ms: 20 documents are the same, 0 differ.*"));
    }

    @Test
    void aReplayThatIsStoppedHalfWayLeavesTheLiveViewUntouched() {
        Tally slow = new Tally((_, _) -> LockSupport.parkNanos(2_000_000));
        try (QuerySide side = new QuerySide(QuerySide.inMemory(), Map.of("portal.views.batch", 50), slow)) {
            for (int i = 0; i < 1000; i++) {
                side.happen(OFFICER, new ConsentWithdrawn(registrant(i % 20 + 1), "c" + i));
            }
            side.awaitLevel();
            ViewStore store = side.bean(ViewStore.class);
            var before = all(store.documents(slow, 1));
            assertThat(before).hasSize(20);

            side.replays().ask("tally", "test");
            ViewReplay halfWay = await().pollInterval(Duration.ofMillis(10))
                    .until(
                            () -> side.replays().of("tally", 1).getFirst(),
                            one -> one.progress().done() > 0 && !one.progress().reachedAll());
            assertThat(halfWay.progress().total()).isEqualTo(1000);
            assertThat(halfWay.progress().perSecond()).isPositive();
            assertThat(halfWay.progress().secondsLeft()).isNotNull();
            assertThat(side.replays().swap("tally")).isFalse();
            side.replays().stop("tally");
            side.awaitState("tally", State.STOPPED);

            assertThat(side.views().generation("tally")).isEqualTo(1);
            assertThat(all(store.documents(slow, 1))).isEqualTo(before);
            assertThat(store.documents(slow, 2).ids()).isEmpty();
            assertThat(store.collection("tokens").countDocuments(new Document("processorName", "tally_r1_g2")))
                    .isZero();
            side.happen(OFFICER, new ConsentWithdrawn(registrant(1), "later"));
            side.awaitLevel();
            assertThat(all(store.documents(slow, 1))
                            .get(registrant(1).value())
                            .document()
                            .withdrawn())
                    .endsWith("later");
        }
    }

    @Test
    void nobodyIsToldOfWhatIsFoldedBesideUntilItIsLive() {
        List<String> told = new CopyOnWriteArrayList<>();
        Tally view = new Tally((_, _) -> {});
        try (QuerySide side = QuerySide.telling(view, count -> told.add(count.id()))) {
            side.happen(OFFICER, new ConsentWithdrawn(registrant(1), "a"));
            side.awaitLevel();
            await().until(() -> told.size() == 1);

            side.replayed("tally");
            assertThat(told).hasSize(1);

            side.happen(OFFICER, new ConsentWithdrawn(registrant(2), "a"));
            await().until(() -> told.size() == 2);
        }
    }

    @Test
    void anotherProcessGoesOnWithAReplayWhoseProcessIsNoMore() {
        MongoUnderTest mongo = new MongoUnderTest();
        Map<String, Object> oneByOne = Map.of("portal.mongo.uri", mongo.uri(), "portal.views.batch", 1);
        EmbeddedEventStore events = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        KeptReplays replays = new KeptReplays(Clock.systemUTC());
        AtomicInteger folded = new AtomicInteger();
        Tally view = new Tally((_, _) -> {
            folded.incrementAndGet();
            LockSupport.parkNanos(2_000_000);
        });
        try {
            try (QuerySide first = new QuerySide(events, oneByOne, replays, view)) {
                for (int i = 0; i < 300; i++) {
                    first.happen(OFFICER, new ConsentWithdrawn(registrant(i % 20 + 1), "c" + i));
                }
                first.awaitLevel();
                folded.set(0);
                replays.ask("tally", "test");
                await().pollInterval(Duration.ofMillis(2)).until(() -> folded.get() > 20);
                assertThat(replays.of("tally", 1).getFirst().state()).isIn(State.ASKED, State.FOLDING);
            }
            int before = folded.getAndSet(0);
            replays.hasFallenSilent();
            try (QuerySide second = new QuerySide(events, oneByOne, replays, view)) {
                ViewReplay compared = second.awaitState("tally", State.COMPARED);
                assertThat(compared.comparison()).isEqualTo(new Comparison(20, 0, List.of()));
                assertThat(folded.get()).isLessThanOrEqualTo(300 - before + 1);
            }
        } finally {
            mongo.close();
        }
    }

    @Test
    void aReplayOfWhatIsNoViewFailsAndSaysSo() {
        try (QuerySide side = new QuerySide()) {
            side.replays().ask("nothing", "test");
            assertThat(side.awaitState("nothing", State.FAILED).failure()).contains("NoSuchElementException");
        }
    }

    private static <V> Map<String, Stored<V>> all(Documents<V> documents) {
        return documents.load(documents.ids());
    }
}
