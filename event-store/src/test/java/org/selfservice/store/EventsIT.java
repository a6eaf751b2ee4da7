package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.KeyedRequests;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Fingerprints;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.application.SavedFilters;
import org.selfservice.kernel.audit.History;
import org.selfservice.kernel.audit.Look;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.audit.Place;
import org.selfservice.kernel.identity.StaffNames;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.replay.Replays;
import org.selfservice.kernel.replay.ViewReplay;
import org.springframework.jdbc.core.JdbcTemplate;

/** What PostgreSQL does beyond the contract of every engine. */
class EventsIT {
    private final EventStore events = Portal.bean(EventStore.class);

    @Test
    void whatIsAppendedInATransactionThatFailsWasNeverThere() {
        TransactionManager transactions = Portal.bean(TransactionManager.class);
        ApplicationId application = new ApplicationId("a-" + UUID.randomUUID());
        Remarked remark = new Remarked(application, Samples.REGISTRANT, Samples.PROGRAM, Personal.of("one"), true);
        assertThatThrownBy(() -> transactions.executeInTransaction(() -> {
                    Portal.process().append(0, remark);
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");
        assertThat(events.lastSequenceNumberFor(application.value())).isEmpty();
        Portal.process().append(0, remark);
    }

    @Test
    void noPersonalValueIsAnywhereInTheDatabases() {
        for (Event event : Samples.all()) {
            events.publish(new GenericDomainEventMessage<>(
                    "Sample", event.stream() + "-" + event.getClass().getSimpleName(), 0, event, StoreProcess.AUTHOR));
        }
        SnapshotTest.Case draft = SnapshotTest.Case.draft();
        events.storeSnapshot(new GenericDomainEventMessage<>("Case", draft.scope(), 0, draft));
        besideTheEvents();
        for (String database : List.of("eventsDataSource", "portalDataSource")) {
            DataSource of = Portal.bean(database, DataSource.class);
            List<String> tables = new JdbcTemplate(of)
                    .queryForList("select tablename from pg_tables where schemaname = 'public'", String.class);
            assertThat(tables).isNotEmpty();
            for (String table : tables) {
                List<String> rows = Rows.of(of, "select * from " + table);
                assertThat(rows).isNotEmpty();
                assertThat(rows).allSatisfy(row -> assertThat(row).doesNotContain(Samples.MARK));
            }
        }
    }

    /** A row in each table that no event and no key of an event goes into. */
    private static void besideTheEvents() {
        RegistrantId who = new RegistrantId("r-" + UUID.randomUUID());
        ApplicationId application = new ApplicationId("a-" + UUID.randomUUID());
        ProgramCode program = new ProgramCode("cash");
        Portal.bean(Fingerprints.class).keep(application, who, program, Map.of(Likeness.PHONE, Set.of(Samples.MARK)));
        Portal.bean(SavedFilters.class).keep("rita", new SavedFilters.Saved("Mine", "who=ME"));
        Portal.bean(StaffNames.class).learn("rita", "Rita");
        Portal.bean(KeyedRequests.class).begin(new KeyedRequests.Keyed("rita", who.value(), Samples.MARK));
        Portal.bean(Looks.class)
                .keep(List.of(new Look(
                        who,
                        "rita",
                        Author.Role.REVIEWER,
                        Author.Channel.WEB,
                        Look.Purpose.CASE,
                        application.value(),
                        program,
                        Instant.EPOCH,
                        "c-1")));
        Portal.bean(History.class)
                .keep(List.of(new History.Line(
                        7_000_000_000L,
                        new Place(application.value(), 0),
                        "application.started",
                        Instant.EPOCH,
                        Author.portal("c-1"),
                        who,
                        program)));
        Replays replays = Portal.bean(Replays.class);
        replays.ask("application", "rita");
        ViewReplay asked = replays.take("here").orElseThrow();
        replays.keep(asked.over(ViewReplay.State.STOPPED, null, Instant.EPOCH), "here");
        Portal.bean(Outbox.class)
                .keep(new Message(
                        who.value(),
                        Via.EMAIL,
                        Notice.values()[0],
                        who,
                        Personal.of(Samples.MARK),
                        "en",
                        program,
                        "Cash",
                        application,
                        "CASH-CXC9-VYPT",
                        null,
                        Instant.EPOCH));
    }

    @Test
    void tenThousandEventsAreReadInOneGo() throws Exception {
        // other tests share the store
        TrackingToken before = events.createHeadToken();
        for (int each = 0; each < 10; each++) {
            ApplicationId other = new ApplicationId("a-" + UUID.randomUUID());
            events.publish(IntStream.range(0, 1_000)
                    .mapToObj(number -> new GenericDomainEventMessage<>(
                            "Application",
                            other.value(),
                            number,
                            new AnswersSaved(
                                    other,
                                    Samples.REGISTRANT,
                                    Samples.PROGRAM,
                                    Personal.of(Samples.answers()),
                                    Map.of(),
                                    Instant.EPOCH),
                            StoreProcess.AUTHOR))
                    .toList());
        }
        int read = 0;
        try (BlockingStream<TrackedEventMessage<?>> stream = events.openStream(before)) {
            while (stream.hasNextAvailable()) {
                assertThat(stream.nextAvailable().getPayload()).isInstanceOf(AnswersSaved.class);
                read++;
            }
        }
        assertThat(read).isEqualTo(10_000);
    }
}
