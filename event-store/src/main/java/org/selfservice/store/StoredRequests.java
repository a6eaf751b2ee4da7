package org.selfservice.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.selfservice.kernel.KeyedRequests;
import org.selfservice.kernel.KeyedRequests.Known.Answered;
import org.selfservice.kernel.KeyedRequests.Known.First;
import org.selfservice.kernel.KeyedRequests.Known.Other;
import org.selfservice.kernel.KeyedRequests.Known.Running;
import org.springframework.jdbc.core.JdbcTemplate;

/** One row per key, whose insert decides who is first. Keys and contents are kept as hashes alone. */
final class StoredRequests implements KeyedRequests {
    static final String TABLE = """
            create table if not exists keyed_request (
                key text primary key,
                content text not null,
                begun timestamptz not null,
                status int,
                headers text,
                body text)""";
    static final String BY_AGE = "create index if not exists keyed_request_begun on keyed_request (begun)";

    static final Duration KEPT = Duration.ofHours(24);
    /** Longer than any request takes: whoever began it is no more, and it may be done again. */
    static final Duration ABANDONED = Duration.ofMinutes(2);

    private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(10);

    private final JdbcTemplate portal;
    private final KeyedHashes hashes;
    private final Clock clock;
    private final AtomicReference<Instant> swept = new AtomicReference<>(Instant.EPOCH);

    StoredRequests(DataSource portal, KeyedHashes hashes, Clock clock) {
        this.portal = new JdbcTemplate(portal);
        this.hashes = hashes;
        this.clock = clock;
    }

    private record Row(String content, Known known) {}

    @Override
    public Known begin(Keyed request) {
        // as exactly as the database keeps it, since keep and forget ask for the same instant
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        sweep(now);
        while (true) {
            if (isFirst(request, now)) {
                return new First(now);
            }
            // none when it was forgotten meanwhile
            for (Row row : portal.query(
                    "select content, status, headers, body from keyed_request where key = ?",
                    (found, _) -> row(found),
                    key(request))) {
                return row.content().equals(content(request)) ? row.known() : new Other();
            }
        }
    }

    private boolean isFirst(Keyed request, Instant now) {
        return portal.update(
                        """
                        insert into keyed_request (key, content, begun) values (?, ?, ?)
                        on conflict (key) do update
                        set content = excluded.content, begun = excluded.begun, status = null, headers = null, body = null
                        where keyed_request.begun <= ?
                            or keyed_request.status is null and keyed_request.begun <= ?
                                and keyed_request.content = excluded.content""",
                        key(request),
                        content(request),
                        Timestamp.from(now),
                        Timestamp.from(now.minus(KEPT)),
                        Timestamp.from(now.minus(ABANDONED)))
                == 1;
    }

    @Override
    public void keep(Keyed request, Instant begun, Answer answer) {
        portal.update(
                "update keyed_request set status = ?, headers = ?, body = ? where key = ? and begun = ?",
                answer.status(),
                answer.headers().entrySet().stream()
                        .map(header -> header.getKey() + ": " + header.getValue())
                        .collect(Collectors.joining("\n")),
                answer.body(),
                key(request),
                Timestamp.from(begun));
    }

    @Override
    public void forget(Keyed request, Instant begun) {
        portal.update("delete from keyed_request where key = ? and begun = ?", key(request), Timestamp.from(begun));
    }

    /** With the requests that come, as none is begun while none comes. */
    private void sweep(Instant now) {
        Instant last = swept.get();
        if (last.plus(BETWEEN_SWEEPS).isBefore(now) && swept.compareAndSet(last, now)) {
            portal.update("delete from keyed_request where begun <= ?", Timestamp.from(now.minus(KEPT)));
        }
    }

    private String key(Keyed request) {
        return hashes.request(request.caller(), request.key());
    }

    private String content(Keyed request) {
        return hashes.request(request.caller(), request.content());
    }

    private static Row row(ResultSet found) throws SQLException {
        int status = found.getInt("status");
        Known known = found.wasNull()
                ? new Running()
                : new Answered(new Answer(status, headers(found.getString("headers")), found.getString("body")));
        return new Row(found.getString("content"), known);
    }

    private static Map<String, String> headers(String lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : List.of(lines.split("\n"))) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                headers.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        return headers;
    }
}
