package org.selfservice.web.analytics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that may be shown. What is about fewer than ten is left out, as somebody might be known by it; and where that is a
 * single number of a table, the next smallest too, as it could be found from the sum.
 */
public final class Suppression {
    public static final int FEWEST = 10;

    private Suppression() {}

    public static boolean hides(long count) {
        return count > 0 && count < FEWEST;
    }

    public static @Nullable Long of(long count) {
        return hides(count) ? null : Long.valueOf(count);
    }

    /** @param counts parts of one sum */
    public static List<@Nullable Long> ofParts(List<Long> counts) {
        List<@Nullable Long> shown = new ArrayList<>();
        counts.forEach(count -> shown.add(of(count)));
        if (counts.stream().filter(Suppression::hides).count() == 1) {
            IntStream.range(0, counts.size())
                    .filter(i -> counts.get(i) >= FEWEST)
                    .boxed()
                    .min(Comparator.comparing(counts::get))
                    .ifPresent(next -> shown.set(next, null));
        }
        return shown;
    }
}
