package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.replay.Replays;
import org.selfservice.kernel.replay.Replays.Heard;
import org.selfservice.kernel.replay.ViewReplay;
import org.selfservice.kernel.replay.ViewReplay.Comparison;
import org.selfservice.kernel.replay.ViewReplay.Progress;
import org.selfservice.kernel.replay.ViewReplay.State;
import org.selfservice.kernel.replay.ViewReplay.Wish;
import org.springframework.jdbc.core.JdbcTemplate;

class StoredReplaysIT {
    private final JdbcTemplate portal = new JdbcTemplate(Portal.bean(DataSource.class));
    private final Replays replays = Portal.bean(Replays.class);
    private final String view = "view-" + UUID.randomUUID();

    @AfterEach
    void nothingStaysOpen() {
        portal.update("delete from replay");
    }

    @Test
    void ofAViewOnlyOneIsOpenHoweverManyAskAtOnce() throws Exception {
        Callable<Boolean> ask = () -> replays.ask(view, "ann");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(Stream.generate(() -> ask).limit(20).toList()).stream()
                            .map(Future::resultNow)
                            .filter(asked -> asked))
                    .hasSize(1);
        }
        ViewReplay mine = replays.take("here").orElseThrow();
        replays.keep(mine.over(State.STOPPED, null, Instant.EPOCH), "here");
        assertThat(replays.ask(view, "ann")).isTrue();
    }

    @Test
    void howFarItIsAndWhatCameOfItIsKept() {
        replays.ask(view, "ann");
        ViewReplay taken = replays.take("here").orElseThrow();
        assertThat(taken.state()).isEqualTo(State.ASKED);
        assertThat(taken.by()).isEqualTo("ann");

        ViewReplay folding = taken.folding(3, new Progress(400, 1000, 200));
        assertThat(replays.keep(folding, "here")).isEqualTo(new Heard(true, null));
        assertThat(replays.of(view, 5)).containsExactly(folding);
        assertThat(folding.progress().percent()).isEqualTo(40);
        assertThat(folding.progress().secondsLeft()).isEqualTo(3);

        ViewReplay compared = folding.compared(new Comparison(9, 1, List.of("a-1")));
        replays.keep(compared, "here");
        assertThat(replays.latest()).filteredOn(one -> one.view().equals(view)).containsExactly(compared);

        ViewReplay live = compared.over(State.LIVE, null, Instant.parse("2026-11-27T01:02:03Z"));
        replays.keep(live, "here");
        assertThat(replays.latest()).filteredOn(one -> one.view().equals(view)).containsExactly(live);
        assertThat(replays.take("here")).isEmpty();
    }

    @Test
    void onlyWhatWasComparedCanBeMadeLiveAndWhoFoldsHearsOfIt() {
        assertThat(replays.stop(view)).isFalse();
        replays.ask(view, "ann");
        ViewReplay taken = replays.take("here").orElseThrow();
        assertThat(replays.swap(view)).isFalse();

        ViewReplay compared = taken.folding(2, new Progress(1, 1, 1)).compared(new Comparison(1, 0, List.of()));
        assertThat(replays.keep(compared, "here").wish()).isNull();
        assertThat(replays.swap(view)).isTrue();
        assertThat(replays.keep(compared, "here").wish()).isEqualTo(Wish.SWAP);
        assertThat(replays.stop(view)).isTrue();
        assertThat(replays.keep(compared, "here").wish()).isEqualTo(Wish.STOP);
    }

    @Test
    void whatASilentProcessLeftAnotherOneGoesOnWith() {
        replays.ask(view, "ann");
        ViewReplay taken = replays.take("here").orElseThrow();
        assertThat(replays.take("there")).isEmpty();
        portal.update("update replay set heard_at = now() - interval '1 minute'");

        assertThat(replays.take("there")).map(ViewReplay::number).contains(taken.number());
        assertThat(replays.keep(taken, "here").isMine()).isFalse();
        assertThat(replays.keep(taken, "there").isMine()).isTrue();
    }
}
