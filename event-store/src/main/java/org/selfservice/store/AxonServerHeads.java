package org.selfservice.store;

import io.axoniq.axonserver.connector.ResultStream;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.selfservice.kernel.StreamHeads;

/**
 * One question for each stream, all of them at once.
 *
 * @param patience how long to wait for all answers
 */
record AxonServerHeads(Supplier<EventChannel> server, Duration patience) implements StreamHeads, BegunStreams.Store {
    private static final int AT_ONCE = 1_000;

    @Override
    public Map<String, Long> of(Collection<String> streams) {
        EventChannel channel = server.get();
        Map<String, CompletableFuture<Long>> asked = new HashMap<>();
        streams.forEach(stream -> asked.put(stream, channel.findHighestSequence(stream)));
        Map<String, Long> heads = new HashMap<>();
        long until = System.nanoTime() + patience.toNanos();
        asked.forEach((stream, answer) -> {
            long head = await(answer, until - System.nanoTime());
            if (head >= 0) {
                heads.put(stream, head);
            }
        });
        return heads;
    }

    /** The server names no streams, so that all events pass by; none of them is deciphered. */
    @Override
    public void eachStream(Consumer<String> stream) {
        EventChannel channel = server.get();
        long last = await(channel.getLastToken(), patience.toNanos());
        try (ResultStream<EventWithToken> events = channel.openStream(-1, AT_ONCE)) {
            for (long at = -1; at < last; ) {
                EventWithToken next = events.nextIfAvailable(patience.toNanos(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new EventStoreException("no event came within " + patience + " though there are more");
                }
                Event event = next.getEvent();
                if (event.getAggregateSequenceNumber() == 0) {
                    stream.accept(event.getAggregateIdentifier());
                }
                at = next.getToken();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("interrupted while streams are read", stop);
        }
    }

    private static long await(CompletableFuture<Long> answer, long nanos) {
        try {
            return answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("interrupted while asking how far a stream is", stop);
        } catch (ExecutionException | TimeoutException failed) {
            throw new EventStoreException("how far a stream is cannot be asked", failed);
        }
    }
}
