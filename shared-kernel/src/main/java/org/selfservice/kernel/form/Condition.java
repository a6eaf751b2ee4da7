package org.selfservice.kernel.form;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a page or a field is asked: tests on answers given elsewhere in the form. A test on a question that is itself not
 * asked, or has no answer, does not hold ({@link Operator#IS_NOT} does).
 */
public record Condition(Match match, List<Test> tests) {
    public Condition {
        tests = List.copyOf(tests);
    }

    public enum Match {
        ALL,
        ANY
    }

    public enum Operator {
        IS,
        IS_NOT,
        /** One of the chosen options. */
        INCLUDES,
        AT_LEAST,
        AT_MOST,
        ANSWERED
    }

    public record Test(String field, Operator operator, String value) {
        boolean holds(@Nullable Answer answer) {
            return switch (operator) {
                case IS ->
                    answer instanceof Answer.Text(String text) && text.strip().equals(value);
                case IS_NOT ->
                    !(answer instanceof Answer.Text(String text) && text.strip().equals(value));
                case INCLUDES -> answer instanceof Answer.Choices(List<String> chosen) && chosen.contains(value);
                case AT_LEAST -> compare(answer) >= 0;
                case AT_MOST -> answer != null && compare(answer) != Integer.MIN_VALUE && compare(answer) <= 0;
                case ANSWERED -> answer != null && !answer.isEmpty();
            };
        }

        private int compare(@Nullable Answer answer) {
            BigDecimal number = answer instanceof Answer.Text(String text) ? Numbers.parse(text) : null;
            BigDecimal limit = Numbers.parse(value);
            return number == null || limit == null ? Integer.MIN_VALUE : number.compareTo(limit);
        }
    }

    public boolean holds(Map<String, Answer> answers) {
        return match == Match.ALL
                ? tests.stream().allMatch(test -> test.holds(answers.get(test.field())))
                : tests.stream().anyMatch(test -> test.holds(answers.get(test.field())));
    }

    public static Condition is(String field, String value) {
        return new Condition(Match.ALL, List.of(new Test(field, Operator.IS, value)));
    }

    public static Condition includes(String field, String value) {
        return new Condition(Match.ALL, List.of(new Test(field, Operator.INCLUDES, value)));
    }
}
