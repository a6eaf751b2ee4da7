package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.registrant;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentWithdrawn;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RebuildIT {
    @Test
    void aRebuildFromZeroGivesWhatIsLiveForEveryViewAfterAnyHistory() throws Exception {
        try (QuerySide side = new QuerySide()) {
            Histories.of(7, 30, 1500).forEach(event -> side.happen(OFFICER, event));
            side.awaitLevel();
            assertThat(side.parked().count()).isZero();

            for (String view : side.views().names()) {
                Rebuilt rebuilt = side.views().rebuild(view).get(60, TimeUnit.SECONDS);
                assertThat(rebuilt.different()).as(view).isEmpty();
                assertThat(rebuilt.same()).as(view).isPositive();
                assertThat(rebuilt.generation()).isEqualTo(2);
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

            var rebuilding = side.views().rebuild("application");
            history.subList(400, 800).forEach(event -> {
                side.happen(OFFICER, event);
                assertThat(side.ask(new FindApplication(application(1, 1))).exists())
                        .isTrue();
            });
            assertThat(rebuilding.get(60, TimeUnit.SECONDS).different()).isEmpty();
            side.awaitLevel();

            var heard = side.ask(
                    new FindApplication(application(1, 1)),
                    file -> file.timeline().getLast().event().equals("application.remarked"),
                    () -> side.happen(
                            OFFICER, new Remarked(application(1, 1), registrant(1), CASH, Personal.of("x"), true)));
            assertThat(heard).isPresent();
            assertThat(side.views()
                            .rebuild("application")
                            .get(60, TimeUnit.SECONDS)
                            .different())
                    .isEmpty();
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

            Rebuilt rebuilt = side.views().rebuild("tally").get(60, TimeUnit.SECONDS);

            assertThat(rebuilt.different()).isEqualTo(Set.of(id));
            assertThat(rebuilt.same()).isEqualTo(1);
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

            side.views().rebuild("tally").get(60, TimeUnit.SECONDS);
        }
        assertThat(log.getOut().lines())
                .anyMatch(line ->
                        line.matches(".*Folding events into views: \\d+ of 400 events \\(\\d+ %\\), \\d+/s, .*left.*"))
                .anyMatch(line -> line.matches(".*Views \\[tally.*] are level: 400 of 400 events \\(100 %\\).*"))
                .anyMatch(line -> line.matches(
                        ".*View tally was rebuilt as generation 2 in \\d+ ms: 20 documents are the same, 0 differ.*"));
    }

    @Test
    void onlyWhatThereIsCanBeRebuilt() {
        try (QuerySide side = new QuerySide()) {
            assertThatThrownBy(() -> side.views().rebuild("nothing")).isInstanceOf(NoSuchElementException.class);
        }
    }
}
