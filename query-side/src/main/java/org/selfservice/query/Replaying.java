package org.selfservice.query;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.replay.Replays;
import org.selfservice.kernel.replay.Replays.Heard;
import org.selfservice.kernel.replay.ViewReplay;
import org.selfservice.kernel.replay.ViewReplay.Comparison;
import org.selfservice.kernel.replay.ViewReplay.State;
import org.selfservice.kernel.replay.ViewReplay.Wish;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does the replays that were asked for, wherever that was. A view is folded beside the live one and compared with it; then it
 * follows the events until somebody has it made live or stopped. What a process that is no more had begun is gone on with.
 */
final class Replaying implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Replaying.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    /** After so many looks the log says how far it is. */
    private static final int LOOKS_A_LINE = 4;

    private final Views views;
    private final Replays replays;
    private final Clock clock;
    private final String process = ManagementFactory.getRuntimeMXBean().getName();
    /** By number; what this process works on it does not take again. */
    private final Set<Long> attended = ConcurrentHashMap.newKeySet();

    private boolean looksFail;
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable ScheduledExecutorService looking;
    private volatile @Nullable ExecutorService folding;

    Replaying(Views views, Replays replays, Clock clock) {
        this.views = views;
        this.replays = replays;
        this.clock = clock;
    }

    /** Not before the views it compares with. */
    @Override
    public int getPhase() {
        return Views.PHASE + 1;
    }

    @Override
    public boolean isRunning() {
        return looking != null;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "replay"));
        ScheduledExecutorService look = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "replays"));
        look.scheduleWithFixedDelay(() -> take(threads), 250, 500, TimeUnit.MILLISECONDS);
        folding = threads;
        looking = look;
    }

    @Override
    public void stop() {
        stopping.countDown();
        ScheduledExecutorService look = looking;
        ExecutorService threads = folding;
        looking = null;
        if (look != null && threads != null) {
            look.close();
            threads.close();
        }
    }

    private void take(ExecutorService threads) {
        try {
            replays.take(process)
                    .filter(taken -> attended.add(taken.number()))
                    .ifPresent(taken -> threads.execute(() -> {
                        try {
                            replay(taken, threads);
                        } finally {
                            attended.remove(taken.number());
                        }
                    }));
            looksFail = false;
        } catch (RuntimeException e) {
            if (!looksFail) {
                log.warn("Looking for replays failed and is tried again: {}", Failure.of(e));
            }
            looksFail = true;
        }
    }

    private void replay(ViewReplay taken, ExecutorService threads) {
        Beside<?> beside = null;
        try {
            int live = views.generation(taken.view());
            if (taken.generation() > 0 && live >= taken.generation()) {
                // it was made live by a process that could not say so any more
                over(taken, State.LIVE, null);
                return;
            }
            if (taken.generation() == 0) {
                views.clearBeside(taken.view());
            }
            beside = views.beside(taken.view());
            attend(taken, beside, threads);
        } catch (RuntimeException e) {
            log.error("View {} could not be replayed and stays as it is: {}", taken.view(), Failure.of(e));
            fail(taken, beside, Failure.of(e));
        }
    }

    /** What cannot be dropped now is cleared away when the next replay begins; what became live all the same stays. */
    private void fail(ViewReplay replay, @Nullable Beside<?> beside, Failure why) {
        try {
            if (beside == null) {
                over(replay, State.FAILED, why.toString());
            } else if (views.generation(replay.view()) >= beside.generation()) {
                over(replay, State.LIVE, null);
            } else if (over(replay, State.FAILED, why.toString())) {
                beside.drop();
            } else {
                beside.leave();
            }
        } catch (RuntimeException e) {
            log.warn(
                    "What replay {} of view {} folded is still there: {}",
                    replay.number(),
                    replay.view(),
                    Failure.of(e));
        }
    }

    private void attend(ViewReplay taken, Beside<?> beside, ExecutorService threads) {
        Instant begun = clock.instant();
        long before = beside.done();
        CountDownLatch givenUp = new CountDownLatch(1);
        CompletableFuture<Rebuilt> comparing = null;
        try {
            ViewReplay now = taken;
            for (int look = 0; ; look++) {
                if (now.state() != State.COMPARED) {
                    now = foldedFurther(now, beside, before, begun);
                    if (comparing == null && now.progress().reachedAll()) {
                        comparing = CompletableFuture.supplyAsync(() -> beside.compare(givenUp, begun, clock), threads);
                    }
                    now = comparing != null && comparing.isDone() ? compared(now, comparing.join()) : now;
                }
                if (now.state() != State.COMPARED && look % LOOKS_A_LINE == LOOKS_A_LINE - 1) {
                    log.info("Replaying view {}: {}", now.view(), far(beside, begun));
                }
                Heard heard = keep(now);
                if (heard.isMine() && heard.wish() == Wish.STOP) {
                    beside.drop();
                    over(now, State.STOPPED, null);
                    return;
                }
                if (heard.isMine() && heard.wish() == Wish.SWAP && now.state() == State.COMPARED) {
                    makeLive(now, beside);
                    return;
                }
                if (!heard.isMine() || stopped(BETWEEN_LOOKS)) {
                    beside.leave();
                    return;
                }
            }
        } finally {
            givenUp.countDown();
        }
    }

    private ViewReplay foldedFurther(ViewReplay replay, Beside<?> beside, long before, Instant begun) {
        long done = beside.done();
        double seconds =
                Math.max(0.001, Duration.between(begun, clock.instant()).toMillis() / 1000.0);
        long perSecond = Math.round((done - before) / seconds);
        return replay.folding(beside.generation(), new ViewReplay.Progress(done, beside.total(), perSecond));
    }

    private String far(Beside<?> beside, Instant begun) {
        return new Progress(beside.total(), beside::done).after(Duration.between(begun, clock.instant()));
    }

    private static ViewReplay compared(ViewReplay replay, Rebuilt rebuilt) {
        log.info("{}", rebuilt);
        return replay.compared(new Comparison(
                rebuilt.same(),
                rebuilt.different().size(),
                rebuilt.different().stream()
                        .sorted()
                        .limit(ViewReplay.MOST_NAMED)
                        .toList()));
    }

    /** Once it has folded what has happened by now, so that nobody is shown an older state. */
    private void makeLive(ViewReplay replay, Beside<?> beside) {
        long head = beside.head();
        while (!beside.hasFolded(head)) {
            if (stopped(Duration.ofMillis(10))) {
                beside.leave();
                return;
            }
        }
        beside.makeLive();
        over(replay, State.LIVE, null);
    }

    /** While that cannot be written down it is nobody's, and whoever takes it next goes on with it. */
    private Heard keep(ViewReplay replay) {
        try {
            return replays.keep(replay, process);
        } catch (RuntimeException e) {
            log.warn("Replay {} of view {} is left for a while: {}", replay.number(), replay.view(), Failure.of(e));
            return new Heard(false, null);
        }
    }

    /** @return whether it is written down; if not, whoever takes it next finds that there is nothing left to do */
    private boolean over(ViewReplay replay, State end, @Nullable String why) {
        boolean isWritten = keep(replay.over(end, why, clock.instant())).isMine();
        if (isWritten) {
            log.info("Replay {} of view {} is over: {}", replay.number(), replay.view(), end);
        }
        return isWritten;
    }

    private boolean stopped(Duration wait) {
        try {
            return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
