package org.selfservice.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Clock;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.selfservice.kernel.StreamHeads;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/** Events in a PostgreSQL database of their own: the embedded server's, or that of a server with an address. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "portal.store.axon-server", matchIfMissing = true, havingValue = "false")
class EventsInPostgresql {
    private static final EventSchema SCHEMA = EventSchema.builder()
            .eventTable("event")
            .snapshotTable("snapshot")
            .globalIndexColumn("global_index")
            .timestampColumn("occurred_at")
            .eventIdentifierColumn("event_id")
            .aggregateIdentifierColumn("stream")
            .sequenceNumberColumn("sequence_number")
            .typeColumn("aggregate_type")
            .payloadTypeColumn("event_name")
            .payloadRevisionColumn("revision")
            .payloadColumn("payload")
            .metaDataColumn("metadata")
            .build();

    @Bean
    HikariDataSource eventsDataSource(Databases databases) {
        HikariDataSource events = databases.open(Databases.EVENTS);
        databases.claimEvents(Databases.EVENTS);
        return events;
    }

    /** Takes a connection from the pool only when something is read or written. */
    @Bean(defaultCandidate = false)
    LazyConnectionDataSourceProxy eventsOnDemand(@Qualifier("eventsDataSource") HikariDataSource eventsDataSource) {
        return new LazyConnectionDataSourceProxy(eventsDataSource);
    }

    @Bean
    BegunStreams begunStreams() {
        return new BegunStreams();
    }

    @Bean
    StreamHeads streamHeads(
            Databases databases,
            @Qualifier("eventsOnDemand") LazyConnectionDataSourceProxy eventsOnDemand,
            BegunStreams begun) {
        StreamHeads asked = new JdbcStreamHeads(eventsOnDemand);
        return databases.isAlone() ? new OwnHeads(asked, begun) : asked;
    }

    @Bean
    TransactionManager axonTransactionManager(
            @Qualifier("eventsOnDemand") LazyConnectionDataSourceProxy eventsOnDemand) {
        return new SpringTransactionManager(new DataSourceTransactionManager(eventsOnDemand));
    }

    @Bean
    ConnectionProvider eventsConnectionProvider(
            @Qualifier("eventsOnDemand") LazyConnectionDataSourceProxy eventsOnDemand) {
        return new SpringDataSourceConnectionProvider(eventsOnDemand);
    }

    @Bean
    EventStorageEngine eventStorageEngine(
            EventSerializer eventSerializer,
            ConnectionProvider eventsConnectionProvider,
            TransactionManager axonTransactionManager,
            StreamHeads heads,
            BegunStreams begun,
            @Qualifier("eventsDataSource") HikariDataSource eventsDataSource,
            org.axonframework.config.Configuration configuration) {
        JdbcEventStorageEngine.Builder builder = JdbcEventStorageEngine.builder()
                .schema(SCHEMA)
                .eventSerializer(eventSerializer)
                .snapshotSerializer(eventSerializer)
                .snapshotFilter(configuration.snapshotFilter().combine(eventSerializer::readable))
                .upcasterChain(configuration.upcasterChain())
                .persistenceExceptionResolver(duplicates())
                .connectionProvider(eventsConnectionProvider)
                .transactionManager(axonTransactionManager);
        JdbcEventStorageEngine engine = heads instanceof OwnHeads own ? new OwnEngine(builder, own) : builder.build();
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        if (heads instanceof OwnHeads) {
            Thread.startVirtualThread(() -> begun.readFrom(new JdbcStreamHeads(eventsDataSource)));
        }
        return engine;
    }

    @Bean(defaultCandidate = false)
    StreamableMessageSource<TrackedEventMessage<?>> eventsForProcesses(EventStore events, EventStorageEngine engine) {
        return new Unhurried(events, Unhurried.pagesOf(engine), Clock.systemUTC());
    }

    /** SQLSTATE 23505, unique_violation; the driver has no exception class of its own for it. */
    private static PersistenceExceptionResolver duplicates() {
        return exception -> {
            for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql && "23505".equals(sql.getSQLState())) {
                    return true;
                }
            }
            return false;
        };
    }
}
