package org.selfservice.command;

import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that were used lately. One is handed out only while its stream has not grown: another process may have
 * written to it, and a rule must not decide, nor say no, by what was. The longest unused goes first: a cache that weighs
 * how often would turn away whoever has just begun to apply.
 */
final class Kept implements Cache {
    private static final int AT_MOST = 10_000;
    private static final Duration UNUSED = Duration.ofMinutes(30);

    private final EventStore events;
    private final Heads heads;
    private final com.google.common.cache.Cache<Object, Object> entries = CacheBuilder.newBuilder()
            .maximumSize(AT_MOST)
            .expireAfterAccess(UNUSED)
            .build();

    Kept(EventStore events, Heads heads) {
        this.events = events;
        this.heads = heads;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> @Nullable V get(K key) {
        Object entry = entries.getIfPresent(key);
        if (entry instanceof AggregateCacheEntry<?> aggregate && !isCurrent(key.toString(), aggregate)) {
            entries.invalidate(key);
            return null;
        }
        return (V) entry;
    }

    @Override
    public void put(Object key, Object value) {
        entries.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return entries.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return entries.asMap().remove(key) != null;
    }

    @Override
    public void removeAll() {
        entries.invalidateAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    /** Nothing in the portal listens to its caches. */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        return () -> true;
    }

    // An entry that never left the memory hands its aggregate over without looking at the arguments.
    private boolean isCurrent(String stream, AggregateCacheEntry<?> entry) {
        Long version = entry.recreateAggregate(null, events, null).version();
        return version != null && heads.of(stream) == version;
    }
}
