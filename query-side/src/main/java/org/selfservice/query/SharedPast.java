package org.selfservice.query;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The events of a store for many views. While they fold what is past, a page is read and deciphered once for all that are
 * about there; a view that is level follows the store by itself.
 */
final class SharedPast implements StreamableMessageSource<TrackedEventMessage<?>> {
    private static final int PAGE = 1000;
    private static final int KEPT = 8;
    /** How many milliseconds an event that is there may take to come. */
    private static final int PATIENCE = 1000;

    private final StreamableMessageSource<TrackedEventMessage<?>> store;
    private final Map<From, Page> pages = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<From, Page> eldest) {
            return size() > KEPT;
        }
    };
    private int readers;

    SharedPast(StreamableMessageSource<TrackedEventMessage<?>> store) {
        this.store = store;
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

    /** One page, which its first reader fills; the others wait for it, and not for those of other pages. */
    private static final class Page {
        private @Nullable List<TrackedEventMessage<?>> events;

        synchronized List<TrackedEventMessage<?>> read(
                StreamableMessageSource<TrackedEventMessage<?>> store, From from) {
            if (events == null) {
                List<TrackedEventMessage<?>> read = new ArrayList<>();
                long head = position(store.createHeadToken());
                long last = position(from.token());
                try (BlockingStream<TrackedEventMessage<?>> stream = store.openStream(from.token())) {
                    // a server that sends its events has not sent them yet
                    while (read.size() < PAGE
                            && (stream.hasNextAvailable()
                                    || last < head && stream.hasNextAvailable(PATIENCE, TimeUnit.MILLISECONDS))) {
                        read.add(stream.nextAvailable());
                        last = position(read.getLast().trackingToken());
                    }
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return List.of();
                }
                events = List.copyOf(read);
            }
            return events;
        }

        private static long position(@Nullable TrackingToken token) {
            return token == null ? -1 : token.position().orElse(-1);
        }
    }

    private List<TrackedEventMessage<?>> read(From from) {
        Page page;
        synchronized (pages) {
            page = pages.computeIfAbsent(from, _ -> new Page());
        }
        List<TrackedEventMessage<?>> events = page.read(store, from);
        if (events.size() < PAGE) {
            // There may be more in a moment.
            synchronized (pages) {
                pages.remove(from, page);
            }
        }
        return events;
    }

    private void begins() {
        synchronized (pages) {
            readers++;
        }
    }

    private void ends() {
        synchronized (pages) {
            readers--;
            if (readers == 0) {
                pages.clear();
            }
        }
    }

    private final class Events implements BlockingStream<TrackedEventMessage<?>> {
        private final Queue<TrackedEventMessage<?>> fetched = new ArrayDeque<>();
        private @Nullable TrackingToken last;
        private boolean isOver;
        private @Nullable BlockingStream<TrackedEventMessage<?>> live;

        Events(@Nullable TrackingToken from) {
            last = from;
            begins();
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            TrackedEventMessage<?> next = past();
            return next == null ? live().peek() : Optional.of(next);
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            return past() != null || live().hasNextAvailable(timeout, unit);
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            TrackedEventMessage<?> next = past();
            if (next == null) {
                return live().nextAvailable();
            }
            last = next.trackingToken();
            return fetched.remove();
        }

        private @Nullable TrackedEventMessage<?> past() {
            if (fetched.isEmpty() && !isOver) {
                List<TrackedEventMessage<?>> page = read(new From(last));
                fetched.addAll(page);
                isOver = page.size() < PAGE;
                if (isOver) {
                    ends();
                }
            }
            return fetched.peek();
        }

        private BlockingStream<TrackedEventMessage<?>> live() {
            if (live == null) {
                live = store.openStream(last);
            }
            return live;
        }

        @Override
        public void close() {
            if (!isOver) {
                isOver = true;
                ends();
            }
            fetched.clear();
            if (live != null) {
                live.close();
            }
        }
    }
}
