package org.selfservice.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Fingerprints;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.jdbc.core.JdbcTemplate;

/** One row per value, in the database of the keys: beside the events nothing compares two people. */
final class HashedFingerprints implements Fingerprints {
    static final String TABLE = """
            create table if not exists fingerprint (
                application text not null,
                kind text not null,
                hash text not null,
                registrant text not null,
                program text not null,
                primary key (application, kind, hash))""";
    static final String BY_HASH = "create index if not exists fingerprint_alike on fingerprint (hash, application)";
    static final String BY_REGISTRANT = "create index if not exists fingerprint_registrant on fingerprint (registrant)";

    private final JdbcTemplate portal;
    private final KeyedHashes hashes;

    HashedFingerprints(DataSource portal, KeyedHashes hashes) {
        this.portal = new JdbcTemplate(portal);
        this.hashes = hashes;
    }

    @Override
    public void keep(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            Map<Likeness, Set<String>> values) {
        List<Object[]> rows = new ArrayList<>();
        values.forEach((kind, all) -> all.forEach(value -> rows.add(new Object[] {
            application.value(), kind.name(), hashes.likeness(kind, value), registrant.value(), program.value()
        })));
        portal.batchUpdate("insert into fingerprint values (?, ?, ?, ?, ?) on conflict do nothing", rows);
    }

    @Override
    public Map<ApplicationId, Set<Likeness>> alike(ApplicationId application, int limit) {
        Map<ApplicationId, Set<Likeness>> alike = new LinkedHashMap<>();
        portal.query(
                """
                select other.application, string_agg(distinct other.kind, ',') as kinds
                from fingerprint mine
                cross join lateral (
                    select application, kind, count(*) over () as sharing
                    from (
                        select application, kind
                        from fingerprint
                        where hash = mine.hash and registrant <> mine.registrant
                        order by application
                        limit ? + 1) first_ones) other
                where mine.application = ? and (other.sharing <= ? or mine.kind not in ('PHONE', 'EMAIL'))
                group by other.application
                order by count(distinct other.kind) desc, other.application
                limit ?""",
                row -> {
                    Set<Likeness> kinds = EnumSet.noneOf(Likeness.class);
                    for (String kind : row.getString("kinds").split(",")) {
                        kinds.add(Likeness.valueOf(kind));
                    }
                    alike.put(new ApplicationId(row.getString("application")), Collections.unmodifiableSet(kinds));
                },
                limit,
                application.value(),
                limit,
                limit);
        return alike;
    }

    @Override
    public void forget(RegistrantId registrant) {
        portal.update("delete from fingerprint where registrant = ?", registrant.value());
    }

    @Override
    public void forget(ApplicationId application) {
        portal.update("delete from fingerprint where application = ?", application.value());
    }
}
