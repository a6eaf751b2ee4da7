package org.selfservice.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.junit.jupiter.api.Test;

class HeedingTest {
    private final EmbeddedEventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final StreamableMessageSource<TrackedEventMessage<?>> source = new Heeding(events, Set.of(String.class));
    private int appended;

    @Test
    void givesWhatIsHandledAndTheLastOfTheRest() throws Exception {
        append(1, "a", 2, 3, "b", 4, 5);

        assertThat(all(source.openStream(null))).containsExactly("a", "b", 5);
    }

    @Test
    void looksAheadAtTheOneThatComes() throws Exception {
        append(1, "a", 2);
        var stream = source.openStream(null);

        assertThat(stream.peek().<Object>map(TrackedEventMessage::getPayload)).hasValue("a");
        assertThat(stream.nextAvailable().getPayload()).isEqualTo("a");
        assertThat(stream.peek().<Object>map(TrackedEventMessage::getPayload)).hasValue(2);
        stream.nextAvailable();
        assertThat(stream.peek()).isEmpty();
    }

    @Test
    void goesOnAfterThePositionThatItWasGiven() throws Exception {
        append(1, 2);
        var stream = source.openStream(null);
        var position = stream.nextAvailable().trackingToken();

        append("a", 3);

        assertThat(stream.nextAvailable().getPayload()).isEqualTo("a");
        assertThat(stream.nextAvailable().getPayload()).isEqualTo(3);
        assertThat(all(source.openStream(position))).containsExactly("a", 3);
    }

    @Test
    void whoHandlesAKindIsGivenAllThatAreOfIt() throws Exception {
        append(1, "a", 2.5);

        assertThat(all(new Heeding(events, Set.of(Number.class, CharSequence.class)).openStream(null)))
                .containsExactly(1, "a", 2.5);
    }

    private static List<Object> all(BlockingStream<TrackedEventMessage<?>> stream) throws Exception {
        List<Object> read = new ArrayList<>();
        while (stream.hasNextAvailable()) {
            read.add(stream.nextAvailable().getPayload());
        }
        return read;
    }

    private void append(Object... payloads) {
        for (Object payload : payloads) {
            events.publish(new GenericDomainEventMessage<>("Tally", "one", appended++, payload));
        }
    }
}
