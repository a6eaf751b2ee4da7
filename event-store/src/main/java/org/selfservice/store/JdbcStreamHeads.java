package org.selfservice.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.selfservice.kernel.StreamHeads;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One look into the unique index of the events for each stream, all in one question. */
final class JdbcStreamHeads implements StreamHeads, BegunStreams.Store {
    private static final int AT_ONCE = 10_000;

    private static final String HEADS = """
            select asked, (select max(sequence_number) from event where stream = asked)
            from unnest(?) as asked
            """;

    private final DataSource source;
    private final JdbcTemplate events;

    /** @param events joins the transaction under way, if there is one */
    JdbcStreamHeads(DataSource events) {
        this.source = events;
        this.events = new JdbcTemplate(events);
    }

    @Override
    public Map<String, Long> of(Collection<String> streams) {
        Map<String, Long> heads = new HashMap<>();
        events.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(HEADS);
                    statement.setArray(1, connection.createArrayOf("text", streams.toArray()));
                    return statement;
                },
                row -> {
                    long head = row.getLong(2);
                    if (!row.wasNull()) {
                        heads.put(row.getString(1), head);
                    }
                });
        return heads;
    }

    @Override
    public void eachStream(Consumer<String> stream) {
        JdbcTemplate all = new JdbcTemplate(source);
        all.setFetchSize(AT_ONCE);
        // in a transaction, as the driver takes all rows at once otherwise
        new TransactionTemplate(new DataSourceTransactionManager(source))
                .executeWithoutResult(
                        _ -> all.query("select stream from event where sequence_number = 0", (ResultSet row) -> {
                            stream.accept(row.getString(1));
                        }));
    }
}
