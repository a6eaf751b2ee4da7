package org.selfservice.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;
import org.selfservice.kernel.StoreWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The databases of one PostgreSQL server: {@code events} for the events alone, {@code portal} for keys, sequences,
 * sessions and the like, so that the keys can be backed up and guarded apart from what they open.
 */
final class Databases implements StoreWatch, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Databases.class);
    static final String EVENTS = "events";
    static final String PORTAL = "portal";

    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String MADE_BY_ANOTHER_PROCESS = "42P04";

    /** Of the advisory lock that says who appends to the events. */
    private static final int WRITERS = 7368;

    private static final int SECONDS_TO_ANSWER = 2;

    private final boolean alone;
    private final String url;
    private final String user;
    private final String password;
    private final int connections;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("database-watch").factory());
    private @Nullable PostgresServer embedded;
    /** Of the watch alone, and with it of the claim. */
    private @Nullable Connection claim;

    /** Where the claim is made; absent when this process does not use the events. */
    private volatile @Nullable String claimed;

    private volatile boolean away;

    Databases(DataFolder folder, StoreProperties.Store store) {
        connections = store.connections();
        alone = store.isEmbedded() && !store.shared();
        if (store.isEmbedded()) {
            embedded = PostgresServer.start(folder, store.port(), store.binaries());
            url = embedded.url();
            user = embedded.user();
            password = embedded.password();
        } else {
            embedded = null;
            url = Objects.requireNonNull(store.url());
            user = store.user();
            password = store.password();
        }
    }

    /** A pool of connections to the database, which is made when there is none. */
    HikariDataSource open(String database) {
        create(database);
        HikariConfig config = new HikariConfig();
        config.setPoolName(database);
        config.setJdbcUrl(url(database));
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(2);
        // Who waits longer for a connection than a person for a page only keeps others waiting.
        config.setConnectionTimeout(3_000);
        config.setValidationTimeout(1_000);
        // Of a server that neither answers nor goes: nobody who asked before it stopped waits for long.
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty("socketTimeout", PORTAL.equals(database) ? "5" : "20");
        // The server's details quote the values of a row.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "self-service-portal");
        return new HikariDataSource(config);
    }

    /** Whether no other process may append events while this one runs. */
    boolean isAlone() {
        return alone;
    }

    /**
     * Says to all other processes how this one uses the events, until it ends.
     *
     * @param database in which all of them say so
     * @throws CannotStart when another process wants them for itself, or this one does and there is another
     */
    void claimEvents(String database) {
        create(database);
        claim(database);
        claimed = database;
    }

    /** From now on. */
    void watch() {
        watch.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public boolean isAway() {
        return away;
    }

    /** Sessions and the keys of events are in one of them, whatever holds the events. */
    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.RECOGNISE, Ability.DECIDE);
    }

    /**
     * By the connection that nothing else uses. When it is lost, so is the claim, and both are had anew or not at all: the server
     * is away when neither the connection nor a new one is answered.
     */
    private void look() {
        try {
            if (claim != null && claim.isValid(SECONDS_TO_ANSWER)) {
                return;
            }
            if (claim != null) {
                claim.close();
            }
            if (embedded != null && !embedded.isRunning()) {
                isGone();
                embedded = embedded.again();
            }
            if (claimed != null) {
                claim(claimed);
            } else {
                claim = connect(PORTAL);
            }
            if (away) {
                away = false;
                log.info("The database answers again");
            }
        } catch (SQLException | IOException | RuntimeException notYet) {
            isGone();
            log.debug("The database is away", notYet);
        }
    }

    private void isGone() {
        if (!away) {
            away = true;
            log.warn("The database does not answer. It is asked again every second; until then nothing is saved.");
        }
    }

    private void claim(String database) {
        try {
            claim = connect(database);
            try (Statement statement = claim.createStatement();
                    ResultSet granted = statement.executeQuery(
                            "select pg_try_advisory_lock" + (alone ? "" : "_shared") + "(" + WRITERS + ")")) {
                if (granted.next() && granted.getBoolean(1)) {
                    return;
                }
            }
            claim.close();
        } catch (SQLException cannot) {
            throw cannotOpen(database, cannot);
        }
        throw new CannotStart(
                "The events of " + server() + " are written by another portal process that expects to be the"
                        + " only one. Start all of them with --portal.store.shared=true.");
    }

    private Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", Integer.toString(SECONDS_TO_ANSWER));
        properties.setProperty("socketTimeout", Integer.toString(2 * SECONDS_TO_ANSWER));
        // of all that opening one takes: encryption is asked for first, and again without
        properties.setProperty("loginTimeout", Integer.toString(2 * SECONDS_TO_ANSWER));
        return DriverManager.getConnection(url(database), properties);
    }

    /** Runs statements that may be run again, one process at a time. */
    static void prepare(DataSource database, String... statements) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // An index of many events, or another process that makes one, takes its time.
            connection.setNetworkTimeout(Runnable::run, 0);
            connection.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(7367)");
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        } catch (SQLException cannot) {
            throw new CannotStart("The database's tables cannot be made: " + cannot.getMessage(), cannot);
        }
    }

    /** After the pools, which close before what they were made from. */
    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        if (claim != null) {
            try {
                claim.close();
            } catch (SQLException gone) {
                // and the claim with it
            }
        }
        if (embedded != null) {
            embedded.close();
        }
    }

    private void create(String database) {
        try (Connection there = DriverManager.getConnection(url(database), user, password)) {
            return;
        } catch (SQLException cannot) {
            if (!NO_SUCH_DATABASE.equals(cannot.getSQLState())) {
                throw cannotOpen(database, cannot);
            }
        }
        try (Connection connection = DriverManager.getConnection(url("postgres"), user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        } catch (SQLException cannot) {
            if (!MADE_BY_ANOTHER_PROCESS.equals(cannot.getSQLState())) {
                throw cannotOpen(database, cannot);
            }
        }
    }

    private CannotStart cannotOpen(String database, SQLException cause) {
        return new CannotStart(
                "The database " + server() + database + " cannot be opened: " + cause.getMessage(), cause);
    }

    /** The address without options, which may hold what is secret. */
    private String server() {
        int options = url.indexOf('?');
        String server = options < 0 ? url : url.substring(0, options);
        if (!server.endsWith("/")) {
            throw new CannotStart("portal.store.url must name a server and end with a slash: " + server);
        }
        return server;
    }

    private String url(String database) {
        String server = server();
        int options = url.indexOf('?');
        return server + database + (options < 0 ? "" : url.substring(options));
    }
}
