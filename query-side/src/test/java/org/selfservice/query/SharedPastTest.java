package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedPastTest {
    private final EmbeddedEventStore events = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final List<@Nullable TrackingToken> opened = new ArrayList<>();
    private final SharedPast past = new SharedPast(new Opened());
    private int appended;
    private boolean late;

    @Test
    void manyWhoReadThePastTogetherAskTheStoreOnce() throws Exception {
        append(2500);
        var one = past.openStream(null);
        var other = past.openStream(null);

        List<Object> read = new ArrayList<>();
        List<Object> readByOther = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            read.add(one.nextAvailable().getPayload());
            readByOther.add(other.nextAvailable().getPayload());
        }

        assertThat(read)
                .isEqualTo(readByOther)
                .isEqualTo(IntStream.range(0, 2500).boxed().toList());
        // three pages, the last of which is not whole and so not kept for the other
        assertThat(opened).hasSize(4);
    }

    @Test
    void whoIsLevelHearsWhatHappensThen() throws Exception {
        append(3);
        var stream = past.openStream(null);
        assertThat(next(stream, 3)).containsExactly(0, 1, 2);
        assertThat(stream.hasNextAvailable(0, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(stream.peek()).isEmpty();

        append(2);

        // asked again and again, as processors do: who begins to wait just as an event comes is not woken by Axon
        Awaitility.await().until(() -> stream.hasNextAvailable(100, TimeUnit.MILLISECONDS));
        assertThat(next(stream, 2)).containsExactly(3, 4);
    }

    @Test
    void whoStoppedGoesOnWhereItWas() throws Exception {
        append(1200);
        var stream = past.openStream(null);
        next(stream, 700);
        TrackingToken at = stream.nextAvailable().trackingToken();
        stream.close();

        assertThat(next(past.openStream(at), 499)).startsWith(701).endsWith(1199);
    }

    @Test
    void eventsThatTakeAWhileToComeAreSharedToo() throws Exception {
        append(1100);
        late = true;
        var one = past.openStream(null);
        var other = past.openStream(null);

        assertThat(next(one, 1000)).isEqualTo(next(other, 1000)).hasSize(1000);
        assertThat(opened).hasSize(1);
    }

    private static List<Object> next(BlockingStream<TrackedEventMessage<?>> stream, int many) throws Exception {
        List<Object> read = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            read.add(stream.nextAvailable().getPayload());
        }
        return read;
    }

    private void append(int many) {
        for (int i = 0; i < many; i++) {
            events.publish(new GenericDomainEventMessage<>("Tally", "one", appended, appended));
            appended++;
        }
    }

    private final class Opened implements StreamableMessageSource<TrackedEventMessage<?>> {
        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken from) {
            opened.add(from);
            BlockingStream<TrackedEventMessage<?>> stream = events.openStream(from);
            return late ? new Late(stream) : stream;
        }

        @Override
        public TrackingToken createTailToken() {
            return events.createTailToken();
        }

        @Override
        public TrackingToken createHeadToken() {
            return events.createHeadToken();
        }

        @Override
        public TrackingToken createTokenAt(Instant at) {
            return events.createTokenAt(at);
        }
    }

    /** Has an event only for those who wait for it. */
    private record Late(BlockingStream<TrackedEventMessage<?>> stream)
            implements BlockingStream<TrackedEventMessage<?>> {
        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return Optional.empty();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return timeout > 0 && stream.hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            return stream.nextAvailable();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
