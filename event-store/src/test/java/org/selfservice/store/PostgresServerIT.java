package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.kernel.CannotStart;
import org.springframework.jdbc.core.JdbcTemplate;

class PostgresServerIT {
    private static final Path BINARIES = Path.of(System.getProperty("portal.store.binaries", "target/postgres"));

    @TempDir
    private Path home;

    /** Stands for a portal: keeps writing, and says what the database has acknowledged. */
    static final class Writer {
        public static void main(String... arguments) throws Exception {
            try (DataFolder folder = DataFolder.open(Path.of(arguments[0]));
                    Databases databases = databases(folder, 0);
                    HikariDataSource events = databases.open(Databases.EVENTS)) {
                JdbcTemplate table = new JdbcTemplate(events);
                table.execute("create table written (number int primary key)");
                for (int number = 1; ; number++) {
                    table.update("insert into written values (?)", number);
                    System.out.println("written " + number);
                }
            }
        }
    }

    @Test
    void whatWasAcknowledgedSurvivesAKillAndTheServerLeftBehindIsReplaced() throws Exception {
        Process portal = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        home.toString())
                .redirectError(home.resolve("writer.log").toFile())
                .start();
        int acknowledged;
        try (BufferedReader output = portal.inputReader()) {
            acknowledged = read(output, 500);
            assertThatThrownBy(() -> DataFolder.open(home))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageEndingWith("is in use by another portal (process " + portal.pid() + ").");
            portal.toHandle().destroyForcibly();
            for (String line; (line = output.readLine()) != null; ) {
                acknowledged = number(line, acknowledged);
            }
        }
        ProcessHandle orphan = server();
        assertThat(orphan.isAlive()).isTrue();

        try (DataFolder folder = DataFolder.open(home);
                Databases databases = databases(folder, 0);
                HikariDataSource events = databases.open(Databases.EVENTS)) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(server()).isNotEqualTo(orphan);
            assertThat(new JdbcTemplate(events).queryForList("select number from written order by 1", Integer.class))
                    .hasSizeBetween(acknowledged, acknowledged + 1)
                    .contains(acknowledged);
        }
        assertThat(home.resolve("postgres/postmaster.pid")).doesNotExist();
    }

    @Test
    void aPidFileThatNamesAnotherProgramIsStale() throws Exception {
        try (DataFolder folder = DataFolder.open(home)) {
            databases(folder, 0).close();
            Files.writeString(
                    home.resolve("postgres/postmaster.pid"),
                    ProcessHandle.current().pid() + "\n" + home.resolve("postgres") + "\n");
            try (Databases databases = databases(folder, 0);
                    HikariDataSource events = databases.open(Databases.EVENTS)) {
                assertThat(events.getConnection().isValid(5)).isTrue();
            }
        }
    }

    @Test
    void aFirstStartThatWasKilledHalfWayIsBegunAnew() throws Exception {
        Files.createDirectories(home.resolve("postgres"));
        Files.writeString(home.resolve("postgres/postgresql.conf"), "half = a fi");
        try (DataFolder folder = DataFolder.open(home);
                PostgresServer server = PostgresServer.start(folder, 0, BINARIES)) {
            assertThat(server.url()).startsWith("jdbc:postgresql://localhost:");
            assertThat(home.resolve("postgres-unfinished-1/postgresql.conf")).exists();
        }
    }

    @Test
    void nobodyGetsInWithoutThePassword() throws Exception {
        try (DataFolder folder = DataFolder.open(home);
                PostgresServer server = PostgresServer.start(folder, 0, BINARIES)) {
            String url = server.url() + "postgres";
            DriverManager.getConnection(url, server.user(), server.password()).close();
            assertThatThrownBy(() -> DriverManager.getConnection(url, server.user(), "guess"))
                    .hasMessageContaining("password authentication failed");
            assertThatThrownBy(() -> DriverManager.getConnection(url, server.user(), ""))
                    .hasMessageContaining("password");
        }
    }

    @Test
    void aPortThatIsTakenIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DataFolder folder = DataFolder.open(home)) {
            assertThatThrownBy(() -> databases(folder, taken.getLocalPort()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("The port " + taken.getLocalPort() + " for the database is in use.");
        }
    }

    @Test
    void aServerThatCannotBeReachedIsSaidInOneLine() throws Exception {
        var elsewhere = new StoreProperties.Store(
                "jdbc:postgresql://localhost:1/", "portal", "secret", 0, null, 5, false, null);
        try (DataFolder folder = DataFolder.open(home);
                Databases databases = new Databases(folder, elsewhere)) {
            assertThatThrownBy(() -> databases.open(Databases.EVENTS))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageStartingWith("The database jdbc:postgresql://localhost:1/events cannot be opened: ")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void databasesOnAnotherServerAreMadeOnceAndThenFound() throws Exception {
        try (DataFolder folder = DataFolder.open(home);
                PostgresServer server = PostgresServer.start(folder, 0, BINARIES)) {
            var elsewhere = new StoreProperties.Store(
                    server.url() + "?tcpKeepAlive=true", server.user(), server.password(), 0, null, 5, false, null);
            for (int each = 0; each < 2; each++) {
                try (Databases databases = new Databases(folder, elsewhere);
                        HikariDataSource portal = databases.open(Databases.PORTAL)) {
                    Databases.prepare(portal, ScopeKeys.TABLE, SequencedReferences.SEQUENCE);
                }
            }
        }
    }

    @Test
    void whoeverWritesEventsAloneLetsNoOtherProcessWriteThem() throws Exception {
        try (DataFolder folder = DataFolder.open(home);
                Databases alone = databases(folder, 0);
                HikariDataSource events = alone.open(Databases.EVENTS)) {
            alone.claimEvents(Databases.EVENTS);
            var elsewhere = new StoreProperties.Store(
                    events.getJdbcUrl().replaceAll("/events.*", "/"),
                    events.getUsername(),
                    events.getPassword(),
                    0,
                    null,
                    5,
                    false,
                    null);
            try (Databases other = new Databases(folder, elsewhere)) {
                assertThat(other.isAlone()).isFalse();
                assertThatThrownBy(() -> other.claimEvents(Databases.EVENTS))
                        .isInstanceOf(CannotStart.class)
                        .hasMessageContaining("--portal.store.shared=true")
                        .hasMessageNotContaining("\n");
            }
        }
    }

    private static Databases databases(DataFolder folder, int port) {
        return new Databases(folder, new StoreProperties.Store(null, "", "", port, BINARIES, 5, false, null));
    }

    private ProcessHandle server() throws Exception {
        String pid = Files.readAllLines(home.resolve("postgres/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static int read(BufferedReader output, int until) throws Exception {
        int number = 0;
        while (number < until) {
            String line = output.readLine();
            assertThat(line).as("the writer ended").isNotNull();
            number = number(line, number);
        }
        return number;
    }

    private static int number(String line, int otherwise) {
        return line.matches("written \\d+") ? Integer.parseInt(line.substring("written ".length())) : otherwise;
    }
}
