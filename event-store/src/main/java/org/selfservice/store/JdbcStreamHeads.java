package org.selfservice.store;

import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.selfservice.kernel.StreamHeads;
import org.springframework.jdbc.core.JdbcTemplate;

/** One look into the unique index of the events for each stream, all in one question. */
final class JdbcStreamHeads implements StreamHeads {
    private static final String HEADS = """
            select asked, (select max(sequence_number) from event where stream = asked)
            from unnest(?) as asked
            """;

    private final JdbcTemplate events;

    /** @param events joins the transaction under way, if there is one */
    JdbcStreamHeads(DataSource events) {
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
}
