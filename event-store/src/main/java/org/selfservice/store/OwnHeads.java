package org.selfservice.store;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLongArray;
import org.selfservice.kernel.StreamHeads;

/**
 * The heads of a store to which this process alone appends: what it appended is known without asking. Nothing is locked while
 * the store is asked, as who is asked for may wait for a connection that another asker has. What a stream grew by meanwhile
 * is noticed by its stamp, and an answer of before is not kept.
 */
final class OwnHeads implements StreamHeads {
    private static final long NOTHING = -1;
    private static final int KEPT = 100_000;
    private static final int STAMPS = 1 << 12;

    private final StreamHeads store;
    private final BegunStreams begun;
    private final Cache<String, Long> known =
            CacheBuilder.newBuilder().maximumSize(KEPT).build();
    private final AtomicLongArray stamps = new AtomicLongArray(STAMPS);

    OwnHeads(StreamHeads store, BegunStreams begun) {
        this.store = store;
        this.begun = begun;
    }

    @Override
    public Map<String, Long> of(Collection<String> streams) {
        Map<String, Long> heads = new HashMap<>();
        Set<String> unknown = new TreeSet<>();
        for (String stream : streams) {
            Long head = known.getIfPresent(stream);
            if (head == null) {
                if (begun.mayHold(stream)) {
                    unknown.add(stream);
                }
            } else if (head != NOTHING) {
                heads.put(stream, head);
            }
        }
        if (!unknown.isEmpty()) {
            heads.putAll(ask(unknown));
        }
        return heads;
    }

    boolean exists(String stream) {
        return of(Set.of(stream)).containsKey(stream);
    }

    private Map<String, Long> ask(Set<String> unknown) {
        Map<String, Long> before = new HashMap<>();
        unknown.forEach(stream -> before.put(stream, stamps.get(stamp(stream))));
        Map<String, Long> found = store.of(unknown);
        unknown.forEach(stream -> keep(stream, found.getOrDefault(stream, NOTHING), before.get(stream)));
        return found;
    }

    private void keep(String stream, long head, long before) {
        known.asMap()
                .compute(
                        stream,
                        (_, newer) -> newer != null
                                ? newer
                                : stamps.get(stamp(stream)) == before ? Long.valueOf(head) : null);
    }

    /** After the commit of an event. */
    void appended(String stream, long sequence) {
        begun.add(stream);
        known.asMap().compute(stream, (_, head) -> {
            stamps.incrementAndGet(stamp(stream));
            return head == null ? sequence : Math.max(head, sequence);
        });
    }

    /** When it is not known whether an event was committed. */
    void forget(String stream) {
        begun.add(stream);
        known.asMap().compute(stream, (_, _) -> {
            stamps.incrementAndGet(stamp(stream));
            return null;
        });
    }

    private static int stamp(String stream) {
        return stream.hashCode() & (STAMPS - 1);
    }
}
