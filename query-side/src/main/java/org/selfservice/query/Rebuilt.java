package org.selfservice.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a rebuild gave.
 *
 * @param same documents that are as they were
 * @param different ids of documents that the live view had otherwise, or not at all, or that only it had
 */
public record Rebuilt(String view, int generation, long same, Set<String> different, Duration took) {

    /** Both sides may still be written: documents that do not agree are looked at again before they count as different. */
    static <V> Rebuilt compare(
            String view,
            int generation,
            Documents<V> before,
            Documents<V> after,
            CountDownLatch stopping,
            Instant begun,
            Clock clock) {
        Set<String> doubtful = new TreeSet<>();
        Map<String, Long> sizes = new HashMap<>();
        before.each(one -> {
            sizes.merge("documents", 1L, Long::sum);
            if (!agree(one, after.load(List.of(one.id())).get(one.id()))) {
                doubtful.add(one.id());
            }
        });
        after.each(one -> {
            if (!doubtful.contains(one.id()) && before.load(List.of(one.id())).get(one.id()) == null) {
                sizes.merge("documents", 1L, Long::sum);
                doubtful.add(one.id());
            }
        });
        for (int look = 0; look < 10 && !doubtful.isEmpty(); look++) {
            Map<String, Stored<V>> left = before.load(doubtful);
            Map<String, Stored<V>> right = after.load(doubtful);
            doubtful.removeIf(id -> left.containsKey(id) && agree(left.get(id), right.get(id)));
            if (!doubtful.isEmpty() && stopped(stopping)) {
                break;
            }
        }
        return new Rebuilt(
                view,
                generation,
                sizes.getOrDefault("documents", 0L) - doubtful.size(),
                new HashSet<>(doubtful),
                Duration.between(begun, clock.instant()));
    }

    private static <V> boolean agree(Stored<V> one, Stored<V> other) {
        return other != null
                && one.document().equals(other.document())
                && one.seen().equals(other.seen())
                && one.waiting().equals(other.waiting());
    }

    private static boolean stopped(CountDownLatch stopping) {
        try {
            return stopping.await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public String toString() {
        return "View %s was rebuilt as generation %d in %d ms: %d documents are the same, %d differ%s"
                .formatted(
                        view,
                        generation,
                        took.toMillis(),
                        same,
                        different.size(),
                        different.isEmpty()
                                ? ""
                                : ": " + different.stream().limit(20).toList());
    }
}
