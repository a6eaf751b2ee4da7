package org.selfservice.query;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;

/** Folds events by hand, for tests of one document of one view: numbers per stream, a minute between two events. */
public final class Folds<V> {
    private final View<V> view;
    private final Map<String, Long> sequences = new HashMap<>();
    private Instant at = Samples.NOON;
    private V document;

    public Folds(View<V> view, String id) {
        this.view = view;
        this.document = view.empty(id);
    }

    public Folds<V> by(Author author, Event... events) {
        for (Event event : events) {
            long sequence = sequences.merge(event.stream(), 0L, (before, _) -> before + 1);
            document = view.apply(
                    document, event, new Meta(event.stream(), sequence, event.stream() + "#" + sequence, at, author));
            at = at.plusSeconds(60);
        }
        return this;
    }

    public V document() {
        return document;
    }

    public static <V> V of(View<V> view, List<Event> events) {
        return new Folds<>(view, view.id(events.getFirst()))
                .by(Samples.OFFICER, events.toArray(Event[]::new))
                .document();
    }
}
