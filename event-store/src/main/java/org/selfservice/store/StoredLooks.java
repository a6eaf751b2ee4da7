package org.selfservice.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Channel;
import org.selfservice.kernel.Author.Role;
import org.selfservice.kernel.audit.Look;
import org.selfservice.kernel.audit.Look.Purpose;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** In the portal's database, numbered as they come. */
final class StoredLooks implements Looks {
    static final String TABLE = """
            create table if not exists look (
                number bigint generated always as identity primary key,
                registrant text not null,
                actor text not null,
                role text not null,
                channel text not null,
                purpose text not null,
                stream text,
                program text,
                looked_at timestamptz not null,
                correlation text not null)""";
    static final String BY_REGISTRANT = "create index if not exists look_registrant on look (registrant, number)";
    static final String BY_ACTOR = "create index if not exists look_actor on look (actor, number)";
    static final String BY_PROGRAM = "create index if not exists look_program on look (program, number)";
    static final String BY_TIME = "create index if not exists look_looked_at on look (looked_at)";

    private final JdbcTemplate portal;
    private final TransactionTemplate transactions;

    StoredLooks(DataSource portal) {
        this.portal = new JdbcTemplate(portal);
        this.transactions = new TransactionTemplate(new DataSourceTransactionManager(portal));
    }

    @Override
    public void keep(List<Look> looks) {
        List<Object[]> rows = looks.stream()
                .map(look -> new Object[] {
                    look.registrant().value(),
                    look.actor(),
                    look.role().name(),
                    look.channel().name(),
                    look.purpose().name(),
                    look.stream(),
                    look.program() == null ? null : look.program().value(),
                    Timestamp.from(look.at()),
                    look.correlation()
                })
                .toList();
        transactions.executeWithoutResult(_ -> portal.batchUpdate(
                "insert into look (registrant, actor, role, channel, purpose, stream, program, looked_at, correlation)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows));
    }

    @Override
    public List<Numbered> find(Wanted wanted, @Nullable Long before, int limit) {
        Conditions conditions = new Conditions()
                .and(
                        "registrant = ?",
                        wanted.registrant() == null ? null : wanted.registrant().value())
                .and("actor = ?", wanted.actor())
                .and(
                        "program = ?",
                        wanted.program() == null ? null : wanted.program().value())
                .and("looked_at >= ?", wanted.from() == null ? null : Timestamp.from(wanted.from()))
                .and("looked_at < ?", wanted.until() == null ? null : Timestamp.from(wanted.until()))
                .and(
                        "program = any (?)",
                        wanted.programs() == null
                                ? null
                                : wanted.programs().stream()
                                        .map(ProgramCode::value)
                                        .toArray(String[]::new))
                .and("number < ?", before);
        return portal.query(
                "select * from look where " + conditions.sql() + " order by number desc limit ?",
                (row, _) -> new Numbered(row.getLong("number"), look(row)),
                conditions.values(limit));
    }

    @Override
    public List<Line> of(RegistrantId registrant, @Nullable Long before, int limit) {
        return portal.query(
                """
                select max(number) as newest, max(looked_at) as newest_at, count(*) as times, role, purpose, stream, program
                from look where registrant = ?
                group by actor, role, purpose, stream, program, (looked_at at time zone 'UTC')::date
                having max(number) < ?
                order by newest desc limit ?""",
                (row, _) -> new Line(
                        row.getLong("newest"),
                        Role.valueOf(row.getString("role")),
                        Purpose.valueOf(row.getString("purpose")),
                        row.getString("stream"),
                        program(row),
                        row.getTimestamp("newest_at").toInstant(),
                        row.getLong("times")),
                registrant.value(),
                before == null ? Long.MAX_VALUE : before,
                limit);
    }

    private static Look look(ResultSet row) throws SQLException {
        return new Look(
                new RegistrantId(row.getString("registrant")),
                row.getString("actor"),
                Role.valueOf(row.getString("role")),
                Channel.valueOf(row.getString("channel")),
                Purpose.valueOf(row.getString("purpose")),
                row.getString("stream"),
                program(row),
                row.getTimestamp("looked_at").toInstant(),
                row.getString("correlation"));
    }

    private static @Nullable ProgramCode program(ResultSet row) throws SQLException {
        String code = row.getString("program");
        return code == null ? null : new ProgramCode(code);
    }
}
