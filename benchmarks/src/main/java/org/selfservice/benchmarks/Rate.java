package org.selfservice.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How often something is done in a second. */
final class Rate {
    private Rate() {}

    /** Does something once; false when there is nothing left to do. */
    @FunctionalInterface
    interface Work {
        boolean once(int thread, int turn) throws Exception;
    }

    /** By so many virtual threads at a time, as the portal handles requests. */
    static double perSecond(int threads, Duration time, Work work) throws InterruptedException, ExecutionException {
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        long done = 0;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> turns = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                turns.add(executor.submit(() -> {
                    int turn = 0;
                    while (System.nanoTime() < end && work.once(thread, turn)) {
                        turn++;
                    }
                    return turn;
                }));
            }
            for (Future<Integer> turn : turns) {
                done += turn.get();
            }
        }
        return done * 1e9 / (System.nanoTime() - begun);
    }

    /** All of them, by sixteen at a time. */
    static <T> double perSecond(List<T> all, EachWork<T> work) throws InterruptedException, ExecutionException {
        return perSecond(16, Duration.ofHours(1), (thread, turn) -> {
            int index = turn * 16 + thread;
            if (index >= all.size()) {
                return false;
            }
            work.on(all.get(index));
            return true;
        });
    }

    @FunctionalInterface
    interface EachWork<T> {
        void on(T one) throws Exception;
    }
}
