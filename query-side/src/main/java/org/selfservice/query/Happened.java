package org.selfservice.query;

import org.axonframework.eventhandling.DomainEventMessage;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;

/** An event with its place in its stream. */
record Happened(DomainEventMessage<?> message) {
    String stream() {
        return message.getAggregateIdentifier();
    }

    long sequence() {
        return message.getSequenceNumber();
    }

    Event event() {
        return (Event) message.getPayload();
    }

    Meta meta() {
        return new Meta(
                stream(),
                sequence(),
                message.getIdentifier(),
                message.getTimestamp(),
                Author.from(message.getMetaData()));
    }
}
