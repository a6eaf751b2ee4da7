package org.selfservice.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Clock;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.EventSchema;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration;
import org.axonframework.springboot.autoconfig.TransactionAutoConfiguration;
import org.selfservice.kernel.KeyedRequests;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.StreamHeads;
import org.selfservice.kernel.application.Fingerprints;
import org.selfservice.kernel.application.References;
import org.selfservice.kernel.application.SavedFilters;
import org.selfservice.kernel.identity.StaffNames;
import org.selfservice.kernel.notification.Outbox;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * The store, wired. It comes after Axon's own JDBC configuration, which must not see the data sources: it would put tokens
 * and sagas into the database that is for events alone.
 */
@AutoConfiguration(
        after = JdbcAutoConfiguration.class,
        before = {
            AxonAutoConfiguration.class,
            TransactionAutoConfiguration.class,
            NoOpTransactionAutoConfiguration.class,
            DataSourceAutoConfiguration.class
        })
@EnableConfigurationProperties(StoreProperties.class)
public class StoreConfiguration {

    @Bean
    DataFolder dataFolder(StoreProperties properties) {
        return DataFolder.open(properties.home());
    }

    @Bean
    Keys keys(DataFolder folder, StoreProperties properties, HikariDataSource portalDataSource) {
        return new ScopeKeys(
                portalDataSource, folder.secret("master.key", properties.masterKey(), "PORTAL_MASTER_KEY"));
    }

    @Bean
    KeyedHashes pseudonyms(DataFolder folder, StoreProperties properties) {
        return new KeyedHashes(folder.secret("pseudonym.key", properties.pseudonymKey(), "PORTAL_PSEUDONYM_KEY"));
    }

    @Bean
    @Qualifier("eventSerializer")
    EventSerializer eventSerializer(Keys keys) {
        return new EventSerializer(keys);
    }

    /** For what travels and is not kept: commands, queries and their answers on a bus, and for tokens. */
    @Bean
    @Primary
    Serializer serializer() {
        return Json.messageSerializer();
    }

    /** An event handler that fails stops or parks what it handles; it is never only written to the log. */
    @Bean
    ConfigurerModule failuresAreLoud() {
        return configurer -> configurer
                .eventProcessing()
                .registerDefaultListenerInvocationErrorHandler(configuration -> PropagatingErrorHandler.instance());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "portal.store.engine", havingValue = "postgresql", matchIfMissing = true)
    static class OnPostgresql {
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
        Databases databases(DataFolder folder, StoreProperties properties) {
            return new Databases(folder, properties.store());
        }

        @Bean
        @Primary
        HikariDataSource portalDataSource(Databases databases) {
            HikariDataSource portal = databases.open(Databases.PORTAL);
            Databases.prepare(
                    portal,
                    ScopeKeys.TABLE,
                    SequencedReferences.SEQUENCE,
                    StoredFilters.TABLE,
                    StoredStaffNames.TABLE,
                    HashedFingerprints.TABLE,
                    HashedFingerprints.BY_HASH,
                    HashedFingerprints.BY_REGISTRANT,
                    EncryptedOutbox.TABLE,
                    EncryptedOutbox.DUE,
                    EncryptedOutbox.UNDELIVERED,
                    EncryptedOutbox.BY_REGISTRANT,
                    StoredRequests.TABLE,
                    StoredRequests.BY_AGE);
            return portal;
        }

        @Bean
        HikariDataSource eventsDataSource(Databases databases) {
            HikariDataSource events = databases.open(Databases.EVENTS);
            databases.claimEvents();
            return events;
        }

        @Bean
        References references(HikariDataSource portalDataSource) {
            return new SequencedReferences(portalDataSource);
        }

        @Bean
        SavedFilters savedFilters(HikariDataSource portalDataSource) {
            return new StoredFilters(portalDataSource);
        }

        @Bean
        StaffNames staffNames(HikariDataSource portalDataSource) {
            return new StoredStaffNames(portalDataSource);
        }

        @Bean
        Fingerprints fingerprints(HikariDataSource portalDataSource, KeyedHashes pseudonyms) {
            return new HashedFingerprints(portalDataSource, pseudonyms);
        }

        @Bean
        Outbox outbox(HikariDataSource portalDataSource, Keys keys) {
            return new EncryptedOutbox(portalDataSource, keys);
        }

        @Bean
        KeyedRequests keyedRequests(HikariDataSource portalDataSource, KeyedHashes pseudonyms) {
            return new StoredRequests(portalDataSource, pseudonyms, Clock.systemUTC());
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
            JdbcEventStorageEngine engine =
                    heads instanceof OwnHeads own ? new OwnEngine(builder, own) : builder.build();
            engine.createSchema(PostgresEventTableFactory.INSTANCE);
            if (heads instanceof OwnHeads) {
                Thread.startVirtualThread(() -> begun.readFrom(eventsDataSource));
            }
            return engine;
        }

        @Bean(defaultCandidate = false)
        StreamableMessageSource<TrackedEventMessage<?>> eventsForProcesses(EventStorageEngine engine) {
            return new Unhurried(engine, Clock.systemUTC());
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
}
