package org.selfservice.kernel.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.Author.Evidence;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

class StepUpTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void any_login_will_do_where_nothing_is_asked() {
        assertThat(StepUp.NONE.asks()).isFalse();
        assertThatCode(() -> StepUp.NONE.mustBeMetBy(null, NOW)).doesNotThrowAnyException();
        assertThatCode(() -> StepUp.NONE.mustBeMetBy(proved(Assurance.BASIC, NOW.minusSeconds(86_400)), NOW))
                .doesNotThrowAnyException();
    }

    @Test
    void a_weaker_login_than_was_asked_for_is_refused_however_recent_it_is() {
        StepUp strong = new StepUp(Assurance.STRONG, null);
        assertThat(strong.asks()).isTrue();
        assertThat(refusal(strong, proved(Assurance.BASIC, NOW))).isEqualTo(RefusalCode.AUTHENTICATION_TOO_WEAK);
        assertThat(refusal(strong, null)).isEqualTo(RefusalCode.AUTHENTICATION_TOO_WEAK);
        assertThatCode(() -> strong.mustBeMetBy(proved(Assurance.STRONG, null), NOW))
                .doesNotThrowAnyException();
    }

    @Test
    void an_older_login_than_was_asked_for_is_refused_to_the_second() {
        StepUp fresh = new StepUp(Assurance.BASIC, 15);
        assertThatCode(() -> fresh.mustBeMetBy(proved(Assurance.STRONG, NOW.minusSeconds(900)), NOW))
                .doesNotThrowAnyException();
        assertThat(refusal(fresh, proved(Assurance.STRONG, NOW.minusSeconds(901))))
                .isEqualTo(RefusalCode.AUTHENTICATION_TOO_OLD);
    }

    @Test
    void a_login_of_which_nobody_knows_when_it_was_is_too_old() {
        assertThat(refusal(new StepUp(Assurance.BASIC, 15), proved(Assurance.STRONG, null)))
                .isEqualTo(RefusalCode.AUTHENTICATION_TOO_OLD);
        assertThat(refusal(new StepUp(Assurance.BASIC, 15), null)).isEqualTo(RefusalCode.AUTHENTICATION_TOO_OLD);
    }

    @Test
    void a_providers_clock_may_be_ahead_by_two_minutes_and_no_more() {
        StepUp fresh = new StepUp(Assurance.BASIC, 15);
        assertThatCode(() -> fresh.mustBeMetBy(proved(Assurance.BASIC, NOW.plusSeconds(120)), NOW))
                .doesNotThrowAnyException();
        assertThat(refusal(fresh, proved(Assurance.BASIC, NOW.plusSeconds(121))))
                .isEqualTo(RefusalCode.AUTHENTICATION_TOO_OLD);
    }

    @Test
    void whoever_is_refused_hears_what_it_takes() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> new StepUp(Assurance.STRONG, 5).mustBeMetBy(null, NOW))
                .satisfies(no -> assertThat(no.details()).isEqualTo(Map.of("assurance", "STRONG", "minutes", "5")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_441})
    void minutes_are_from_one_to_a_day(int minutes) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> new StepUp(Assurance.BASIC, minutes))
                .satisfies(no -> assertThat(no.code()).isEqualTo(RefusalCode.INVALID));
    }

    private static RefusalCode refusal(StepUp asked, Evidence shown) {
        try {
            asked.mustBeMetBy(shown, NOW);
        } catch (Refused no) {
            return no.code();
        }
        throw new AssertionError("allowed");
    }

    private static Evidence proved(Assurance assurance, Instant at) {
        return new Evidence("https://id.example", "acr", at, assurance);
    }
}
