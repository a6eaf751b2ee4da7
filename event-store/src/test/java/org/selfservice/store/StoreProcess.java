package org.selfservice.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.StreamHeads;
import org.springframework.context.ApplicationContext;

/** The store as one process of the portal has it. */
record StoreProcess(ApplicationContext context) {
    static final Map<String, String> AUTHOR = Author.portal("c-1").toMetaData();

    EventStore events() {
        return context.getBean(EventStore.class);
    }

    StreamHeads heads() {
        return context.getBean(StreamHeads.class);
    }

    Keys keys() {
        return context.getBean(Keys.class);
    }

    @SuppressWarnings("unchecked")
    StreamableMessageSource<TrackedEventMessage<?>> eventsForProcesses() {
        return context.getBean("eventsForProcesses", StreamableMessageSource.class);
    }

    /** @param sequence of the first of them, which are all of one stream */
    void append(long sequence, Event... appended) {
        List<DomainEventMessage<Event>> messages = new ArrayList<>();
        for (Event event : appended) {
            messages.add(message(sequence + messages.size(), event));
        }
        events().publish(messages);
    }

    static DomainEventMessage<Event> message(long sequence, Event event) {
        return new GenericDomainEventMessage<>("Application", event.stream(), sequence, event, AUTHOR);
    }

    /** With snapshots, as an aggregate reads it. */
    List<Object> history(String stream) {
        return events().readEvents(stream)
                .asStream()
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
    }

    /** As it is after it was kept between two starts. */
    TrackingToken kept(TrackingToken position) {
        Serializer serializer = context.getBean(Serializer.class);
        SerializedObject<byte[]> stored = serializer.serialize(position, byte[].class);
        return serializer.deserialize(stored);
    }
}
