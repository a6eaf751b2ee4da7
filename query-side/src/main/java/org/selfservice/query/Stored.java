package org.selfservice.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A view's document with what the runtime must know of it.
 *
 * @param revision of the stored document, raised by each write; 0 when nothing is stored yet
 * @param seen last sequence number that was folded, by stream
 * @param waiting events that are not folded because an earlier one failed, in order; the first is the one that failed
 */
record Stored<V>(String id, long revision, V document, Map<String, Long> seen, List<Waiting> waiting) {

    record Waiting(String stream, long sequence) {}

    static <V> Stored<V> none(View<V> view, String id) {
        return new Stored<>(id, 0, view.empty(id), Map.of(), List.of());
    }

    boolean isParked() {
        return !waiting.isEmpty();
    }

    /** Whether the event is in the document, or in its queue, already. */
    boolean has(String stream, long sequence) {
        return seen.getOrDefault(stream, -1L) >= sequence
                || waiting.stream().anyMatch(one -> one.stream().equals(stream) && one.sequence() >= sequence);
    }

    Stored<V> folded(V document, String stream, long sequence) {
        Map<String, Long> now = new LinkedHashMap<>(seen);
        now.put(stream, sequence);
        return new Stored<>(id, revision, document, now, waiting);
    }

    Stored<V> queued(String stream, long sequence) {
        List<Waiting> now = new ArrayList<>(waiting);
        now.add(new Waiting(stream, sequence));
        return new Stored<>(id, revision, document, seen, now);
    }

    Stored<V> written() {
        return new Stored<>(id, revision + 1, document, seen, waiting);
    }

    Stored<V> withNothingWaiting() {
        return new Stored<>(id, revision, document, seen, List.of());
    }
}
