package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OwnHeadsTest {
    private final Map<String, Long> store = new HashMap<>(Map.of("case", 4L));
    private final List<String> asked = new ArrayList<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final OwnHeads heads = new OwnHeads(
            streams -> {
                asked.addAll(streams);
                Map<String, Long> found = new HashMap<>(store);
                found.keySet().retainAll(streams);
                return found;
            },
            new BegunStreams());

    @Test
    void areAskedForOnce() {
        assertThat(heads.of(Set.of("case", "other"))).isEqualTo(Map.of("case", 4L));
        assertThat(heads.of(Set.of("case", "other"))).isEqualTo(Map.of("case", 4L));
        assertThat(asked).containsExactlyInAnyOrder("case", "other");
        assertThat(heads.exists("other")).isFalse();
    }

    @Test
    void growWithWhatIsAppendedAndNeverShrink() {
        heads.appended("case", 6);
        heads.appended("case", 5);
        assertThat(heads.of(Set.of("case"))).isEqualTo(Map.of("case", 6L));
        assertThat(asked).isEmpty();
    }

    @Test
    void areAskedAgainWhenAnOutcomeIsNotKnown() {
        heads.of(Set.of("case"));
        store.put("case", 5L);
        heads.forget("case");
        assertThat(heads.of(Set.of("case"))).isEqualTo(Map.of("case", 5L));
    }

    @Test
    void areRightAlthoughTheStreamGrowsWhileItIsLookedUp() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        OwnHeads slow = new OwnHeads(
                _ -> {
                    looking.countDown();
                    await(answer);
                    return Map.of("case", 4L);
                },
                new BegunStreams());
        CompletableFuture<Map<String, Long>> early =
                CompletableFuture.supplyAsync(() -> slow.of(Set.of("case")), threads);
        await(looking);
        CompletableFuture<Void> appended = CompletableFuture.runAsync(() -> slow.appended("case", 5), threads);
        answer.countDown();
        assertThat(early.get(10, TimeUnit.SECONDS)).isIn(Map.of("case", 4L), Map.of("case", 5L));
        appended.get(10, TimeUnit.SECONDS);
        assertThat(slow.of(Set.of("case"))).isEqualTo(Map.of("case", 5L));
    }

    /** Who asks may hold what another asker needs to get its answer: a connection of the pool. */
    @Test
    void areAskedForByManyAtOnceAndNobodyWaitsForAnother() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        OwnHeads asking = new OwnHeads(
                _ -> {
                    both.countDown();
                    await(both);
                    return Map.of("case", 4L);
                },
                new BegunStreams());
        CompletableFuture<Map<String, Long>> one =
                CompletableFuture.supplyAsync(() -> asking.of(Set.of("case")), threads);
        CompletableFuture<Map<String, Long>> other =
                CompletableFuture.supplyAsync(() -> asking.of(Set.of("case")), threads);
        assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(Map.of("case", 4L));
        assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo(Map.of("case", 4L));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
