package org.selfservice.query;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** All views of this process: starts and stops their projections, knows how far they are, retries what is parked. */
public final class Views implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Views.class);
    /** After Axon's own components, before the web server. */
    static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 2560;

    private static final Duration KEEP_REPLACED = Duration.ofMinutes(1);

    private final List<View<?>> views;
    private final List<Listener<?>> listeners;
    private final ViewStore store;
    private final Parked parked;
    private final EventStore events;
    private final SharedPast past;
    private final ViewSettings settings;
    private final Clock clock;
    private final Map<String, Projection<?>> live = new ConcurrentHashMap<>();
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor();
    private volatile TokenStore tokens;
    private volatile boolean running;
    private volatile boolean caughtUp;

    Views(
            List<View<?>> views,
            List<Listener<?>> listeners,
            ViewStore store,
            Parked parked,
            EventStore events,
            ViewSettings settings,
            Clock clock) {
        this.views = views;
        this.listeners = listeners;
        this.store = store;
        this.parked = parked;
        this.events = events;
        this.past = new SharedPast(events);
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        caughtUp = false;
        tokens = store.tokens();
        worker = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "views"));
        views.forEach(view -> live.put(view.name(), begin(view, store.liveGeneration(view), true)));
        running = true;
        if (settings.awaitAtStart()) {
            awaitCaughtUp();
        } else {
            worker.execute(this::awaitCaughtUp);
        }
        worker.scheduleWithFixedDelay(this::tend, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
        worker.shutdownNow();
        live.values().stream().map(Projection::stop).toList().forEach(CompletableFuture::join);
        live.clear();
    }

    /** Whether the views have been level with the events once since the start: from then on answers are current. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    public List<String> names() {
        return views.stream().map(View::name).toList();
    }

    /** Whether a view cannot go on, and tries again and again. */
    public boolean isFailing(String view) {
        return Optional.ofNullable(live.get(view)).map(Projection::isFailing).orElse(false);
    }

    /** How many events the view is behind. */
    public long lagInEvents(String view) {
        Projection<?> projection = live.get(view);
        return projection == null ? 0 : Math.max(0, head() - projection.position());
    }

    /** How long ago the newest event was appended that the view has seen, in seconds, when there are newer ones; else 0. */
    public double lagInSeconds(String view) {
        Projection<?> projection = live.get(view);
        Instant newest = projection == null ? null : projection.newest();
        return newest == null || lagInEvents(view) == 0
                ? 0
                : Duration.between(newest, clock.instant()).toMillis() / 1000.0;
    }

    /** Folds at once what waits for parked documents, without regard to when it is due. */
    public void retryParked() {
        parked.list().forEach(this::retry);
    }

    /** The generation that answers, also when another process made it live a moment ago. */
    public int generation(String view) {
        return store.refreshLiveGeneration(named(view));
    }

    /** How many documents the view has. */
    public long documents(String view) {
        return liveDocuments(named(view)).size();
    }

    /** Throws away what an earlier replay left beside the live view. */
    public void clearBeside(String view) {
        View<?> named = named(view);
        forget(store.documents(named, store.refreshLiveGeneration(named) + 1));
    }

    /**
     * Folds a view from event zero beside the live one, or goes on with what is there of such a replay; the portal serves
     * meanwhile. Nobody hears of what is folded, so that nothing happens a second time.
     *
     * @throws NoSuchElementException when there is no such view
     */
    public Beside<?> beside(String view) {
        return beside(named(view));
    }

    private <V> Beside<V> beside(View<V> view) {
        return new Beside<>(this, begin(view, store.refreshLiveGeneration(view) + 1, false));
    }

    private View<?> named(String name) {
        return views.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no view " + name));
    }

    <V> Documents<V> liveDocuments(View<V> view) {
        return store.documents(view, store.liveGeneration(view));
    }

    /** Other processes may go on with the replaced one for a moment. */
    <V> void makeLive(Projection<V> next, int generation) {
        Documents<V> before = liveDocuments(next.view());
        replace(next, generation).ifPresent(replaced -> replaced.stop().join());
        worker.schedule(() -> forget(before), KEEP_REPLACED.toSeconds(), TimeUnit.SECONDS);
    }

    private synchronized <V> Optional<Projection<?>> replace(Projection<V> next, int generation) {
        listen(next);
        store.goLive(next.view(), generation);
        return Optional.ofNullable(live.put(next.view().name(), next));
    }

    private <V> Projection<V> begin(View<V> view, int generation, boolean heard) {
        Projection<V> projection = new Projection<>(
                view,
                store.documents(view, generation),
                parked,
                events,
                past,
                tokens,
                settings.segments(),
                settings.batch());
        if (heard) {
            listen(projection);
        }
        projection.start();
        return projection;
    }

    @SuppressWarnings("unchecked")
    private <V> void listen(Projection<V> projection) {
        List<Listener<V>> interested = listeners.stream()
                .filter(listener ->
                        listener.view().name().equals(projection.view().name()))
                .map(listener -> (Listener<V>) listener)
                .toList();
        projection.tell(document -> interested.forEach(listener -> listener.changed(document)));
    }

    void forget(Documents<?> generation) {
        store.drop(generation);
        parked.forget(generation.name());
    }

    private void awaitCaughtUp() {
        awaitLevel(List.copyOf(live.values()));
        caughtUp = stopping.getCount() > 0;
    }

    /** Waits until the projections have read what had happened when it began, and says once a second how far they are. */
    private void awaitLevel(List<Projection<?>> projections) {
        long head = head();
        Instant begun = clock.instant();
        Progress progress = new Progress(
                (head + 1) * projections.size(),
                () -> projections.stream()
                        .mapToLong(one -> Math.min(head, one.position()) + 1)
                        .sum());
        Instant said = begun;
        while (projections.stream().anyMatch(one -> one.position() < head)) {
            if (stopped()) {
                throw new CancellationException("the views are stopping");
            }
            Instant now = clock.instant();
            if (Duration.between(said, now).toMillis() >= 1000) {
                said = now;
                log.info("Folding events into views: {}", progress.after(Duration.between(begun, now)));
            }
        }
        if (head >= 0) {
            log.info(
                    "Views {} are level: {}",
                    projections.stream().map(Projection::name).toList(),
                    progress.after(Duration.between(begun, clock.instant())));
        }
    }

    private boolean stopped() {
        try {
            return stopping.await(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    long head() {
        TrackingToken head = events.createHeadToken();
        return head == null ? -1 : head.position().orElse(-1);
    }

    private void tend() {
        try {
            Instant now = clock.instant();
            parked.list().stream()
                    .filter(entry -> !entry.nextTry().isAfter(now))
                    .forEach(this::retry);
            views.forEach(this::follow);
        } catch (RuntimeException e) {
            if (running) {
                log.warn("Tending the views failed and is tried again in a second: {}", Failure.of(e));
            }
        }
    }

    private void retry(Parked.Entry entry) {
        live.values().stream()
                .filter(projection -> projection.name().equals(entry.generation()))
                .forEach(projection -> projection.retry(entry.document()));
    }

    /** Another process may have made another generation live. */
    private synchronized void follow(View<?> view) {
        int generation = store.refreshLiveGeneration(view);
        Projection<?> current = live.get(view.name());
        if (current != null
                && !current.name().equals(store.documents(view, generation).name())) {
            live.put(view.name(), begin(view, generation, true));
            current.stop().join();
        }
    }
}
