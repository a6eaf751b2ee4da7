package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnhurriedTest {
    private final Asked engine = new Asked();
    private Instant now = Instant.EPOCH;
    private final Unhurried events = new Unhurried(
            EmbeddedEventStore.builder().storageEngine(engine).build(), Unhurried.pagesOf(engine), new Now());
    private int appended;

    @Test
    void whoStandAtTheSamePlaceAskTheStoreOnce() throws Exception {
        append(2500);
        var one = events.openStream(null);
        var other = events.openStream(null);

        List<Object> read = new ArrayList<>();
        List<Object> readByOther = new ArrayList<>();
        while (one.hasNextAvailable() && other.hasNextAvailable()) {
            read.add(one.nextAvailable().getPayload());
            readByOther.add(other.nextAvailable().getPayload());
        }

        assertThat(read)
                .isEqualTo(readByOther)
                .isEqualTo(IntStream.range(0, 2500).boxed().toList());
        assertThat(engine.asked).isEqualTo(3);
    }

    @Test
    void whoIsBehindMissesNothingOfWhatOthersHadBefore() throws Exception {
        append(3);
        var first = events.openStream(null);
        assertThat(all(first)).containsExactly(0, 1, 2);

        append(2);
        now = now.plus(Duration.ofSeconds(1));
        assertThat(all(first)).containsExactly(3, 4);

        assertThat(all(events.openStream(null))).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void whatHappensNowIsHeardOfAfterAPause() throws Exception {
        var stream = events.openStream(null);
        assertThat(stream.hasNextAvailable()).isFalse();

        append(1);
        assertThat(stream.hasNextAvailable()).isFalse();
        now = now.plusMillis(250);

        assertThat(all(stream)).containsExactly(0);
    }

    private static List<Object> all(BlockingStream<TrackedEventMessage<?>> stream) throws Exception {
        List<Object> read = new ArrayList<>();
        while (stream.hasNextAvailable()) {
            read.add(stream.nextAvailable().getPayload());
        }
        return read;
    }

    private void append(int many) {
        for (int i = 0; i < many; i++) {
            engine.appendEvents(new GenericDomainEventMessage<>("Tally", "one", appended, appended));
            appended++;
        }
    }

    private final class Now extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class Asked extends InMemoryEventStorageEngine {
        private int asked;

        @Override
        public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken from, boolean mayBlock) {
            asked++;
            return super.readEvents(from, mayBlock);
        }
    }
}
