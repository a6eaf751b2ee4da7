package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author.Channel;
import org.selfservice.kernel.Author.Role;
import org.selfservice.kernel.audit.Look;
import org.selfservice.kernel.audit.Look.Purpose;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.audit.Looks.Line;
import org.selfservice.kernel.audit.Looks.Numbered;
import org.selfservice.kernel.audit.Looks.Wanted;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

class StoredLooksIT {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final ProgramCode CASH = new ProgramCode("cash");
    private static final ProgramCode MEDICAL = new ProgramCode("medical");

    private final Looks looks = Portal.bean(Looks.class);
    private final RegistrantId lena = new RegistrantId("r-" + UUID.randomUUID());
    private final String rita = "rita-" + UUID.randomUUID();

    @Test
    void whatIsKeptIsFoundAgainNewestFirst() {
        Look first = look(lena, rita, CASH, NOON);
        Look second = look(lena, rita, null, NOON.plusSeconds(1));
        looks.keep(List.of(first, second));

        assertThat(looks.find(of(lena), null, 10)).extracting(Numbered::look).containsExactly(second, first);
    }

    @Test
    void pagesFollowEachOtherWithoutGapAndWithoutDoubles() {
        for (int i = 0; i < 5; i++) {
            looks.keep(List.of(look(lena, rita, CASH, NOON.plusSeconds(i))));
        }
        List<Numbered> page = looks.find(of(lena), null, 2);
        looks.keep(List.of(look(lena, rita, CASH, NOON.plusSeconds(9))));
        List<Numbered> next = looks.find(of(lena), page.getLast().number(), 2);
        List<Numbered> last = looks.find(of(lena), next.getLast().number(), 2);

        assertThat(page).extracting(one -> one.look().at()).containsExactly(NOON.plusSeconds(4), NOON.plusSeconds(3));
        assertThat(next).extracting(one -> one.look().at()).containsExactly(NOON.plusSeconds(2), NOON.plusSeconds(1));
        assertThat(last).extracting(one -> one.look().at()).containsExactly(NOON);
    }

    @Test
    void eachConditionLeavesOutWhatItShould() {
        RegistrantId other = new RegistrantId("r-" + UUID.randomUUID());
        looks.keep(List.of(
                look(lena, rita, CASH, NOON),
                look(lena, rita, MEDICAL, NOON.plusSeconds(10)),
                look(other, rita, null, NOON.plusSeconds(20))));

        assertThat(times(new Wanted(null, rita, null, null, null, null))).isEqualTo(3);
        assertThat(times(new Wanted(lena, rita, null, null, null, null))).isEqualTo(2);
        assertThat(times(new Wanted(null, rita, CASH, null, null, null))).isEqualTo(1);
        assertThat(times(new Wanted(null, rita, null, NOON.plusSeconds(10), null, null)))
                .isEqualTo(2);
        assertThat(times(new Wanted(null, rita, null, null, NOON.plusSeconds(10), null)))
                .isEqualTo(1);
        assertThat(times(new Wanted(null, rita, null, null, null, Set.of(CASH))))
                .isEqualTo(1);
        assertThat(times(new Wanted(null, rita, MEDICAL, null, null, Set.of(CASH))))
                .isZero();
        assertThat(times(new Wanted(null, rita, null, null, null, Set.of()))).isZero();
    }

    @Test
    void aPersonReadsOneLineForWhatOneSawOfOneThingInADay() {
        String omar = "omar-" + UUID.randomUUID();
        looks.keep(List.of(
                look(lena, rita, CASH, NOON.minus(1, ChronoUnit.DAYS)),
                look(lena, rita, CASH, NOON),
                look(lena, rita, CASH, NOON.plusSeconds(60)),
                look(lena, omar, CASH, NOON.plusSeconds(90)),
                look(lena, rita, MEDICAL, NOON.plusSeconds(120))));

        List<Line> lines = looks.of(lena, null, 10);

        assertThat(lines).extracting(Line::times).containsExactly(1L, 1L, 2L, 1L);
        assertThat(lines).extracting(Line::program).containsExactly(MEDICAL, CASH, CASH, CASH);
        assertThat(lines.get(2).last()).isEqualTo(NOON.plusSeconds(60));
        assertThat(looks.of(lena, lines.get(2).number(), 10)).containsExactly(lines.getLast());
    }

    @Test
    void ofSeveralAllAreKeptOrNone() {
        Look wrong = look(lena, "nul\0", CASH, NOON);
        assertThatException().isThrownBy(() -> looks.keep(List.of(look(lena, rita, CASH, NOON), wrong)));
        assertThat(looks.find(of(lena), null, 10)).isEmpty();
    }

    private int times(Wanted wanted) {
        return looks.find(wanted, null, 10).size();
    }

    private static Wanted of(RegistrantId registrant) {
        return new Wanted(registrant, null, null, null, null, null);
    }

    private static Look look(RegistrantId who, String actor, @Nullable ProgramCode program, Instant at) {
        return new Look(
                who,
                actor,
                Role.REVIEWER,
                Channel.WEB,
                program == null ? Purpose.INFORMATION : Purpose.CASE,
                program == null ? null : "a-" + program,
                program,
                at,
                "correlation");
    }
}
