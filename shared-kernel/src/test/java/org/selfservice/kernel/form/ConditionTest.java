package org.selfservice.kernel.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.kernel.form.SampleForm.answers;
import static org.selfservice.kernel.form.SampleForm.chosen;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.form.Condition.Match;
import org.selfservice.kernel.form.Condition.Operator;

class ConditionTest {
    @Test
    void is_compares_the_text_alone() {
        assertThat(holds(Operator.IS, "yes", " yes ")).isTrue();
        assertThat(holds(Operator.IS, "yes", "no")).isFalse();
        assertThat(holds(Operator.IS, "yes", chosen("yes"))).isFalse();
        assertThat(holds(Operator.IS, "yes", new Answer.DontKnow())).isFalse();
    }

    @Test
    void is_not_holds_whenever_is_does_not() {
        assertThat(holds(Operator.IS_NOT, "yes", "no")).isTrue();
        assertThat(holds(Operator.IS_NOT, "yes", "yes")).isFalse();
        assertThat(condition(Match.ALL, test(Operator.IS_NOT, "yes")).holds(answers()))
                .isTrue();
    }

    @Test
    void includes_looks_into_choices() {
        assertThat(holds(Operator.INCLUDES, "b", chosen("a", "b"))).isTrue();
        assertThat(holds(Operator.INCLUDES, "c", chosen("a", "b"))).isFalse();
        assertThat(holds(Operator.INCLUDES, "b", "b")).isFalse();
    }

    @Test
    void limits_compare_numbers_as_they_are_typed() {
        assertThat(holds(Operator.AT_LEAST, "5", "5")).isTrue();
        assertThat(holds(Operator.AT_LEAST, "5", "4.9")).isFalse();
        assertThat(holds(Operator.AT_MOST, "1000", "1,000")).isTrue();
        assertThat(holds(Operator.AT_MOST, "1000", "١٠٠١")).isFalse();
        assertThat(holds(Operator.AT_MOST, "5", "few")).isFalse();
        assertThat(holds(Operator.AT_LEAST, "5", "many")).isFalse();
        assertThat(holds(Operator.AT_MOST, "5", new Answer.DontKnow())).isFalse();
    }

    @Test
    void answered_means_that_something_was_given() {
        assertThat(holds(Operator.ANSWERED, "", "x")).isTrue();
        assertThat(holds(Operator.ANSWERED, "", new Answer.DontKnow())).isTrue();
        assertThat(holds(Operator.ANSWERED, "", " ")).isFalse();
        assertThat(condition(Match.ALL, test(Operator.ANSWERED, "")).holds(answers()))
                .isFalse();
    }

    @Test
    void all_tests_must_hold_or_any_of_them() {
        Condition.Test yes = test(Operator.IS, "x");
        Condition.Test no = test(Operator.IS, "y");
        assertThat(condition(Match.ALL, yes, yes).holds(answers("q", "x"))).isTrue();
        assertThat(condition(Match.ALL, yes, no).holds(answers("q", "x"))).isFalse();
        assertThat(condition(Match.ANY, yes, no).holds(answers("q", "x"))).isTrue();
        assertThat(condition(Match.ANY, no, no).holds(answers("q", "x"))).isFalse();
    }

    private static boolean holds(Operator operator, String value, Object answer) {
        return condition(Match.ALL, test(operator, value)).holds(answers("q", answer));
    }

    private static Condition condition(Match match, Condition.Test... tests) {
        return new Condition(match, List.of(tests));
    }

    private static Condition.Test test(Operator operator, String value) {
        return new Condition.Test("q", operator, value);
    }
}
