package org.selfservice.kernel.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.program.ApplicationPolicy.Answer;
import org.selfservice.kernel.program.ApplicationPolicy.Earlier;
import org.selfservice.kernel.program.ApplicationPolicy.Kind;

class ApplicationPolicyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_first_application_is_always_allowed(Kind kind) {
        assertThat(policy(kind).mayApply(List.of(), TODAY).allowed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nobody_has_two_open_applications_to_one_program(Kind kind) {
        for (ApplicationState state : ApplicationState.values()) {
            Answer answer = policy(kind).mayApply(List.of(earlier(state, TODAY.minusYears(5))), TODAY);
            assertThat(code(answer) == RefusalCode.APPLICATION_STILL_OPEN)
                    .as(state.name())
                    .isEqualTo(state.isOpen());
        }
    }

    @Test
    void once_means_once_whatever_the_time_since() {
        Answer answer = ApplicationPolicy.once()
                .mayApply(List.of(earlier(ApplicationState.APPROVED, TODAY.minusYears(10))), TODAY);
        assertThat(answer.refusal()).isEqualTo(new Refused.Refusal(RefusalCode.ALREADY_APPLIED, Map.of()));
    }

    @Test
    void what_came_to_nothing_does_not_count_unless_the_program_says_so() {
        ApplicationPolicy strict = new ApplicationPolicy(Kind.ONCE, 1, 0, false, false);
        for (ApplicationState state :
                List.of(ApplicationState.REJECTED, ApplicationState.WITHDRAWN, ApplicationState.EXPIRED)) {
            List<Earlier> earlier = List.of(earlier(state, TODAY));
            assertThat(ApplicationPolicy.once().mayApply(earlier, TODAY).allowed())
                    .isTrue();
            assertThat(code(strict.mayApply(earlier, TODAY))).isEqualTo(RefusalCode.ALREADY_APPLIED);
        }
    }

    @Test
    void one_at_a_time_may_be_asked_for_again_and_again() {
        List<Earlier> decided = List.of(
                earlier(ApplicationState.APPROVED, TODAY),
                earlier(ApplicationState.APPROVED, TODAY),
                earlier(ApplicationState.REJECTED, TODAY));
        assertThat(ApplicationPolicy.oneOpen().mayApply(decided, TODAY).allowed())
                .isTrue();
    }

    @Test
    void a_limit_per_period_says_when_it_is_free_again() {
        ApplicationPolicy policy = ApplicationPolicy.perPeriod(2, 30);
        List<Earlier> used = List.of(
                earlier(ApplicationState.APPROVED, LocalDate.of(2025, 1, 1)),
                earlier(ApplicationState.APPROVED, LocalDate.of(2026, 2, 10)),
                earlier(ApplicationState.REJECTED, LocalDate.of(2026, 2, 20)));
        Answer answer = policy.mayApply(used, TODAY);
        assertThat(answer.refusal())
                .isEqualTo(new Refused.Refusal(RefusalCode.PERIOD_LIMIT_REACHED, Map.of("from", "2026-03-12")));
        assertThat(policy.mayApply(used, LocalDate.of(2026, 3, 11)).allowed()).isFalse();
        assertThat(policy.mayApply(used, LocalDate.of(2026, 3, 12)).allowed()).isTrue();
    }

    @Test
    void withdrawn_and_expired_applications_use_up_no_period() {
        List<Earlier> earlier =
                List.of(earlier(ApplicationState.WITHDRAWN, TODAY), earlier(ApplicationState.EXPIRED, TODAY));
        assertThat(ApplicationPolicy.perPeriod(1, 365).mayApply(earlier, TODAY).allowed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_period_has_days_and_a_limit(int wrong) {
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> ApplicationPolicy.perPeriod(wrong, 30));
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> ApplicationPolicy.perPeriod(1, wrong));
    }

    @Test
    void a_day_begins_where_the_program_is() {
        Instant evening = Instant.parse("2026-02-28T22:30:00Z");
        assertThat(ApplicationPolicy.today(evening, "Africa/Nairobi")).isEqualTo(LocalDate.of(2026, 3, 1));
        assertThat(ApplicationPolicy.today(evening, "America/Lima")).isEqualTo(LocalDate.of(2026, 2, 28));
    }

    private static ApplicationPolicy policy(Kind kind) {
        return new ApplicationPolicy(kind, 1, 30, true, true);
    }

    private static Earlier earlier(ApplicationState state, LocalDate day) {
        return new Earlier(state, day);
    }

    private static @Nullable RefusalCode code(Answer answer) {
        return answer.refusal() == null ? null : answer.refusal().code();
    }
}
