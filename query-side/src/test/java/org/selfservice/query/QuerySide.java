package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.event.CommandListener;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.GenericQueryMessage;
import org.axonframework.queryhandling.GenericSubscriptionQueryMessage;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.SimpleQueryUpdateEmitter;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.audit.History;
import org.selfservice.kernel.audit.History.Line;
import org.selfservice.kernel.audit.Place;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.replay.Replays;
import org.selfservice.kernel.replay.ViewReplay;
import org.selfservice.kernel.replay.ViewReplay.State;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The whole query side with Axon's event store in memory and the stand-in for MongoDB, as the configuration wires it. */
public final class QuerySide implements AutoCloseable {
    private final EventStore events;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final QueryBus queries;
    private final Remembered history = new Remembered();
    private final Map<String, Long> sequences = new HashMap<>();

    public QuerySide(View<?>... more) {
        this(inMemory(), Map.of(), more);
    }

    public QuerySide(EventStore events, Map<String, Object> properties, View<?>... more) {
        this(events, properties, new KeptReplays(Clock.systemUTC()), more);
    }

    /** @param replays which it may have in common with another process */
    QuerySide(EventStore events, Map<String, Object> properties, Replays replays, View<?>... more) {
        this(events, properties, context -> context.registerBean(Replays.class, () -> replays), more);
    }

    private QuerySide(
            EventStore events,
            Map<String, Object> properties,
            Consumer<AnnotationConfigApplicationContext> beans,
            View<?>... more) {
        this.events = events;
        SimpleQueryUpdateEmitter updates = SimpleQueryUpdateEmitter.builder().build();
        queries = SimpleQueryBus.builder().queryUpdateEmitter(updates).build();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        context.registerBean(EventStore.class, () -> events);
        context.registerBean(QueryUpdateEmitter.class, () -> updates);
        beans.accept(context);
        context.registerBean(History.class, () -> history);
        for (View<?> view : more) {
            context.registerBean(view.name(), View.class, () -> view);
        }
        context.register(QuerySideConfiguration.class);
        context.refresh();
        Arrays.stream(context.getBeanDefinitionNames())
                .map(context::getBean)
                .filter(QuerySide::answers)
                .forEach(bean -> new AnnotationQueryHandlerAdapter<>(bean).subscribe(queries));
    }

    /** As the framework finds them in a portal. */
    private static boolean answers(Object bean) {
        return Arrays.stream(bean.getClass().getDeclaredMethods())
                .anyMatch(method -> method.isAnnotationPresent(QueryHandler.class));
    }

    /** @param listener hears of every command to the views' database, which is asked for lists as MongoDB is */
    static QuerySide hearing(CommandListener listener) {
        return hearing(listener, Map.of("portal.views.shelved", false));
    }

    static QuerySide hearing(CommandListener listener, Map<String, Object> properties) {
        return new QuerySide(inMemory(), properties, context -> {
            context.registerBean(CommandListener.class, () -> listener);
            context.registerBean(Replays.class, () -> new KeptReplays(Clock.systemUTC()));
        });
    }

    /** @param listener hears of the view's documents */
    static <V> QuerySide telling(View<V> view, Consumer<V> listener) {
        Listener<V> heard = new Listener<>() {
            @Override
            public View<V> view() {
                return view;
            }

            @Override
            public void changed(V document) {
                listener.accept(document);
            }
        };
        return new QuerySide(
                inMemory(),
                Map.of(),
                context -> {
                    context.registerBean(Listener.class, () -> heard);
                    context.registerBean(Replays.class, () -> new KeptReplays(Clock.systemUTC()));
                },
                view);
    }

    static EventStore inMemory() {
        return EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
    }

    /** Appends them in one commit. */
    public void happen(Author author, Event... happened) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (Event event : happened) {
            messages.add(new GenericDomainEventMessage<>(
                    event.getClass().getSimpleName(),
                    event.stream(),
                    sequences.merge(event.stream(), 0L, (before, _) -> before + 1),
                    event,
                    author.toMetaData()));
        }
        events.publish(messages);
        messages.forEach(message -> history.keep(List.of(new Line(
                history.next(),
                new Place(message.getAggregateIdentifier(), message.getSequenceNumber()),
                message.getType(),
                message.getTimestamp(),
                author,
                registrant((Event) message.getPayload()),
                null))));
    }

    private static @Nullable RegistrantId registrant(Event event) {
        return switch (event) {
            case RegistrantEvent one -> one.registrant();
            case ApplicationEvent one -> one.registrant();
            case EnrolmentEvent one -> one.registrant();
            default -> null;
        };
    }

    /** The newest of what happened. */
    public Line last() {
        return history.last();
    }

    /** The stream has so many events already. */
    public void resume(String stream, long count) {
        sequences.put(stream, count - 1);
    }

    public <A> A ask(Query<A> query) {
        return queries.query(new GenericQueryMessage<>(query, ResponseTypes.instanceOf(query.answer())))
                .join()
                .getPayload();
    }

    /** The first answer, at once or after an update, that fulfils the condition. */
    public <A> Optional<A> ask(Query<A> query, Predicate<A> until, Runnable meanwhile) {
        try (var answers = queries.subscriptionQuery(new GenericSubscriptionQueryMessage<>(
                query, ResponseTypes.instanceOf(query.answer()), ResponseTypes.instanceOf(query.answer())))) {
            A first = answers.initialResult().block().getPayload();
            meanwhile.run();
            return Stream.concat(
                            Stream.of(first),
                            answers.updates()
                                    .map(update -> update.getPayload())
                                    .filter(until)
                                    .take(1)
                                    .take(Duration.ofSeconds(5))
                                    .toStream())
                    .filter(until)
                    .findFirst();
        }
    }

    public void awaitLevel() {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(60))
                .until(() -> views().names().stream().allMatch(view -> views().lagInEvents(view) == 0));
    }

    public Views views() {
        return context.getBean(Views.class);
    }

    public Replays replays() {
        return context.getBean(Replays.class);
    }

    /** Asks for a replay, waits for what it comes to, and has it made live. */
    public ViewReplay replayed(String view) {
        assertThat(replays().ask(view, "test")).isTrue();
        ViewReplay compared = awaitState(view, State.COMPARED);
        assertThat(replays().swap(view)).isTrue();
        awaitState(view, State.LIVE);
        return compared;
    }

    public ViewReplay awaitState(String view, State state) {
        return await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(() -> replays().of(view, 1).getFirst(), replay -> replay.state() == state);
    }

    public Parked parked() {
        return context.getBean(Parked.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    EventStore events() {
        return events;
    }

    @Override
    public void close() {
        context.close();
    }
}
