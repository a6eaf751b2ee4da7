package org.selfservice.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.selfservice.benchmarks.Crowd.Draft;
import org.selfservice.benchmarks.Report.Goal;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.query.Listener;
import org.selfservice.query.View;
import org.selfservice.query.Views;

/**
 * How long after a command's answer its event can be read in the application's document, while commands flow evenly at half
 * of the rate that both sides in one process reached just before.
 */
final class Lag {
    private static final int THREADS = 16;

    private final Size size;
    private final Crowd crowd;
    private final List<Draft> drafts;

    private Lag(Size size, Crowd crowd, List<Draft> drafts) {
        this.size = size;
        this.crowd = crowd;
        this.drafts = drafts;
    }

    /** Hears of each document of the view of applications once it can be read. */
    static final class Seen implements Listener<ApplicationFile> {
        private final View<ApplicationFile> view;
        private final Map<String, ConcurrentSkipListMap<Long, Long>> at = new ConcurrentHashMap<>();

        @SuppressWarnings("unchecked")
        Seen(List<View<?>> views) {
            view = (View<ApplicationFile>) views.stream()
                    .filter(one -> one.document() == ApplicationFile.class)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public View<ApplicationFile> view() {
            return view;
        }

        @Override
        public void changed(ApplicationFile file) {
            at.computeIfAbsent(file.id().value(), _ -> new ConcurrentSkipListMap<>())
                    .putIfAbsent(file.sequence(), System.nanoTime());
        }

        /** When the document first held this event or a later one. */
        long at(String stream, long sequence) {
            return at.get(stream).ceilingEntry(sequence).getValue();
        }
    }

    private record Acknowledged(String stream, long sequence, long at) {}

    static Report measure(Size size, Path home) throws Exception {
        try (Sides sides = new Sides(home, "command,query", Seen.class)) {
            Crowd crowd = new Crowd(sides);
            Lag lag = new Lag(size, crowd, crowd.apply(crowd.register(size.people() / 3), Crowd.PROGRAM));
            Views views = sides.get(Views.class);
            double[] highest = new double[size.rounds()];
            for (int round = -1; round < size.rounds(); round++) {
                double rate = Rate.perSecond(THREADS, size.round(), lag::save);
                if (round >= 0) {
                    highest[round] = rate;
                }
            }
            awaitLevel(views);
            double half = Report.percentile(highest, 50) / 2;
            Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
            double flowed = lag.flow(half, acknowledged);
            awaitLevel(views);
            Seen seen = sides.get(Seen.class);
            double[] lags = acknowledged.stream()
                    .mapToDouble(one -> Math.max(0, seen.at(one.stream(), one.sequence()) - one.at()) / 1e6)
                    .toArray();
            return new Report()
                    .median("SaveAnswers with both sides in one process, 16 at a time", "/s", highest, null)
                    .one("Commands that flowed meanwhile", "/s", flowed, null)
                    .one("Lag of %,d events, p50".formatted(lags.length), "ms", Report.percentile(lags, 50), null)
                    .one("Lag, p99", "ms", Report.percentile(lags, 99), Goal.under(200))
                    .one("Lag, longest", "ms", Report.percentile(lags, 100), null);
        }
    }

    private boolean save(int thread, int turn) {
        Draft draft = draft(thread, turn);
        crowd.save(draft, Crowd.reason(draft));
        return true;
    }

    private Draft draft(int thread, int turn) {
        return drafts.get((turn * THREADS + thread) % (drafts.size() / THREADS * THREADS));
    }

    /** At a steady rate, which does not wait for slow answers: a thread that is late sends at once until it is on time. */
    private double flow(double perSecond, Queue<Acknowledged> acknowledged) throws Exception {
        long begun = System.nanoTime();
        double between = TimeUnit.SECONDS.toNanos(THREADS) / perSecond;
        return Rate.perSecond(THREADS, size.steady(), (thread, turn) -> {
            long due = begun + (long) (between * (turn + thread / (double) THREADS));
            for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            save(thread, turn);
            Draft draft = draft(thread, turn);
            acknowledged.add(new Acknowledged(draft.id.value(), draft.sequence, System.nanoTime()));
            return true;
        });
    }

    private static void awaitLevel(Views views) {
        while (views.names().stream().anyMatch(view -> views.lagInEvents(view) > 0)) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
