package org.selfservice.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The events for those who need not hear of each at once: fetched some times a second, many at a time, and once for all who
 * stand at the same place. Whoever is woken by every single event pays a transaction for it.
 */
final class Unhurried implements StreamableMessageSource<TrackedEventMessage<?>> {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int AT_ONCE = 1000;
    /** Pages, for those who are a little behind the others. */
    private static final int KEPT = 8;

    private final StreamableMessageSource<TrackedEventMessage<?>> store;
    private final Pages past;
    private final Clock clock;
    private final Map<From, List<? extends TrackedEventMessage<?>>> pages = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<From, List<? extends TrackedEventMessage<?>>> eldest) {
            return size() > KEPT;
        }
    };

    /** How a store is read without waiting for what is not there yet. */
    @FunctionalInterface
    interface Pages {
        /** @return the events after the token, oldest first; none when there are none now */
        List<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken last, int atMost);
    }

    Unhurried(StreamableMessageSource<TrackedEventMessage<?>> store, Pages past, Clock clock) {
        this.store = store;
        this.past = past;
        this.clock = clock;
    }

    static Pages pagesOf(EventStorageEngine engine) {
        return (last, atMost) -> {
            try (Stream<? extends TrackedEventMessage<?>> events = engine.readEvents(last, false)) {
                return events.limit(atMost).toList();
            }
        };
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken from) {
        return new Events(from);
    }

    @Override
    public TrackingToken createTailToken() {
        return store.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return store.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant at) {
        return store.createTokenAt(at);
    }

    /** @param token null before the first event */
    private record From(@Nullable TrackingToken token) {}

    private synchronized List<? extends TrackedEventMessage<?>> after(@Nullable TrackingToken last) {
        From from = new From(last);
        List<? extends TrackedEventMessage<?>> page = pages.get(from);
        if (page == null) {
            page = past.after(last, AT_ONCE);
            if (!page.isEmpty()) {
                pages.put(from, page);
            }
        }
        return page;
    }

    private synchronized boolean isRead(@Nullable TrackingToken last) {
        return pages.containsKey(new From(last));
    }

    private final class Events implements BlockingStream<TrackedEventMessage<?>> {
        private final Deque<TrackedEventMessage<?>> fetched = new ArrayDeque<>();
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
            fetched.addAll(after(last));
            if (!fetched.isEmpty()) {
                last = fetched.getLast().trackingToken();
            }
            boolean isLevel = fetched.size() < AT_ONCE && !isRead(last);
            next = isLevel ? clock.instant().plus(PAUSE) : Instant.MIN;
        }

        @Override
        public void close() {
            fetched.clear();
        }
    }
}
