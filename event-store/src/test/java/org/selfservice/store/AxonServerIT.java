package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.axoniq.axonserver.connector.event.EventChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** Axon Server with several processes, where the address of one is given; it may hold the events of other runs. */
@EnabledIfEnvironmentVariable(named = "AXON_SERVER", matches = ".+", disabledReason = "no Axon Server was named")
class AxonServerIT extends EventStoreContract {
    @TempDir
    private static Path home;

    @TempDir
    private static Path otherHome;

    private static ConfigurableApplicationContext first;
    private static ConfigurableApplicationContext second;

    AxonServerIT() {
        super(new StoreProcess(first), new StoreProcess(second));
    }

    @BeforeAll
    static void start() {
        String address = "--portal.store.axon-server=" + System.getenv("AXON_SERVER");
        first = Portal.start(
                home, address, "--portal.store.shared=true", Portal.KEYS.getFirst(), Portal.KEYS.getLast());
        second = Portal.startBeside(first, otherHome, address);
    }

    @AfterAll
    static void stop() {
        if (second != null) {
            second.close();
        }
        if (first != null) {
            first.close();
        }
    }

    @Override
    List<String> stored(String stream) {
        return stored(first, stream);
    }

    static List<String> stored(ConfigurableApplicationContext process, String stream) {
        EventChannel server = process.getBean(AxonServerConnectionManager.class)
                .getConnection()
                .eventChannel();
        return Stream.of(
                        server.openAggregateStream(stream, false),
                        server.loadSnapshots(stream, Long.MAX_VALUE, Integer.MAX_VALUE))
                .flatMap(held -> held.asStream())
                .map(held -> held + " " + held.getPayload().getData().toStringUtf8())
                .toList();
    }

    @Test
    void healthSaysThatItAnswers() {
        assertThat(first.getBean("axonServerHealthIndicator", HealthIndicator.class)
                        .health()
                        .getStatus())
                .isEqualTo(Status.UP);
    }

    @Test
    void noEventIsInPostgresql() {
        assertThat(first.getBeansOfType(EventStorageEngine.class)).isEmpty();
        assertThat(first.containsBean("eventsDataSource")).isFalse();
    }
}
