package org.selfservice.query;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** How far folding is. */
record Progress(long total, LongSupplier done) {
    /** For example {@code 4000 of 10000 events (40 %), 2000/s, 3 s left}. */
    String after(Duration time) {
        long so = Math.clamp(done.getAsLong(), 0, total);
        double rate = so / Math.max(0.001, time.toMillis() / 1000.0);
        return String.format(
                Locale.ROOT,
                "%d of %d events (%d %%), %.0f/s, %s",
                so,
                total,
                total == 0 ? 100 : so * 100 / total,
                rate,
                so * 100 < total ? "time left unknown" : "%.0f s left".formatted((total - so) / rate));
    }
}
