package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.KeyedRequests;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Fingerprints;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.application.SavedFilters;
import org.selfservice.kernel.identity.StaffNames;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.jdbc.core.JdbcTemplate;

class EventsIT {
    private static final Map<String, String> AUTHOR = Author.portal("c-1").toMetaData();

    private final EventStore events = Portal.bean(EventStore.class);
    private final Keys keys = Portal.bean(Keys.class);
    private final ApplicationId application = new ApplicationId("a-" + UUID.randomUUID());

    @Test
    void eventsAreReadInOrderWithTheirMetadata() {
        append(0, remark("one"), remark("two"), remark("three"));
        assertThat(history()).containsExactly(remark("one"), remark("two"), remark("three"));
        assertThat(events.readEvents(application.value()).next().getMetaData()).containsAllEntriesOf(AUTHOR);
        assertThat(events.lastSequenceNumberFor(application.value())).contains(2L);
    }

    @Test
    void ofTwoWhoBeginTheSameStreamTheSecondIsRefused() {
        append(0, remark("one"));
        assertThatThrownBy(() -> append(0, remark("another"))).isInstanceOf(AggregateStreamCreationException.class);
        assertThat(history()).containsExactly(remark("one"));
    }

    @Test
    void ofTwoWhoContinueAStreamTheSecondIsRefused() {
        append(0, remark("one"), remark("two"));
        assertThatThrownBy(() -> append(1, remark("another"))).isInstanceOf(ConcurrencyException.class);
        assertThat(history()).hasSize(2);
    }

    @Test
    void whatIsAppendedInATransactionThatFailsWasNeverThere() {
        TransactionManager transactions = Portal.bean(TransactionManager.class);
        assertThatThrownBy(() -> transactions.executeInTransaction(() -> {
                    append(0, remark("one"));
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");
        assertThat(events.lastSequenceNumberFor(application.value())).isEmpty();
        append(0, remark("one"));
    }

    @Test
    void thePersonalValuesOfADestroyedScopeAreGoneAndTheEventsAreNot() {
        append(0, remark("one"), remark("two"));
        keys.destroy(application.value());
        assertThat(history())
                .hasSize(2)
                .allSatisfy(event -> assertThat(((Remarked) event).text()).isEqualTo(Personal.erased()));
    }

    @Test
    void aTrackingReaderGetsEveryEventFromTheFirstOn() throws Exception {
        append(0, remark("one"), remark("two"));
        List<Object> seen = new ArrayList<>();
        try (BlockingStream<TrackedEventMessage<?>> stream = events.openStream(null)) {
            while (stream.hasNextAvailable()) {
                if (stream.nextAvailable() instanceof DomainEventMessage<?> event
                        && event.getAggregateIdentifier().equals(application.value())) {
                    seen.add(event.getPayload());
                }
            }
        }
        assertThat(seen).containsExactly(remark("one"), remark("two"));
    }

    @Test
    void noPersonalValueIsAnywhereInTheDatabases() {
        for (Event event : Samples.all()) {
            events.publish(new GenericDomainEventMessage<>(
                    "Sample", event.stream() + "-" + event.getClass().getSimpleName(), 0, event, AUTHOR));
        }
        SnapshotTest.Case draft = SnapshotTest.Case.draft();
        events.storeSnapshot(new GenericDomainEventMessage<>("Case", draft.scope(), 0, draft));
        besideTheEvents();
        for (String database : List.of("eventsDataSource", "portalDataSource")) {
            JdbcTemplate sql = new JdbcTemplate(Portal.bean(database, DataSource.class));
            List<String> tables =
                    sql.queryForList("select tablename from pg_tables where schemaname = 'public'", String.class);
            assertThat(tables).isNotEmpty();
            for (String table : tables) {
                List<Map<String, Object>> rows = sql.queryForList("select * from " + table);
                assertThat(rows).isNotEmpty();
                assertThat(rows).allSatisfy(row -> assertThat(text(row)).doesNotContain(Samples.MARK));
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
    void aSnapshotStandsForWhatWasBeforeItUntilItsKeyIsDestroyed() {
        append(0, remark("one"), remark("two"), remark("three"));
        SnapshotTest.Case state = SnapshotTest.Case.of(application);
        events.storeSnapshot(new GenericDomainEventMessage<>("Case", application.value(), 1, state));
        assertThat(events.readEvents(application.value()).asStream().map(DomainEventMessage::getPayload))
                .hasSize(2)
                .first()
                .usingRecursiveComparison()
                .ignoringFields("visits")
                .isEqualTo(state);
        keys.destroy(application.value());
        assertThat(events.readEvents(application.value()).asStream()).hasSize(3);
    }

    @Test
    void tenThousandEventsAreReadInOneGo() throws Exception {
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
                            AUTHOR))
                    .toList());
        }
        int read = 0;
        try (BlockingStream<TrackedEventMessage<?>> stream = events.openStream(null)) {
            while (stream.hasNextAvailable()) {
                assertThat(stream.nextAvailable().getPayload()).isNotNull();
                read++;
            }
        }
        assertThat(read).isGreaterThanOrEqualTo(10_000);
    }

    private Remarked remark(String text) {
        return new Remarked(application, Samples.REGISTRANT, Samples.PROGRAM, Personal.of(text), true);
    }

    private void append(long sequence, Event... appended) {
        List<GenericDomainEventMessage<Event>> messages = new ArrayList<>();
        for (Event event : appended) {
            messages.add(new GenericDomainEventMessage<>(
                    "Application", event.stream(), sequence + messages.size(), event, AUTHOR));
        }
        events.publish(messages);
    }

    private List<Object> history() {
        return events.readEvents(application.value())
                .asStream()
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
    }

    private static String text(Map<String, Object> row) {
        StringBuilder text = new StringBuilder();
        for (Object value : row.values()) {
            text.append(value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value)
                    .append(' ');
        }
        return text.toString();
    }
}
