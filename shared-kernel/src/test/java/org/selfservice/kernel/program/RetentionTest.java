package org.selfservice.kernel.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationState;

class RetentionTest {
    private static final Instant CLOSED = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void what_came_to_nothing_is_kept_for_days_by_how_it_ended() {
        Retention retention = new Retention(365, 30, 1);

        assertThat(retention.until(ApplicationState.REJECTED, CLOSED)).isEqualTo("2027-03-01T10:00:00Z");
        assertThat(retention.until(ApplicationState.WITHDRAWN, CLOSED)).isEqualTo("2026-03-31T10:00:00Z");
        assertThat(retention.until(ApplicationState.EXPIRED, CLOSED)).isEqualTo("2026-03-02T10:00:00Z");
    }

    @Test
    void what_is_open_or_approved_is_kept() {
        Retention retention = new Retention(1, 1, 1);

        EnumSet.complementOf(
                        EnumSet.of(ApplicationState.REJECTED, ApplicationState.WITHDRAWN, ApplicationState.EXPIRED))
                .forEach(state -> assertThat(retention.until(state, CLOSED)).isNull());
    }

    @Test
    void without_a_number_it_is_kept() {
        assertThat(Retention.NO_END.until(ApplicationState.REJECTED, CLOSED)).isNull();
        assertThat(Retention.NO_END.ends()).isFalse();
        assertThat(new Retention(null, 9, null).ends()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 36_501})
    void days_are_from_1_to_a_hundred_years(int days) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> new Retention(null, days, null))
                .satisfies(no -> assertThat(no.refusal())
                        .isEqualTo(new Refused.Refusal(RefusalCode.INVALID, Map.of("field", "withdrawnDays"))));
    }
}
