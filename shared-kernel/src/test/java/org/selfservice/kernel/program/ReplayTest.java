package org.selfservice.kernel.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.application.Submission.Outcome;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.Eligibility.Verdict;

class ReplayTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Map<String, Answer> ANSWERS = Map.of("income", Answer.text("300"));

    @Test
    void a_stricter_rule_takes_what_it_refuses_to_the_other_side() {
        Replay replay =
                replay(List.of(hard("poor", "answers.income <= 400")), List.of(hard("poor", "answers.income <= 200")));

        assertThat(replay.loses()).isTrue();
        assertThat(replay.gains()).isFalse();
        assertThat(replay.because()).containsExactly("poor");
    }

    @Test
    void a_rule_that_is_left_out_brings_back_what_it_refused() {
        Replay replay = replay(
                List.of(hard("poor", "answers.income <= 200"), hard("paid", "answers.income > 0")),
                List.of(hard("paid", "answers.income > 0")));

        assertThat(replay.gains()).isTrue();
        assertThat(replay.because()).containsExactly("poor");
    }

    @Test
    void a_soft_rule_changes_nobodys_side() {
        Replay replay = replay(List.of(), List.of(soft("poor", "answers.income <= 200")));

        assertThat(replay.loses()).isFalse();
        assertThat(replay.after()).isEqualTo(Verdict.MAYBE);
        assertThat(replay.because()).containsExactly("poor");
    }

    @Test
    void a_rule_that_needs_what_was_not_sent_is_named() {
        Replay replay = replay(List.of(), List.of(hard("family", "person.household_size > 2")));

        assertThat(replay.loses()).isFalse();
        assertThat(replay.unknown()).containsExactly("family");
    }

    @Test
    void what_a_rule_said_when_it_was_sent_holds_as_long_as_the_rule_is_the_same() {
        List<EligibilityRule> rules = List.of(hard("family", "person.household_size > 2"));
        Replay replay = Replay.of(rules, rules, ANSWERS, Map.of(), DAY, Map.of("family", Outcome.PASSED));

        assertThat(replay).isEqualTo(new Replay(Verdict.LIKELY, Verdict.LIKELY, List.of(), List.of()));
    }

    @Test
    void what_changes_sides_does_so_because_of_the_rules_that_refuse() {
        Replay replay = replay(
                List.of(), List.of(hard("poor", "answers.income <= 200"), hard("family", "person.household_size > 2")));

        assertThat(replay.loses()).isTrue();
        assertThat(replay.because()).containsExactly("poor");
    }

    @Test
    void age_is_counted_on_the_day_of_sending() {
        List<EligibilityRule> adults = List.of(hard("adult", "age(answers.born) >= 18"));
        Map<String, Answer> born = Map.of("born", Answer.text("2008-03-02"));

        assertThat(Replay.of(List.of(), adults, born, Map.of(), DAY, Map.of()).loses())
                .isTrue();
        assertThat(Replay.of(List.of(), adults, born, Map.of(), DAY.plusDays(1), Map.of())
                        .loses())
                .isFalse();
    }

    private static Replay replay(List<EligibilityRule> before, List<EligibilityRule> after) {
        return Replay.of(before, after, ANSWERS, Map.of(), DAY, Map.of());
    }

    private static EligibilityRule hard(String id, String expression) {
        return new EligibilityRule(id, expression, LocalizedText.en("No"), true);
    }

    private static EligibilityRule soft(String id, String expression) {
        return new EligibilityRule(id, expression, LocalizedText.en("No"), false);
    }
}
