package org.selfservice.query;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;

/**
 * A pure fold from events to documents. It reads no clock, sends nothing and asks nobody, so that the live projection, a
 * rebuild and a look into the past give the same.
 *
 * @param <V> the document, a record that the mapping can store
 */
public interface View<V> {
    /** Lower-case letters and hyphens; names collections, metrics and log lines. */
    String name();

    /** Raised when the fold or the document changes: the next start then folds from event zero beside the older one. */
    default int revision() {
        return 1;
    }

    Class<V> document();

    /** The families of events that it reads. */
    Set<Class<? extends Event>> reads();

    /** The one document that the event belongs to; null when the view is not interested. */
    @Nullable
    String id(Event event);

    V empty(String id);

    V apply(V document, Event event, Meta meta);

    /** What pages show of the document. */
    default Object shown(V document) {
        return document;
    }

    /** Values lifted beside the document so that an index can hold them; null ones are left out. */
    default Map<String, @Nullable Object> lifted(V document) {
        return Map.of();
    }

    default List<Index> indexes() {
        return List.of();
    }

    /**
     * @param fields lifted names, or {@code _id}; with a leading minus for descending order
     * @param unique at most one document has these values; documents without them do not count
     */
    record Index(boolean unique, List<String> fields) {
        public static Index unique(String field) {
            return new Index(true, List.of(field));
        }

        public static Index on(String... fields) {
            return new Index(false, List.of(fields));
        }
    }
}
