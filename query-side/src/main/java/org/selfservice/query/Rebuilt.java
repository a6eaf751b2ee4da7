package org.selfservice.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a rebuild gave.
 *
 * @param same documents that are as they were
 * @param different ids of documents that the live view had otherwise, or not at all, or that only it had
 */
public record Rebuilt(String view, int generation, long same, Set<String> different, Duration took) {
    private static final int CHUNK = 500;

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
        Set<String> ids = new TreeSet<>(before.ids());
        ids.addAll(after.ids());
        for (List<String> some : chunks(List.copyOf(ids))) {
            if (stopping.getCount() == 0) {
                throw new CancellationException("nobody waits for the comparison any more");
            }
            Map<String, Stored<V>> left = before.load(some);
            Map<String, Stored<V>> right = after.load(some);
            some.stream().filter(id -> !agree(left.get(id), right.get(id))).forEach(doubtful::add);
        }
        for (int look = 0; look < 10 && !doubtful.isEmpty(); look++) {
            Map<String, Stored<V>> left = before.load(doubtful);
            Map<String, Stored<V>> right = after.load(doubtful);
            doubtful.removeIf(id -> agree(left.get(id), right.get(id)));
            if (!doubtful.isEmpty() && stopped(stopping)) {
                break;
            }
        }
        return new Rebuilt(
                view,
                generation,
                ids.size() - doubtful.size(),
                new HashSet<>(doubtful),
                Duration.between(begun, clock.instant()));
    }

    private static List<List<String>> chunks(List<String> ids) {
        return IntStream.iterate(0, from -> from < ids.size(), from -> from + CHUNK)
                .mapToObj(from -> ids.subList(from, Math.min(ids.size(), from + CHUNK)))
                .toList();
    }

    private static <V> boolean agree(@Nullable Stored<V> one, @Nullable Stored<V> other) {
        return one != null
                && other != null
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
