package org.selfservice.store;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.serialization.Serializer;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration;
import org.axonframework.springboot.autoconfig.TransactionAutoConfiguration;
import org.selfservice.kernel.KeyedRequests;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.application.Fingerprints;
import org.selfservice.kernel.application.References;
import org.selfservice.kernel.application.SavedFilters;
import org.selfservice.kernel.audit.History;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.identity.StaffNames;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.replay.Replays;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

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
@Import({EventsInPostgresql.class, EventsOnAxonServer.class, JoinedByAxonServer.class})
public class StoreConfiguration {

    @Bean
    DataFolder dataFolder(StoreProperties properties) {
        return DataFolder.open(properties.home());
    }

    @Bean
    UnreachableServers unreachableServers() {
        return new UnreachableServers();
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

    /** What is beside the events is in PostgreSQL, wherever these are. */
    @Configuration(proxyBeanMethods = false)
    static class BesideTheEvents {
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
                    EncryptedOutbox.ABOUT_NO_PROGRAM,
                    EncryptedOutbox.DUE,
                    EncryptedOutbox.UNDELIVERED,
                    EncryptedOutbox.BY_REGISTRANT,
                    StoredRequests.TABLE,
                    StoredRequests.BY_AGE,
                    StoredLooks.TABLE,
                    StoredLooks.BY_REGISTRANT,
                    StoredLooks.BY_ACTOR,
                    StoredLooks.BY_PROGRAM,
                    StoredLooks.BY_TIME,
                    StoredReplays.TABLE,
                    StoredReplays.OPEN,
                    StoredHistory.TABLE,
                    StoredHistory.BY_REGISTRANT,
                    StoredHistory.BY_ACTOR,
                    StoredHistory.BY_EVENT,
                    StoredHistory.BY_PROGRAM,
                    StoredHistory.BY_TIME);
            databases.watch();
            return portal;
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
        Looks looks(HikariDataSource portalDataSource) {
            return new StoredLooks(portalDataSource);
        }

        @Bean
        History history(HikariDataSource portalDataSource) {
            return new StoredHistory(portalDataSource);
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

        @Bean
        Replays replays(HikariDataSource portalDataSource) {
            return new StoredReplays(portalDataSource);
        }
    }
}
