package org.selfservice.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What PostgreSQL holds, each row as one text. */
final class Rows {
    private Rows() {}

    static List<String> of(DataSource database, String sql, Object... arguments) {
        return new JdbcTemplate(database)
                .queryForList(sql, arguments).stream().map(Rows::text).toList();
    }

    static List<String> ofStream(ApplicationContext process, String stream) {
        DataSource events = process.getBean("eventsDataSource", DataSource.class);
        return Stream.of("event", "snapshot")
                .flatMap(table -> of(events, "select * from " + table + " where stream = ?", stream).stream())
                .toList();
    }

    private static String text(Map<String, Object> row) {
        StringBuilder text = new StringBuilder();
        for (Object value : row.values()) {
            text.append(value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value)
                    .append(' ');
        }
        return text.toString();
    }
}
