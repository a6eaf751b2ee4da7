package org.selfservice.kernel.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A point in the past, by a time or by the number of an event. What happened at it belongs to it.
 *
 * @param at null when no time limits it
 * @param number of an event among all; null when none limits it
 */
public record Moment(@Nullable Instant at, @Nullable Long number) {
    public static final Moment LATEST = new Moment(null, null);

    public static Moment at(Instant at) {
        return new Moment(at, null);
    }

    public static Moment after(long number) {
        return new Moment(null, number);
    }
}
