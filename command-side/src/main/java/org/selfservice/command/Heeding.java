package org.selfservice.command;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The events that one process handles. Of those that it does not it is given the last one there is, so that its position
 * moves on.
 *
 * @param handled types of events, also those that have kinds below them
 */
record Heeding(StreamableMessageSource<TrackedEventMessage<?>> all, Set<Class<?>> handled)
        implements StreamableMessageSource<TrackedEventMessage<?>> {

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken from) {
        return new Events(all.openStream(from));
    }

    @Override
    public TrackingToken createTailToken() {
        return all.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return all.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant at) {
        return all.createTokenAt(at);
    }

    private boolean isHandled(Class<?> type) {
        return handled.contains(type) || handled.stream().anyMatch(one -> one.isAssignableFrom(type));
    }

    private final class Events implements BlockingStream<TrackedEventMessage<?>> {
        private final BlockingStream<TrackedEventMessage<?>> rest;
        private @Nullable TrackedEventMessage<?> next;

        Events(BlockingStream<TrackedEventMessage<?>> rest) {
            this.rest = rest;
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return hasNextAvailable() ? Optional.ofNullable(next) : Optional.empty();
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            if (next == null && rest.hasNextAvailable(timeout, unit)) {
                next = rest.nextAvailable();
                while (!isHandled(next.getPayloadType()) && rest.hasNextAvailable()) {
                    next = rest.nextAvailable();
                }
            }
            return next != null;
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            while (next == null) {
                hasNextAvailable(1, TimeUnit.SECONDS);
            }
            TrackedEventMessage<?> event = next;
            next = null;
            return event;
        }

        @Override
        public void close() {
            rest.close();
        }
    }
}
