package org.selfservice.store;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** PostgreSQL with several processes, of which one has started it. */
class SharedPostgresqlIT extends EventStoreContract {
    @TempDir
    private static Path home;

    @TempDir
    private static Path otherHome;

    private static ConfigurableApplicationContext first;
    private static ConfigurableApplicationContext second;

    SharedPostgresqlIT() {
        super(new StoreProcess(first), new StoreProcess(second));
    }

    @BeforeAll
    static void start() {
        first = Portal.start(home, "--portal.store.shared=true", Portal.KEYS.getFirst(), Portal.KEYS.getLast());
        second = Portal.startBeside(first, otherHome);
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
        return Rows.ofStream(first, stream);
    }
}
