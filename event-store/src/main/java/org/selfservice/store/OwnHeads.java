package org.selfservice.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.selfservice.kernel.StreamHeads;

/**
 * The heads of a store to which this process alone appends: what it appended is known without asking. An answer that is being
 * looked up while its stream grows is replaced afterwards, as the map holds back the one until the other is done.
 */
final class OwnHeads implements StreamHeads {
    private static final long NOTHING = -1;
    private static final int KEPT = 100_000;

    private final StreamHeads store;
    private final Cache<String, Long> known =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    OwnHeads(StreamHeads store) {
        this.store = store;
    }

    @Override
    public Map<String, Long> of(Collection<String> streams) {
        Map<String, Long> heads = new HashMap<>();
        for (String stream : streams) {
            long head = head(stream);
            if (head != NOTHING) {
                heads.put(stream, head);
            }
        }
        return heads;
    }

    boolean exists(String stream) {
        return head(stream) != NOTHING;
    }

    private long head(String stream) {
        return known.get(stream, one -> store.of(Set.of(one)).getOrDefault(one, NOTHING));
    }

    /** After the commit of an event. */
    void appended(String stream, long sequence) {
        known.asMap().merge(stream, sequence, Math::max);
    }

    /** When it is not known whether an event was committed. */
    void forget(String stream) {
        known.invalidate(stream);
    }
}
