package org.selfservice.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What folding some events into a document gave.
 *
 * @param failure why the first waiting event could not be folded, when that was found out now
 */
record Folded<V>(
        Stored<V> stored, boolean changed, @Nullable Throwable failure) {

    /** Folds what is new to the document. From the first event that fails on, everything waits. */
    static <V> Folded<V> fold(View<V> view, Stored<V> before, List<Happened> events) {
        Stored<V> stored = before;
        Throwable failure = null;
        for (Happened one : events) {
            if (stored.has(one.stream(), one.sequence())) {
                continue;
            }
            if (stored.isParked()) {
                stored = stored.queued(one.stream(), one.sequence());
                continue;
            }
            try {
                stored = stored.folded(
                        view.apply(stored.document(), one.event(), one.meta()), one.stream(), one.sequence());
            } catch (RuntimeException | StackOverflowError | LinkageError e) {
                failure = e;
                stored = stored.queued(one.stream(), one.sequence());
            }
        }
        return new Folded<>(stored, stored != before, failure);
    }
}
