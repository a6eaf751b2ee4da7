package org.selfservice.command;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.StreamHeads;

/**
 * How far streams are. While a command is handled they are asked once, all together: its own stream, those that it names,
 * and those that earlier commands on its stream relied on. What it did not foresee is asked when it is needed.
 */
final class Heads {
    static final long NOTHING = -1;

    private static final String KNOWN = Heads.class.getName();
    private static final int KEPT = 10_000;
    private static final int AT_MOST = 12;

    private final StreamHeads store;
    private final Cache<String, Set<String>> reliedOn = CacheBuilder.newBuilder()
            .maximumSize(KEPT)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    Heads(StreamHeads store) {
        this.store = store;
    }

    /** @return the sequence number of the stream's last event; {@link #NOTHING} when it does not exist */
    long of(String stream) {
        if (!CurrentUnitOfWork.isStarted()) {
            return store.of(Set.of(stream)).getOrDefault(stream, NOTHING);
        }
        UnitOfWork<?> work = CurrentUnitOfWork.get();
        return work.getMessage().getPayload() instanceof Command command
                ? of(stream, command, work.getOrComputeResource(KNOWN, _ -> new HashMap<>()))
                : store.of(Set.of(stream)).getOrDefault(stream, NOTHING);
    }

    private long of(String stream, Command command, Map<String, Long> known) {
        if (!known.containsKey(stream)) {
            Set<String> foreseen =
                    reliedOn.asMap().computeIfAbsent(command.stream(), _ -> ConcurrentHashMap.newKeySet());
            Set<String> wanted = new HashSet<>(foreseen);
            wanted.addAll(command.reliesOn());
            wanted.add(command.stream());
            wanted.add(stream);
            wanted.removeAll(known.keySet());
            Map<String, Long> heads = store.of(wanted);
            wanted.forEach(one -> known.put(one, heads.getOrDefault(one, NOTHING)));
            if (foreseen.size() < AT_MOST) {
                foreseen.add(stream);
            }
        }
        return known.get(stream);
    }
}
