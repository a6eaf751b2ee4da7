package org.selfservice.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;

/**
 * The databases of one PostgreSQL server: {@code events} for the events alone, {@code portal} for keys, sequences,
 * sessions and the like, so that the keys can be backed up and guarded apart from what they open.
 */
final class Databases implements AutoCloseable {
    static final String EVENTS = "events";
    static final String PORTAL = "portal";

    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String MADE_BY_ANOTHER_PROCESS = "42P04";

    private final @Nullable PostgresServer embedded;
    private final String url;
    private final String user;
    private final String password;
    private final int connections;

    Databases(DataFolder folder, StoreProperties.Store store) {
        connections = store.connections();
        if (store.url() == null || store.url().isBlank()) {
            embedded = PostgresServer.start(folder, store.port(), store.binaries());
            url = embedded.url();
            user = embedded.user();
            password = embedded.password();
        } else {
            embedded = null;
            url = store.url();
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
        // The server's details quote the values of a row.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "self-service-portal");
        return new HikariDataSource(config);
    }

    /** Runs statements that may be run again, one process at a time. */
    static void prepare(DataSource database, String... statements) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
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
