package org.selfservice.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that belongs to this process: started from its packaged programs, its data in the portal's folder,
 * reachable on the loopback interface with a password. Whatever it acknowledged is on disk.
 */
final class PostgresServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final String SUPERUSER = "postgres";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;
    private final String password;
    private final DataFolder folder;
    private final @Nullable Path binaries;

    private PostgresServer(EmbeddedPostgres server, String password, DataFolder folder, @Nullable Path binaries) {
        this.server = server;
        this.password = password;
        this.folder = folder;
        this.binaries = binaries;
    }

    /**
     * @param port 0 for any that is free
     * @param binaries where the programs are unpacked; must not hold the data, as leftovers in it are deleted
     */
    static PostgresServer start(DataFolder folder, int port, @Nullable Path binaries) {
        Path data = data(folder);
        Path ready = data.resolve("portal-ready");
        Path logFile = folder.home().resolve("postgres.log");
        folder.secret("postgres.password");
        Path passwordFile = folder.home().resolve("secrets").resolve("postgres.password");
        String password = Base64.getEncoder().encodeToString(folder.secret("postgres.password"));
        requireFree(port);
        try {
            stopOrphan(data);
            if (Files.exists(data) && Files.notExists(ready)) {
                setAside(data);
            }
            Path programs = binaries == null ? folder.home().resolve("postgres-server") : binaries;
            Files.createDirectories(programs);
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(programs.toFile())
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(PATIENCE)
                    .setOutputRedirector(Redirect.appendTo(logFile.toFile()))
                    .setErrorRedirector(Redirect.appendTo(logFile.toFile()))
                    // These two reach initdb, where the last of several values counts.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", passwordFile.toString())
                    .setLocaleConfig("locale", "C")
                    .setConnectConfig("password", password)
                    // The library starts the server without fsync, as it is meant for tests.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("listen_addresses", "localhost")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("timezone", "UTC")
                    .setServerConfig("jit", "off")
                    // Statements in its log could hold what is nobody's business.
                    .setServerConfig("log_min_error_statement", "panic")
                    .setServerConfig("log_error_verbosity", "terse")
                    .start();
            if (Files.notExists(ready)) {
                Files.createFile(ready);
            }
            return new PostgresServer(server, password, folder, binaries);
        } catch (IOException | IllegalStateException cannot) {
            throw new CannotStart("The database server in " + data + " did not start; see " + logFile + ".", cannot);
        }
    }

    /** Whether its process is there; it may end without the portal's doing, as when the system runs out of memory. */
    boolean isRunning() throws IOException {
        Path pidFile = data(folder).resolve("postmaster.pid");
        return Files.exists(pidFile)
                && process(pidFile)
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> serves(process, data(folder)))
                        .isPresent();
    }

    /** The same server once more, at the same address, after it ended. */
    PostgresServer again() {
        try {
            // it still holds the lock of the data
            server.close();
        } catch (IOException | RuntimeException ended) {
            log.debug("The server that ended cannot be stopped any more", ended);
        }
        return start(folder, server.getPort(), binaries);
    }

    /** The server's address as {@link StoreProperties.Store#url()} has it. */
    String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/";
    }

    String user() {
        return SUPERUSER;
    }

    String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void requireFree(int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            log.trace("{} is free", socket);
        } catch (IOException taken) {
            throw new CannotStart("The port " + port + " for the database is in use.", taken);
        }
    }

    /** Data without the mark come from a first start that was killed half-way: nothing in them was ever acknowledged. */
    private static void setAside(Path data) throws IOException {
        int number = 1;
        while (Files.exists(data.resolveSibling("postgres-unfinished-" + number))) {
            number++;
        }
        Path aside = data.resolveSibling("postgres-unfinished-" + number);
        Files.move(data, aside);
        log.warn("The database in {} was never finished; it was moved to {}", data, aside);
    }

    /**
     * A portal that was killed leaves its server running. Nobody else can want it, as we hold the folder's lock; so it is
     * stopped, and everything that it acknowledged is there for the server that starts next.
     */
    private static void stopOrphan(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (Files.notExists(pidFile)) {
            return;
        }
        ProcessHandle process = process(pidFile).orElse(null);
        if (process == null || !process.isAlive()) {
            return;
        }
        if (!serves(process, data)) {
            // The number went to another program since; the server would take it for itself and refuse to start.
            Files.delete(pidFile);
            return;
        }
        log.info("Stopping the database server (process {}) that an earlier run left behind", process.pid());
        if (!interrupted(process)) {
            throw new CannotStart(
                    "The database server of an earlier run (process " + process.pid() + ") does not stop.");
        }
    }

    private static Path data(DataFolder folder) {
        return folder.home().resolve("postgres");
    }

    private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
        List<String> lines = Files.readAllLines(pidFile);
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Math.abs(Long.parseLong(lines.getFirst().strip())));
    }

    private static boolean serves(ProcessHandle process, Path data) {
        Path arguments = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        String command;
        try {
            command = Files.readString(arguments).replace('\0', ' ');
        } catch (IOException elsewhere) {
            command = process.info().commandLine().orElse("");
        }
        return command.contains("postgres") && command.contains(" " + data + " ");
    }

    /** SIGINT asks a PostgreSQL server for a fast and clean shutdown. */
    private static boolean interrupted(ProcessHandle process) throws IOException {
        new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start();
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException stillThere) {
            return false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
