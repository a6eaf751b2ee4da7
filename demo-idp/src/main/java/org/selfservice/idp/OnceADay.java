package org.selfservice.idp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values that are good for one use in 24 hours. */
final class OnceADay {
    private static final Duration DAY = Duration.ofHours(24);

    private final Map<String, Instant> used = new LinkedHashMap<>();
    private final Clock clock;

    OnceADay(Clock clock) {
        this.clock = clock;
    }

    /** False: it was used before. */
    synchronized boolean first(String value) {
        Instant now = clock.instant();
        used.values().removeIf(at -> at.plus(DAY).isBefore(now));
        return used.putIfAbsent(value, now) == null;
    }
}
