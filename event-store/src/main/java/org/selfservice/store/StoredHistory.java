package org.selfservice.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.audit.History;
import org.selfservice.kernel.audit.Moment;
import org.selfservice.kernel.audit.Place;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.jdbc.core.JdbcTemplate;

/** In the portal's database, whatever engine keeps the events. */
final class StoredHistory implements History {
    static final String TABLE = """
            create table if not exists history (
                number bigint primary key,
                stream text not null,
                sequence_number bigint not null,
                event_name text not null,
                occurred_at timestamptz not null,
                actor text not null,
                registrant text,
                program text,
                author text not null,
                unique (stream, sequence_number))""";
    static final String BY_REGISTRANT = "create index if not exists history_registrant on history (registrant, number)";
    static final String BY_ACTOR = "create index if not exists history_actor on history (actor, number)";
    static final String BY_EVENT = "create index if not exists history_event on history (event_name, number)";
    static final String BY_PROGRAM = "create index if not exists history_program on history (program, number)";
    static final String BY_TIME = "create index if not exists history_occurred_at on history (occurred_at)";

    private static final String ADD = """
            insert into history
                (number, stream, sequence_number, event_name, occurred_at, actor, registrant, program, author)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";

    private final JdbcTemplate portal;

    StoredHistory(DataSource portal) {
        this.portal = new JdbcTemplate(portal);
    }

    @Override
    public void keep(List<Line> lines) {
        portal.batchUpdate(
                ADD,
                lines.stream()
                        .map(line -> new Object[] {
                            line.number(),
                            line.place().stream(),
                            line.place().sequence(),
                            line.event(),
                            Timestamp.from(line.at()),
                            line.author().actor(),
                            line.registrant() == null ? null : line.registrant().value(),
                            line.program() == null ? null : line.program().value(),
                            Json.CLEAR.writeValueAsString(line.author().toMetaData())
                        })
                        .toList());
    }

    @Override
    public List<Line> find(Wanted wanted, @Nullable Long before, int limit) {
        Conditions conditions = new Conditions();
        conditions.and("number = ?", wanted.number());
        conditions.and("stream = ?", wanted.stream());
        conditions.and(
                "registrant = ?",
                wanted.registrant() == null ? null : wanted.registrant().value());
        conditions.and("actor = ?", wanted.actor());
        conditions.and("event_name = ?", wanted.event());
        conditions.and(
                "program = ?",
                wanted.program() == null ? null : wanted.program().value());
        conditions.and("occurred_at >= ?", wanted.from() == null ? null : Timestamp.from(wanted.from()));
        conditions.and("occurred_at < ?", wanted.until() == null ? null : Timestamp.from(wanted.until()));
        conditions.and(
                "program = any (?)",
                wanted.programs() == null
                        ? null
                        : wanted.programs().stream().map(ProgramCode::value).toArray(String[]::new));
        conditions.and("number < ?", before);
        return portal.query(
                "select * from history where " + conditions.sql() + " order by number desc limit ?",
                (row, _) -> line(row),
                conditions.values(limit));
    }

    @Override
    public List<Place> upTo(String subject, Moment until) {
        Conditions conditions = new Conditions();
        conditions.and(subject.startsWith("r-") ? "registrant = ?" : "stream = ?", subject);
        conditions.and("occurred_at <= ?", until.at() == null ? null : Timestamp.from(until.at()));
        conditions.and("number <= ?", until.number());
        return portal.query(
                "select stream, sequence_number from history where " + conditions.sql() + " order by number",
                (row, _) -> new Place(row.getString(1), row.getLong(2)),
                conditions.values());
    }

    private static Line line(ResultSet row) throws SQLException {
        String registrant = row.getString("registrant");
        String program = row.getString("program");
        return new Line(
                row.getLong("number"),
                new Place(row.getString("stream"), row.getLong("sequence_number")),
                row.getString("event_name"),
                row.getTimestamp("occurred_at").toInstant(),
                Author.from(Json.CLEAR.readValue(row.getString("author"), Map.class)),
                registrant == null ? null : new RegistrantId(registrant),
                program == null ? null : new ProgramCode(program));
    }
}
