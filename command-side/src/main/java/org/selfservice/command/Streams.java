package org.selfservice.command;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.time.Instant;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.selfservice.kernel.Event;

/**
 * What other streams say, for rules that reach beyond one aggregate: folded once, kept, and continued when the stream
 * has grown. Never locked and never stale: how far the stream is, is asked for each command.
 */
public final class Streams {
    private static final int KEPT = 10_000;

    private final EventStore events;
    private final Heads heads;
    private final Cache<Key, Facts<?>> kept = CacheBuilder.newBuilder()
            .maximumSize(KEPT)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    Streams(EventStore events, Heads heads) {
        this.events = events;
        this.heads = heads;
    }

    /** How a stream is understood. */
    public record Reading<E extends Event, F>(Class<E> events, F nothing, Fold<E, F> fold) {}

    @FunctionalInterface
    public interface Fold<E, F> {
        F after(F facts, E event, long sequence, Instant at);
    }

    /** @param sequence of the last event that the facts rest on; -1 when the stream does not exist */
    public record Facts<F>(F facts, long sequence) {
        public boolean exist() {
            return sequence >= 0;
        }
    }

    private record Key(Class<?> facts, String stream) {}

    @SuppressWarnings("unchecked")
    public <E extends Event, F> Facts<F> read(Reading<E, F> reading, String stream) {
        long last = heads.of(stream);
        if (last == Heads.NOTHING) {
            return new Facts<>(reading.nothing(), -1);
        }
        Key key = new Key(reading.nothing().getClass(), stream);
        Facts<F> known = (Facts<F>) kept.getIfPresent(key);
        if (known == null || known.sequence() > last) {
            known = new Facts<>(reading.nothing(), -1);
        }
        if (known.sequence() == last) {
            return known;
        }
        Facts<F> grown = readOn(reading, stream, known);
        kept.put(key, grown);
        return grown;
    }

    // Naming the first sequence number keeps snapshots out.
    private <E extends Event, F> Facts<F> readOn(Reading<E, F> reading, String stream, Facts<F> known) {
        F facts = known.facts();
        long sequence = known.sequence();
        var news = events.readEvents(stream, sequence + 1);
        while (news.hasNext()) {
            DomainEventMessage<?> message = news.next();
            sequence = message.getSequenceNumber();
            if (reading.events().isInstance(message.getPayload())) {
                facts = reading.fold()
                        .after(facts, reading.events().cast(message.getPayload()), sequence, message.getTimestamp());
            }
        }
        return new Facts<>(facts, sequence);
    }
}
