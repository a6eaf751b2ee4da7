package org.selfservice.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.replay.Replays;
import org.selfservice.kernel.replay.ViewReplay;
import org.selfservice.kernel.replay.ViewReplay.Comparison;
import org.selfservice.kernel.replay.ViewReplay.Progress;
import org.selfservice.kernel.replay.ViewReplay.State;
import org.selfservice.kernel.replay.ViewReplay.Wish;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One row per replay; an index decides that only one of a view is open. The database's clock tells who has fallen silent. */
final class StoredReplays implements Replays {
    static final String TABLE = """
            create table if not exists replay (
                number bigint generated always as identity primary key,
                view text not null,
                asked_by text not null,
                asked_at timestamptz not null default now(),
                state text not null default 'ASKED',
                wish text,
                process text,
                heard_at timestamptz,
                generation int not null default 0,
                done bigint not null default 0,
                total bigint not null default 0,
                per_second bigint not null default 0,
                same bigint,
                different bigint,
                named text[],
                failure text,
                ended_at timestamptz)""";
    static final String OPEN = "create unique index if not exists replay_open on replay (view) where ended_at is null";

    /** So long a process may be silent before another one goes on with its work. */
    private static final String SILENCE = "interval '15 seconds'";

    private final JdbcClient portal;

    StoredReplays(DataSource portal) {
        this.portal = JdbcClient.create(portal);
    }

    @Override
    public boolean ask(String view, String by) {
        return portal.sql("insert into replay (view, asked_by) values (?, ?)"
                                + " on conflict (view) where ended_at is null do nothing")
                        .params(view, by)
                        .update()
                == 1;
    }

    @Override
    public boolean stop(String view) {
        return portal.sql("update replay set wish = 'STOP' where view = ? and ended_at is null")
                        .param(view)
                        .update()
                == 1;
    }

    @Override
    public boolean swap(String view) {
        return portal.sql("update replay set wish = 'SWAP' where view = ? and ended_at is null"
                                + " and state = 'COMPARED' and wish is null")
                        .param(view)
                        .update()
                == 1;
    }

    @Override
    public List<ViewReplay> latest() {
        return portal.sql("select distinct on (view) * from replay order by view, number desc")
                .query((row, _) -> read(row))
                .list();
    }

    @Override
    public List<ViewReplay> of(String view, int limit) {
        return portal.sql("select * from replay where view = ? order by number desc limit ?")
                .params(view, limit)
                .query((row, _) -> read(row))
                .list();
    }

    @Override
    public Optional<ViewReplay> take(String process) {
        return portal.sql("update replay set process = ?, heard_at = now() where number = ("
                        + "select number from replay where ended_at is null"
                        + " and (heard_at is null or heard_at < now() - " + SILENCE + ")"
                        + " order by number limit 1 for update skip locked) returning *")
                .param(process)
                .query((row, _) -> read(row))
                .optional();
    }

    @Override
    public Heard keep(ViewReplay replay, String process) {
        Comparison comparison = replay.comparison();
        return portal.sql("update replay set state = ?, generation = ?, done = ?, total = ?, per_second = ?, same = ?,"
                        + " different = ?, named = ?, failure = ?, ended_at = ?, heard_at = now()"
                        + " where number = ? and process = ? and ended_at is null returning wish")
                .params(
                        replay.state().name(),
                        replay.generation(),
                        replay.progress().done(),
                        replay.progress().total(),
                        replay.progress().perSecond(),
                        comparison == null ? null : comparison.same(),
                        comparison == null ? null : comparison.different(),
                        comparison == null ? null : comparison.named().toArray(String[]::new),
                        replay.failure(),
                        replay.endedAt() == null ? null : Timestamp.from(replay.endedAt()),
                        replay.number(),
                        process)
                .query((row, _) -> new Heard(true, wish(row)))
                .optional()
                .orElse(new Heard(false, null));
    }

    private static ViewReplay read(ResultSet row) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        return new ViewReplay(
                row.getLong("number"),
                row.getString("view"),
                row.getString("asked_by"),
                row.getTimestamp("asked_at").toInstant(),
                State.valueOf(row.getString("state")),
                wish(row),
                row.getInt("generation"),
                new Progress(row.getLong("done"), row.getLong("total"), row.getLong("per_second")),
                row.getArray("named") == null
                        ? null
                        : new Comparison(row.getLong("same"), row.getLong("different"), List.of((String[])
                                row.getArray("named").getArray())),
                row.getString("failure"),
                ended == null ? null : ended.toInstant());
    }

    private static @Nullable Wish wish(ResultSet row) throws SQLException {
        String wish = row.getString("wish");
        return wish == null ? null : Wish.valueOf(wish);
    }
}
