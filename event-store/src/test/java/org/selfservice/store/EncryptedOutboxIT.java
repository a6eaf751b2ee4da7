package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.notification.Failure;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.notification.Outbox.Taken;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.jdbc.core.JdbcTemplate;

class EncryptedOutboxIT {
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(2);
    private static final Set<Via> MAIL = Set.of(Via.EMAIL);

    private final JdbcTemplate portal = new JdbcTemplate(Portal.bean(DataSource.class));
    private final Outbox outbox = Portal.bean(Outbox.class);
    private final Keys keys = Portal.bean(Keys.class);
    private final RegistrantId who = new RegistrantId("r-" + UUID.randomUUID());

    @BeforeEach
    void empty() {
        portal.update("delete from notification");
    }

    @Test
    void whatIsKeptTwiceIsTakenOnceAndNeverAgainOnceItWasSent() {
        Message message = message("e-1", Via.EMAIL);
        outbox.keep(message);
        outbox.keep(message);

        Taken taken = outbox.take(MAIL, NOW, HOLD).orElseThrow();
        assertThat(taken.message()).isEqualTo(message);
        assertThat(taken.attempts()).isZero();
        assertThat(outbox.take(MAIL, NOW, HOLD)).isEmpty();
        outbox.sent(taken.number(), NOW);
        outbox.keep(message);

        assertThat(outbox.take(MAIL, NOW.plus(Duration.ofDays(1)), HOLD)).isEmpty();
        assertThat(outbox.counts()).isEmpty();
        assertThat(portal.queryForObject("select address from notification", byte[].class))
                .isNull();
    }

    @Test
    void whatWasTakenBySomebodyWhoWasKilledIsDueAgain() {
        outbox.keep(message("e-1", Via.EMAIL));
        outbox.take(MAIL, NOW, HOLD).orElseThrow();

        assertThat(outbox.take(MAIL, NOW.plus(HOLD).minusSeconds(1), HOLD)).isEmpty();
        assertThat(outbox.take(MAIL, NOW.plus(HOLD), HOLD)).isPresent();
    }

    @Test
    void manyTakersNeverTakeTheSame() throws Exception {
        IntStream.range(0, 40).forEach(number -> outbox.keep(message("e-" + number, Via.EMAIL)));
        Callable<Set<Long>> taker = () -> {
            Set<Long> mine = new HashSet<>();
            for (var next = outbox.take(MAIL, NOW, HOLD); next.isPresent(); next = outbox.take(MAIL, NOW, HOLD)) {
                mine.add(next.get().number());
            }
            return mine;
        };
        Set<Long> all = new HashSet<>();
        int taken = 0;
        try (ExecutorService takers = Executors.newFixedThreadPool(4)) {
            for (Future<Set<Long>> one : takers.invokeAll(List.of(taker, taker, taker, taker))) {
                taken += one.get().size();
                all.addAll(one.get());
            }
        }

        assertThat(all).hasSize(40);
        assertThat(taken).isEqualTo(40);
    }

    @Test
    void onlyChannelsThatSomebodyServesAreTaken() {
        outbox.keep(message("e-1", Via.SMS));

        assertThat(outbox.take(MAIL, NOW, HOLD)).isEmpty();
        assertThat(outbox.take(Set.of(Via.EMAIL, Via.SMS), NOW, HOLD)).isPresent();
    }

    @Test
    void whatFailedIsDueLaterAndInTheEndOnlyWhenSomebodyAsksForIt() {
        outbox.keep(message("e-1", Via.EMAIL));
        long number = outbox.take(MAIL, NOW, HOLD).orElseThrow().number();
        outbox.failed(number, Failure.UNREACHABLE, null, NOW, NOW.plusSeconds(300));
        assertThat(outbox.take(MAIL, NOW.plusSeconds(299), HOLD)).isEmpty();
        assertThat(outbox.undelivered(10)).isEmpty();
        Taken again = outbox.take(MAIL, NOW.plusSeconds(300), HOLD).orElseThrow();
        assertThat(again.attempts()).isEqualTo(1);

        outbox.failed(number, Failure.REFUSED, 554, NOW.plusSeconds(301), null);

        assertThat(outbox.take(MAIL, NOW.plus(Duration.ofDays(1)), HOLD)).isEmpty();
        assertThat(outbox.undelivered(10)).singleElement().satisfies(one -> {
            assertThat(one.number()).isEqualTo(number);
            assertThat(one.attempts()).isEqualTo(2);
            assertThat(one.why()).isEqualTo(Failure.REFUSED);
            assertThat(one.reply()).isEqualTo(554);
            assertThat(one.triedAt()).isEqualTo(NOW.plusSeconds(301));
        });
        assertThat(outbox.counts()).containsExactly(new Outbox.Count(Via.EMAIL, true, 1, NOW.minusSeconds(60)));
        assertThat(outbox.tryAgain(number + 1, NOW)).isFalse();
        assertThat(outbox.tryAgain(number, NOW)).isTrue();
        assertThat(outbox.take(MAIL, NOW, HOLD)).isPresent();
    }

    @Test
    void allAreTriedAgainAndOneIsDropped() {
        for (String cause : List.of("e-1", "e-2")) {
            outbox.keep(message(cause, Via.EMAIL));
            outbox.failed(outbox.take(MAIL, NOW, HOLD).orElseThrow().number(), Failure.LOGIN, 535, NOW, null);
        }
        assertThat(outbox.drop(outbox.undelivered(10).getFirst().number())).isTrue();

        assertThat(outbox.tryAllAgain(NOW)).isEqualTo(1);
        assertThat(outbox.take(MAIL, NOW, HOLD).orElseThrow().message().cause()).isEqualTo("e-1");
        assertThat(outbox.take(MAIL, NOW, HOLD)).isEmpty();
    }

    @Test
    void aMessageToSomebodyWhoWasErasedCannotBeReadAndIsNeitherTakenNorKept() {
        outbox.keep(message("e-1", Via.EMAIL));
        keys.destroy(who.value());
        outbox.keep(message("e-2", Via.EMAIL));

        assertThat(outbox.take(MAIL, NOW, HOLD)).isEmpty();
        assertThat(outbox.counts()).isEmpty();
        assertThat(portal.queryForList("select state from notification", String.class))
                .containsExactly("DROPPED");
    }

    @Test
    void whatWaitsForSomebodyWhoWantsNoneIsDropped() {
        outbox.keep(message("e-1", Via.EMAIL));
        outbox.drop(who);

        assertThat(outbox.take(MAIL, NOW, HOLD)).isEmpty();
    }

    @Test
    void aMessageMayBeAboutNoProgram() {
        Message message = new Message(
                "e-1",
                Via.EMAIL,
                Notice.ID_LINKED,
                who,
                Personal.of("zoe@example.org"),
                "fr",
                null,
                null,
                null,
                null,
                null,
                NOW.minusSeconds(60));
        outbox.keep(message);

        assertThat(outbox.take(MAIL, NOW, HOLD).orElseThrow().message()).isEqualTo(message);
    }

    @Test
    void theAddressIsNowhereInTheTable() {
        outbox.keep(message("e-1", Via.EMAIL));

        assertThat(portal.queryForList("select n::text from notification n", String.class))
                .hasSize(1)
                .noneMatch(row -> row.contains("zoe@")
                        || row.contains(HexFormat.of().formatHex("zoe@".getBytes(StandardCharsets.UTF_8))));
    }

    private Message message(String cause, Via channel) {
        return new Message(
                cause,
                channel,
                Notice.INFORMATION_REQUESTED,
                who,
                Personal.of("zoe@example.org"),
                "fr",
                new ProgramCode("cash"),
                "Transfert d’argent",
                new ApplicationId("a-0000000000000000000000"),
                "CASH-7K4M-2P9X",
                LocalDate.of(2026, 12, 14),
                NOW.minusSeconds(60));
    }
}
