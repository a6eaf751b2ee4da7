package org.selfservice.query;

import com.mongodb.MongoWriteException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.bson.BSONException;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;

/**
 * Keeps one generation of a view: reads events in batches, folds them into their documents in memory and writes these at
 * once, before the position is stored. Delivered again, an event changes nothing; written meanwhile by another process, a
 * document is loaded and folded anew.
 */
final class Projection<V> {
    private static final int TRIES = 20;
    private static final int RECENT = 1000;

    private final View<V> view;
    private final Documents<V> documents;
    private final Parked parked;
    private final EventStore events;
    private final TokenStore tokens;
    private final TrackingEventProcessor processor;
    private final Recent recent = new Recent();
    private volatile Consumer<V> listener = _ -> {};
    private volatile @Nullable Instant newest;

    /**
     * @param segments how many threads of this and other processes may share the work; fixed at the generation's first start
     * @param batch most events that are folded before they are written
     */
    Projection(
            View<V> view,
            Documents<V> documents,
            Parked parked,
            EventStore events,
            SharedPast past,
            TokenStore tokens,
            int segments,
            int batch) {
        this.view = view;
        this.documents = documents;
        this.parked = parked;
        this.events = events;
        this.tokens = tokens;
        this.processor = TrackingEventProcessor.builder()
                .name(documents.name())
                .eventHandlerInvoker(new Batches())
                .messageSource(past)
                .tokenStore(tokens)
                .transactionManager(NoTransactionManager.instance())
                .trackingEventProcessorConfiguration(TrackingEventProcessorConfiguration.forParallelProcessing(segments)
                        .andInitialSegmentsCount(segments)
                        .andInitialTrackingToken(StreamableMessageSource::createTailToken)
                        .andBatchSize(batch))
                .build();
    }

    String name() {
        return documents.name();
    }

    View<V> view() {
        return view;
    }

    Documents<V> documents() {
        return documents;
    }

    void tell(Consumer<V> listener) {
        this.listener = listener;
    }

    void start() {
        documents.prepare();
        processor.start();
    }

    int generation() {
        return documents.generation();
    }

    CompletableFuture<Void> stop() {
        return processor.shutdownAsync();
    }

    /** The position up to which all segments of this process have read; -1 before the first event. */
    long position() {
        return isKeptElsewhere() ? Long.MAX_VALUE : positionHere();
    }

    /** Whether other processes do all the work on it: how far they are is theirs to say. */
    private boolean isKeptElsewhere() {
        return processor.processingStatus().isEmpty()
                && tokens.fetchSegments(name()).length > 0
                && tokens.fetchAvailableSegments(name()).isEmpty();
    }

    private long positionHere() {
        return processor.processingStatus().values().stream()
                .mapToLong(status -> status.getCurrentPosition().orElse(-1))
                .min()
                .orElse(-1);
    }

    /** Whether a segment of it cannot go on and tries again and again. */
    boolean isFailing() {
        return processor.processingStatus().values().stream().anyMatch(status -> status.isErrorState());
    }

    /** When the newest event that it folded was appended; null before the first. */
    @Nullable
    Instant newest() {
        return newest;
    }

    /** Folds what waits for a parked document. */
    void retry(String document) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Stored<V> stored = documents.load(List.of(document)).get(document);
            if (stored == null || !stored.isParked()) {
                parked.released(view.name(), name(), document);
                return;
            }
            List<Happened> waiting = stored.waiting().stream().map(this::read).toList();
            Folded<V> folded = Folded.fold(view, stored.withNothingWaiting(), waiting);
            try {
                if (!documents.write(folded.stored())) {
                    continue;
                }
            } catch (MongoWriteException | BSONException e) {
                parked.failed(view.name(), name(), document, e);
                return;
            }
            if (folded.failure() == null) {
                parked.released(view.name(), name(), document);
            } else {
                parked.failed(view.name(), name(), document, folded.failure());
            }
            listener.accept(folded.stored().document());
            return;
        }
    }

    private Happened read(Stored.Waiting event) {
        return new Happened(events.readEvents(event.stream(), event.sequence()).next());
    }

    private void fold(List<Happened> batch) {
        Map<String, List<Happened>> remaining = new LinkedHashMap<>();
        batch.forEach(one -> remaining
                .computeIfAbsent(view.id(one.event()), _ -> new ArrayList<>())
                .add(one));
        Map<String, Stored<V>> done = new LinkedHashMap<>();
        for (int attempt = 0; !remaining.isEmpty(); attempt++) {
            if (attempt == TRIES) {
                throw new IllegalStateException("documents of " + name() + " are written by others again and again");
            }
            Map<String, Stored<V>> before = attempt == 0 ? recent.orLoad(remaining.keySet()) : load(remaining.keySet());
            List<Stored<V>> changed = new ArrayList<>();
            for (String id : List.copyOf(remaining.keySet())) {
                Folded<V> folded = Folded.fold(view, before.get(id), remaining.getOrDefault(id, List.of()));
                if (folded.failure() != null) {
                    parked.failed(view.name(), name(), id, folded.failure());
                }
                done.put(id, folded.stored());
                if (folded.changed()) {
                    changed.add(folded.stored());
                } else {
                    remaining.remove(id);
                }
            }
            if (changed.isEmpty()) {
                break;
            }
            recent.forget(remaining.keySet());
            if (attempt > 0) {
                changed.forEach(one -> {
                    if (writeOrPark(one, before, remaining)) {
                        remaining.remove(one.id());
                    }
                });
            } else if (documents.writeAll(changed)) {
                changed.forEach(recent::written);
                break;
            }
        }
        newest = batch.getLast().message().getTimestamp();
        // Also for documents that were written at an earlier delivery: whoever waits may not have heard of it.
        done.values().forEach(one -> listener.accept(one.document()));
    }

    private Map<String, Stored<V>> load(Collection<String> ids) {
        Map<String, Stored<V>> found = documents.load(ids);
        ids.forEach(id -> found.computeIfAbsent(id, _ -> Stored.none(view, id)));
        return found;
    }

    /** One document at a time, to tell what another process wrote from what cannot be written at all. */
    private boolean writeOrPark(Stored<V> one, Map<String, Stored<V>> before, Map<String, List<Happened>> events) {
        try {
            return documents.write(one);
        } catch (MongoWriteException | BSONException e) {
            if (documents.load(List.of(one.id())).containsKey(one.id()) && one.revision() == 0) {
                return false;
            }
            Stored<V> waiting = before.get(one.id());
            for (Happened event : events.getOrDefault(one.id(), List.of())) {
                if (!waiting.has(event.stream(), event.sequence())) {
                    waiting = waiting.queued(event.stream(), event.sequence());
                }
            }
            parked.failed(view.name(), name(), one.id(), e);
            return documents.write(waiting);
        }
    }

    /** Collects a batch and folds it with its last event, so that a failure undoes the whole batch's position. */
    private final class Batches implements EventHandlerInvoker {
        @Override
        public boolean canHandle(EventMessage<?> message, Segment segment) {
            if (!(message instanceof DomainEventMessage<?>) || !canHandleType(message.getPayloadType())) {
                return false;
            }
            try {
                String id = view.id((Event) message.getPayload());
                return id != null && segment.matches(id);
            } catch (RuntimeException e) {
                throw Failure.standInFor(e);
            }
        }

        @Override
        public boolean canHandleType(Class<?> payloadType) {
            return view.reads().stream().anyMatch(family -> family.isAssignableFrom(payloadType));
        }

        @Override
        public void handle(EventMessage<?> message, Segment segment) {
            UnitOfWork<?> unit = CurrentUnitOfWork.get();
            List<Happened> batch = unit.getOrComputeResource(name(), _ -> new ArrayList<>());
            batch.add(new Happened((DomainEventMessage<?>) message));
            if (!(unit instanceof BatchingUnitOfWork<?> several) || several.isLastMessage()) {
                try {
                    fold(batch);
                } catch (RuntimeException e) {
                    throw Failure.standInFor(e);
                }
            }
        }
    }

    /**
     * The documents that were written last, as they were written: the next event is often about the same. A copy that is no
     * longer true cannot do harm, as a write that begins with it does not match.
     */
    private final class Recent {
        private final Map<String, Stored<V>> documents = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Stored<V>> eldest) {
                return size() > RECENT;
            }
        };

        Map<String, Stored<V>> orLoad(Collection<String> ids) {
            Map<String, Stored<V>> known = new HashMap<>();
            List<String> unknown = new ArrayList<>();
            synchronized (documents) {
                for (String id : ids) {
                    Stored<V> document = documents.get(id);
                    if (document == null) {
                        unknown.add(id);
                    } else {
                        known.put(id, document);
                    }
                }
            }
            if (!unknown.isEmpty()) {
                known.putAll(load(unknown));
            }
            return known;
        }

        void written(Stored<V> document) {
            synchronized (documents) {
                documents.put(document.id(), document.written());
            }
        }

        void forget(Collection<String> ids) {
            synchronized (documents) {
                ids.forEach(documents::remove);
            }
        }
    }
}
