package org.selfservice.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The engine of a store to which this process alone appends: it keeps the heads, and asks for nothing that cannot be there. */
final class OwnEngine extends JdbcEventStorageEngine {
    private final OwnHeads heads;

    OwnEngine(Builder builder, OwnHeads heads) {
        super(builder);
        this.heads = heads;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        super.appendEvents(events, serializer);
        Map<String, Long> grown = new HashMap<>();
        for (EventMessage<?> event : events) {
            if (event instanceof DomainEventMessage<?> one) {
                grown.merge(one.getAggregateIdentifier(), one.getSequenceNumber(), Math::max);
            }
        }
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new Outcome(grown));
        } else {
            grown.forEach(heads::appended);
        }
    }

    @Override
    protected List<? extends DomainEventData<?>> fetchDomainEvents(String stream, long from, int atOnce) {
        return heads.exists(stream) ? super.fetchDomainEvents(stream, from, atOnce) : List.of();
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String stream) {
        return heads.exists(stream) ? super.readSnapshotData(stream) : Stream.empty();
    }

    private final class Outcome implements TransactionSynchronization {
        private final Map<String, Long> grown;

        Outcome(Map<String, Long> grown) {
            this.grown = grown;
        }

        @Override
        public void afterCompletion(int status) {
            if (status == STATUS_COMMITTED) {
                grown.forEach(heads::appended);
            } else {
                grown.keySet().forEach(heads::forget);
            }
        }
    }
}
