package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.audit.History;
import org.selfservice.kernel.audit.History.Line;
import org.selfservice.kernel.audit.History.Wanted;
import org.selfservice.kernel.audit.Moment;
import org.selfservice.kernel.audit.Place;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.jdbc.core.JdbcTemplate;

class StoredHistoryIT {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final ProgramCode CASH = new ProgramCode("cash");
    private static final AtomicLong NUMBERS = new AtomicLong(1_000_000_000);

    private final History history = Portal.bean(History.class);
    private final RegistrantId lena = new RegistrantId("r-" + UUID.randomUUID());
    private final String rita = "rita-" + UUID.randomUUID();

    @Test
    void isFoundAgainAsItWasKeptAndASecondTimeChangesNothing() {
        Line line = line("a-" + UUID.randomUUID(), 0, "application.started", NOON, lena, CASH);
        history.keep(List.of(line));
        history.keep(List.of(line));

        assertThat(history.find(of(lena), null, 10)).containsExactly(line);
        assertThat(history.find(new Wanted(line.number(), null, null, null, null, null, null, null, null), null, 10))
                .containsExactly(line);
    }

    @Test
    void eachConditionLeavesOutWhatItShould() {
        String one = "a-" + UUID.randomUUID();
        Line begun = line(one, 0, "application.started", NOON, lena, CASH);
        Line sent = line(one, 1, "application.submitted", NOON.plusSeconds(10), lena, CASH);
        Line registered = line(lena.value(), 0, "registrant.registered", NOON.plusSeconds(20), lena, null);
        history.keep(List.of(begun, sent, registered));

        assertThat(history.find(of(lena), null, 10)).containsExactly(registered, sent, begun);
        assertThat(find(one, null, null, null, null, null, null)).containsExactly(sent, begun);
        assertThat(find(null, rita, null, null, null, null, null)).containsExactly(registered, sent, begun);
        assertThat(find(null, rita, "application.submitted", null, null, null, null))
                .containsExactly(sent);
        assertThat(find(null, rita, null, CASH, null, null, null)).containsExactly(sent, begun);
        assertThat(find(null, rita, null, null, NOON.plusSeconds(10), null, null))
                .containsExactly(registered, sent);
        assertThat(find(null, rita, null, null, null, NOON.plusSeconds(10), null))
                .containsExactly(begun);
        assertThat(find(null, rita, null, null, null, null, Set.of(CASH))).containsExactly(sent, begun);
        assertThat(find(null, rita, null, null, null, null, Set.of())).isEmpty();
        assertThat(find(null, "nul\0", null, null, null, null, null)).isEmpty();
        assertThat(history.find(of(lena), registered.number(), 1)).containsExactly(sent);
    }

    @Test
    void aSubjectIsReadInOrderUpToATimeOrANumber() {
        String one = "a-" + UUID.randomUUID();
        Line registered = line(lena.value(), 0, "registrant.registered", NOON, lena, null);
        Line begun = line(one, 0, "application.started", NOON.plusSeconds(1), lena, CASH);
        Line changed = line(lena.value(), 1, "registrant.demographics-updated", NOON.plusSeconds(2), lena, null);
        history.keep(List.of(registered, begun, changed));

        assertThat(history.upTo(lena.value(), Moment.LATEST))
                .containsExactly(registered.place(), begun.place(), changed.place());
        assertThat(history.upTo(lena.value(), Moment.at(NOON.plusSeconds(1))))
                .containsExactly(registered.place(), begun.place());
        assertThat(history.upTo(lena.value(), Moment.after(registered.number())))
                .containsExactly(registered.place());
        assertThat(history.upTo(one, Moment.LATEST)).containsExactly(begun.place());
    }

    /** However one asks, a page is read by an index. The limit is wide: it catches a scan, not a busy machine. */
    @Test
    void aPageOfManyIsThereAtOnce() {
        JdbcTemplate portal = new JdbcTemplate(Portal.bean("portalDataSource", DataSource.class));
        // Little by little: no statement of a portal may take seconds, on no machine.
        for (int from = 1; from <= 200_000; from += 5_000) {
            portal.update("""
                    insert into history (number, stream, sequence_number, event_name, occurred_at, actor, registrant, program, author)
                    select 2000000000 + n, 'a-many-' || n / 10, n % 10, 'application.' || n % 20, timestamptz '2020-01-01Z' + n * interval '1 minute',
                        'many-' || n % 50, 'r-manymanymanymanymany' || n / 100, 'many-' || n % 3,
                        '{"actor":"many","role":"OFFICER","channel":"WEB","correlation":"c"}'
                    from generate_series(?, ?) n""", from, from + 4_999);
        }
        portal.execute("analyze history");
        List<Wanted> asked = List.of(
                new Wanted(null, null, null, null, null, null, null, null, null),
                new Wanted(null, "a-many-777", null, null, null, null, null, null, null),
                of(new RegistrantId("r-manymanymanymanymany99")),
                new Wanted(null, null, null, "many-7", null, null, null, null, null),
                new Wanted(null, null, null, "nobody", null, null, null, null, null),
                new Wanted(null, null, null, null, "application.7", null, null, null, null),
                new Wanted(null, null, null, "many-7", "application.7", new ProgramCode("many-1"), null, null, null),
                new Wanted(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Instant.parse("2020-01-05T00:00:00Z"),
                        Instant.parse("2020-01-06T00:00:00Z"),
                        null));
        List<Duration> took = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            for (Wanted wanted : asked) {
                long begun = System.nanoTime();
                history.find(wanted, null, 51);
                took.add(Duration.ofNanos(System.nanoTime() - begun));
            }
        }
        assertThat(took.stream().sorted().toList().get(took.size() / 2)).isLessThan(Duration.ofMillis(50));
    }

    private List<Line> find(
            @Nullable String stream,
            @Nullable String actor,
            @Nullable String event,
            @Nullable ProgramCode program,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable Set<ProgramCode> programs) {
        return history.find(new Wanted(null, stream, null, actor, event, program, from, until, programs), null, 10);
    }

    private static Wanted of(RegistrantId registrant) {
        return new Wanted(null, null, registrant, null, null, null, null, null, null);
    }

    private Line line(
            String stream,
            long sequence,
            String event,
            Instant at,
            RegistrantId registrant,
            @Nullable ProgramCode program) {
        return new Line(
                NUMBERS.incrementAndGet(),
                new Place(stream, sequence),
                event,
                at,
                new Author(
                        rita,
                        "Rita",
                        Author.Role.REVIEWER,
                        lena.value(),
                        Author.Channel.ASSISTED,
                        new Author.Evidence("https://id.example.org", "otp", NOON, Author.Assurance.STRONG),
                        "c-1",
                        "2026-1"),
                registrant,
                program);
    }
}
