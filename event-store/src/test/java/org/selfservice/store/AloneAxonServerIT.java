package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.kernel.CannotStart;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.StreamHeads;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationId;
import org.springframework.context.ConfigurableApplicationContext;

/** Axon Server with a process that alone appends to it, as by default, where the address of one is given. */
@EnabledIfEnvironmentVariable(named = "AXON_SERVER", matches = ".+", disabledReason = "no Axon Server was named")
class AloneAxonServerIT extends EventStoreContract {
    private static final String ADDRESS = "--portal.store.axon-server=" + System.getenv("AXON_SERVER");

    @TempDir
    private static Path home;

    private static ConfigurableApplicationContext alone;

    AloneAxonServerIT() {
        super(new StoreProcess(alone), new StoreProcess(alone));
    }

    @BeforeAll
    static void start() {
        alone = Portal.start(home, ADDRESS, Portal.KEYS.getFirst(), Portal.KEYS.getLast());
    }

    @AfterAll
    static void stop() {
        if (alone != null) {
            alone.close();
        }
    }

    @Override
    List<String> stored(String stream) {
        return AxonServerIT.stored(alone, stream);
    }

    @Test
    void whereStreamsStandIsKept() {
        assertThat(alone.getBean(StreamHeads.class)).isInstanceOf(OwnHeads.class);
    }

    @Test
    void streamsThatNobodyBeganAreNotAskedFor() {
        StoreProcess process = new StoreProcess(alone);
        ApplicationId application = new ApplicationId("a-" + UUID.randomUUID());
        process.append(0, new Remarked(application, Samples.REGISTRANT, Samples.PROGRAM, Personal.of("one"), true));
        AxonServerConnectionManager server = alone.getBean(AxonServerConnectionManager.class);
        BegunStreams begun = new BegunStreams();

        assertThat(begun.mayHold("never")).isTrue();
        begun.readFrom(new AxonServerHeads(() -> server.getConnection().eventChannel(), Duration.ofSeconds(10)));

        assertThat(begun.mayHold("never")).isFalse();
        assertThat(begun.mayHold(application.value())).isTrue();
    }

    @Test
    void aSecondProcessIsRefused(@TempDir Path otherHome) {
        assertThatThrownBy(() -> Portal.startBeside(alone, otherHome, ADDRESS).close())
                .hasRootCauseInstanceOf(CannotStart.class)
                .rootCause()
                .hasMessageContaining("--portal.store.shared=true");
    }
}
