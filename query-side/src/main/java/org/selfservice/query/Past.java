package org.selfservice.query;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.audit.History;
import org.selfservice.kernel.audit.Moment;
import org.selfservice.kernel.audit.Place;
import org.springframework.stereotype.Component;

/** Documents of views as they were, by the same folds over a part of the events. It reads the streams in question alone. */
@Component
public final class Past {
    private final EventStore events;
    private final History history;
    private final Map<String, View<?>> views;

    Past(EventStore events, History history, List<View<?>> views) {
        this.events = events;
        this.history = history;
        this.views = views.stream().collect(Collectors.toMap(View::name, Function.identity()));
    }

    /**
     * A document at some time.
     *
     * @param shown what pages show of it, see {@link View#shown}
     * @param events those that it was made of, in their order
     */
    public record Then(Object shown, List<Event> events) {}

    /** What one event made of a document. */
    public record Step(Place place, Event event, Object before, Object after) {}

    /**
     * @param view by name
     * @param id of the document
     * @param subject the stream that it is made of; a registrant's for all that is about them
     */
    public Then at(String view, String id, String subject, Moment moment) {
        List<Happened> past = read(history.upTo(subject, moment));
        return new Then(
                fold(view(view), id, past), past.stream().map(Happened::event).toList());
    }

    /** What some events of a stream made of the view's document, which is folded from this stream alone. */
    public List<Step> steps(String view, String stream, Set<Long> sequences) {
        return steps(view(view), stream, sequences);
    }

    private <V> List<Step> steps(View<V> view, String stream, Set<Long> sequences) {
        List<Step> steps = new ArrayList<>();
        long last = Collections.max(sequences);
        Stored<V> stored = null;
        for (DomainEventStream all = events.readEvents(stream, 0);
                all.hasNext() && all.peek().getSequenceNumber() <= last; ) {
            Happened one = new Happened(all.next());
            Stored<V> before = stored == null ? Stored.none(view, idOf(view, one)) : stored;
            stored = Folded.fold(view, before, List.of(one)).stored();
            if (sequences.contains(one.sequence())) {
                steps.add(new Step(
                        new Place(one.stream(), one.sequence()),
                        one.event(),
                        view.shown(before.document()),
                        view.shown(stored.document())));
            }
        }
        return steps;
    }

    /** Whether something of the kind ever happened in the stream. */
    public boolean has(String stream, Class<? extends Event> kind) {
        return events.readEvents(stream, 0)
                .asStream()
                .anyMatch(message -> kind.isAssignableFrom(message.getPayloadType()));
    }

    private static String idOf(View<?> view, Happened one) {
        return Objects.requireNonNull(view.id(one.event()), view.name());
    }

    private static <V> Object fold(View<V> view, String id, List<Happened> past) {
        return view.shown(
                Folded.fold(view, Stored.none(view, id), past).stored().document());
    }

    /** Of each stream from its begin on and without a gap, whatever the clocks of those who wrote it said. */
    private List<Happened> read(List<Place> places) {
        Map<String, DomainEventStream> streams = new HashMap<>();
        List<Happened> past = new ArrayList<>();
        for (Place place : places) {
            DomainEventStream stream = streams.computeIfAbsent(place.stream(), one -> events.readEvents(one, 0));
            if (stream.hasNext() && stream.peek().getSequenceNumber() == place.sequence()) {
                past.add(new Happened(stream.next()));
            }
        }
        return past;
    }

    private View<?> view(String name) {
        return views.get(name);
    }
}
