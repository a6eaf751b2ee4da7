package org.selfservice.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The events for those who need not hear of each at once: fetched some times a second, many at a time. Whoever is woken by
 * every single event pays a transaction for it.
 */
final class Unhurried implements StreamableMessageSource<TrackedEventMessage<?>> {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int AT_ONCE = 1000;

    private final EventStorageEngine engine;
    private final Clock clock;

    Unhurried(EventStorageEngine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken from) {
        return new Events(from);
    }

    @Override
    public TrackingToken createTailToken() {
        return engine.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return engine.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant at) {
        return engine.createTokenAt(at);
    }

    private final class Events implements BlockingStream<TrackedEventMessage<?>> {
        private final Queue<TrackedEventMessage<?>> fetched = new ArrayDeque<>();
        private @Nullable TrackingToken last;
        private Instant next = Instant.MIN;

        Events(@Nullable TrackingToken from) {
            last = from;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return hasNextAvailable() ? Optional.of(fetched.element()) : Optional.empty();
        }

        @Override
        public boolean hasNextAvailable() {
            if (fetched.isEmpty() && !clock.instant().isBefore(next)) {
                fetch();
            }
            return !fetched.isEmpty();
        }

        /** Does not wait: its reader comes back by itself. */
        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) {
            return hasNextAvailable();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() {
            return fetched.remove();
        }

        private void fetch() {
            try (Stream<? extends TrackedEventMessage<?>> events = engine.readEvents(last, false)) {
                events.limit(AT_ONCE).forEach(event -> {
                    fetched.add(event);
                    last = event.trackingToken();
                });
            }
            next = fetched.size() < AT_ONCE ? clock.instant().plus(PAUSE) : Instant.MIN;
        }

        @Override
        public void close() {
            fetched.clear();
        }
    }
}
