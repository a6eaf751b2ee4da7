package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfservice.kernel.application.References;

class StoreIT {
    @Test
    void axonUsesTheStore() {
        Configuration axon = Portal.bean(Configuration.class);
        assertThat(axon.eventSerializer()).isSameAs(Portal.bean("eventSerializer", Serializer.class));
        assertThat(axon.eventStore()).isInstanceOf(EmbeddedEventStore.class).isSameAs(Portal.bean(EventStore.class));
        assertThat(axon.commandBus()).isInstanceOf(SimpleCommandBus.class).isSameAs(Portal.bean(CommandBus.class));
    }

    @Test
    void theDataSourceForWhateverElseIsSqlIsThePortalsDatabase() throws Exception {
        try (Connection connection = Portal.bean(DataSource.class).getConnection()) {
            assertThat(connection.getCatalog()).isEqualTo("portal");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "synchronous_commit, on",
        "full_page_writes, on",
        "password_encryption, scram-sha-256",
        "listen_addresses, localhost"
    })
    void theEmbeddedServerLosesNothingAndListensToNobodyElse(String setting, String value) throws Exception {
        try (Connection connection =
                        Portal.bean("eventsDataSource", DataSource.class).getConnection();
                ResultSet row = connection.createStatement().executeQuery("show " + setting)) {
            row.next();
            assertThat(row.getString(1)).isEqualTo(value);
        }
    }

    @Test
    void everyReferenceIsGivenOutOnce() {
        References references = Portal.bean(References.class);
        Set<String> given = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 500).parallel().forEach(number -> given.add(references.next("CASH")));
        assertThat(given).hasSize(500).allMatch(reference -> reference.startsWith("CASH-"));
    }
}
