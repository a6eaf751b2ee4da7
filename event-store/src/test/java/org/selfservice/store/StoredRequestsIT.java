package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.KeyedRequests.Answer;
import org.selfservice.kernel.KeyedRequests.Keyed;
import org.selfservice.kernel.KeyedRequests.Known;
import org.selfservice.kernel.KeyedRequests.Known.Answered;
import org.selfservice.kernel.KeyedRequests.Known.First;
import org.selfservice.kernel.KeyedRequests.Known.Other;
import org.selfservice.kernel.KeyedRequests.Known.Running;
import org.springframework.jdbc.core.JdbcTemplate;

class StoredRequestsIT {
    private static final Answer ANSWER = new Answer(
            201, Map.of("ETag", "\"3\"", "Location", "/api/v1/programs/cash"), "{\"stream\":\"cash\",\"sequence\":3}");

    private final DataSource portal = Portal.bean(DataSource.class);
    private final Hands clock = new Hands();
    private final StoredRequests requests = reopened();
    private final String key = UUID.randomUUID().toString();
    private final Keyed request = new Keyed("ann", key, "POST /cash {}");

    /** A clock whose hands a test moves. */
    private static final class Hands extends Clock {
        private Instant now = Instant.now();

        void move(Duration on) {
            now = now.plus(on);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void whatWasAnsweredIsAnsweredAgainAlsoAfterARestart() {
        First first = begun(request);
        assertThat(requests.begin(request)).isEqualTo(new Running());
        requests.keep(request, first.begun(), ANSWER);

        assertThat(requests.begin(request)).isEqualTo(new Answered(ANSWER));
        assertThat(reopened().begin(request)).isEqualTo(new Answered(ANSWER));
    }

    @Test
    void theKeyOfAnotherRequestIsNoKeyOfThisOne() {
        begun(request);

        assertThat(requests.begin(new Keyed("ann", key, "POST /cash {\"more\":1}")))
                .isEqualTo(new Other());
        assertThat(requests.begin(new Keyed("bea", key, "POST /cash {}"))).isInstanceOf(First.class);
    }

    @Test
    void ofManyAtOnceOneIsTheFirst() throws Exception {
        Callable<Known> begin = () -> requests.begin(request);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Known> all = threads
                    .invokeAll(Stream.generate(() -> begin).limit(20).toList())
                    .stream()
                    .map(Future::resultNow)
                    .toList();
            assertThat(all).filteredOn(First.class::isInstance).hasSize(1);
            assertThat(all).filteredOn(Running.class::isInstance).hasSize(19);
        }
    }

    @Test
    void whatWasNotDoneCanBeDoneByTheNext() {
        requests.forget(request, begun(request).begun());

        begun(request);
    }

    @Test
    void whoBeganAndIsNoMoreIsNotWaitedForForEver() {
        First lost = begun(request);
        clock.move(StoredRequests.ABANDONED.plusSeconds(1));
        First next = begun(request);
        requests.keep(request, next.begun(), ANSWER);

        requests.keep(request, lost.begun(), new Answer(500, Map.of(), "late"));
        requests.forget(request, lost.begun());
        assertThat(requests.begin(request)).isEqualTo(new Answered(ANSWER));
    }

    @Test
    void aDayLaterItIsForgotten() {
        requests.keep(request, begun(request).begun(), ANSWER);
        clock.move(StoredRequests.KEPT.minusSeconds(1));
        assertThat(requests.begin(request)).isEqualTo(new Answered(ANSWER));
        clock.move(Duration.ofSeconds(2));
        begun(new Keyed("ann", key, "another by now"));

        clock.move(StoredRequests.KEPT.plusSeconds(1));
        begun(new Keyed("ann", UUID.randomUUID().toString(), "whichever"));
        assertThat(new JdbcTemplate(portal)
                        .queryForObject(
                                "select count(*) from keyed_request where begun < ?",
                                Integer.class,
                                java.sql.Timestamp.from(clock.instant().minus(StoredRequests.KEPT))))
                .isZero();
    }

    @Test
    void neitherKeyNorContentCanBeReadFromTheTable() {
        begun(request);

        assertThat(new JdbcTemplate(portal).queryForList("select key || content from keyed_request", String.class))
                .isNotEmpty()
                .noneMatch(row -> row.contains(key) || row.contains("cash"));
    }

    private First begun(Keyed one) {
        Known known = requests.begin(one);
        assertThat(known).isInstanceOf(First.class);
        return (First) known;
    }

    private StoredRequests reopened() {
        return new StoredRequests(portal, Portal.bean(KeyedHashes.class), clock);
    }
}
