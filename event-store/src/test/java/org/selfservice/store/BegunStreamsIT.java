package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.StreamHeads;
import org.springframework.jdbc.core.JdbcTemplate;

class BegunStreamsIT {
    private final DataSource events = Portal.bean("eventsDataSource", DataSource.class);
    private final BegunStreams begun = new BegunStreams();

    @Test
    void mayBeAnyUntilTheStoreWasRead() {
        assertThat(begun.mayHold("any")).isTrue();
    }

    @Test
    void holdWhatIsInTheStoreAndWhatIsBegunLater() {
        String stored = "begun-" + UUID.randomUUID();
        new JdbcTemplate(events)
                .update(
                        "insert into event (event_id, stream, sequence_number, aggregate_type, occurred_at, event_name,"
                                + " payload, metadata) values (?, ?, 0, 'Tally', '2026-01-01T00:00:00Z', 'tallied', '', '')",
                        UUID.randomUUID().toString(),
                        stored);
        begun.add("before");

        begun.readFrom(new JdbcStreamHeads(events));
        begun.add("after");

        assertThat(begun.mayHold(stored)).isTrue();
        assertThat(begun.mayHold("before")).isTrue();
        assertThat(begun.mayHold("after")).isTrue();
        assertThat(begun.mayHold("never")).isFalse();
    }

    @Test
    void areSeldomTakenForOthers() {
        begun.readFrom(new JdbcStreamHeads(events));
        IntStream.range(0, 200_000).forEach(i -> begun.add("a-" + i));

        assertThat(IntStream.range(0, 200_000).allMatch(i -> begun.mayHold("a-" + i)))
                .isTrue();
        assertThat(IntStream.range(200_000, 400_000)
                        .filter(i -> begun.mayHold("a-" + i))
                        .count())
                .isLessThan(200);
    }

    @Test
    void spareTheStoreAQuestion() {
        begun.readFrom(new JdbcStreamHeads(events));
        StreamHeads nobodyToAsk = streams -> {
            throw new AssertionError("asked for " + streams);
        };
        OwnHeads heads = new OwnHeads(nobodyToAsk, begun);

        assertThat(heads.exists("never")).isFalse();
        heads.appended("never", 0);
        assertThat(heads.exists("never")).isTrue();
    }
}
