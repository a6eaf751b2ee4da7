package org.selfservice.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** PostgreSQL with several processes, of which one has started it. */
class SharedPostgresqlIT extends EventStoreContract {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

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
        first = Portal.start(
                home, "--portal.store.shared=true", "--portal.master-key=" + KEY, "--portal.pseudonym-key=" + KEY);
        HikariDataSource events = first.getBean("eventsDataSource", HikariDataSource.class);
        second = Portal.start(
                otherHome,
                "--portal.store.url=" + events.getJdbcUrl().replaceAll("/events.*", "/"),
                "--portal.store.user=" + events.getUsername(),
                "--portal.store.password=" + events.getPassword(),
                "--portal.master-key=" + KEY,
                "--portal.pseudonym-key=" + KEY);
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
