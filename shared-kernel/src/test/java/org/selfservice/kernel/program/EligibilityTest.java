package org.selfservice.kernel.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.Submission.Outcome;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.Eligibility.Result;
import org.selfservice.kernel.program.Eligibility.Verdict;

class EligibilityTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    private final Map<String, Answer> answers = new HashMap<>(Map.of(
            "income", Answer.text("900.00"),
            "size", Answer.text("3"),
            "farmer", Answer.text("yes"),
            "phone", Answer.text("+12025550112"),
            "code", Answer.text("0712"),
            "crops", new Answer.Choices(List.of("rice", "maize")),
            "home", new Answer.Parts(Map.of("town", "Nakuru", "postcode", "20100")),
            "asset", new Answer.DontKnow(),
            "members",
                    new Answer.Rows(List.of(
                            Map.of("name", Answer.text("A"), "born", Answer.text("2010-01-01")),
                            Map.of("name", Answer.text("B"), "born", Answer.text("1980-01-01"))))));

    private final Map<String, Answer> person = Map.of(
            "birthdate", Answer.text("2008-03-01"),
            "individual_id", Answer.text("1234567890"),
            "household_size", Answer.text("4"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answers.income < 1000",
                "answers.income < 1000.5",
                "answers.income == 900",
                "answers.income == 900.0",
                "answers.income * 12 < 11000",
                "answers.income / 2 == 450 && 1800 / answers.income == 2",
                "answers.income + 1 > 900.5 && 1 - answers.income < 0",
                "answers.income / answers.size <= 300",
                "answers.size in [1, 2, 3]",
                "answers['size'] >= 3",
                "answers.farmer == 'yes'",
                "answers.phone.startsWith('+1')",
                "answers.code == '0712'",
                "'rice' in answers.crops && size(answers.crops) == 2",
                "answers.home.town == 'Nakuru' && answers.home.postcode == '20100'",
                "size(answers.members) >= 2",
                "answers.members.exists(m, age(m.born) < 18)",
                "answers.members.filter(m, age(m.born) >= 18).size() == 1",
                "person.individual_id == '1234567890'",
                "person.household_size >= 4",
                "today == '2026-03-01' && today < '2026-12-31'",
                "!has(answers.nothing)",
                "answers.nothing == 'x' || true"
            })
    void a_rule_that_holds_is_passed(String expression) {
        assertThat(outcome(expression)).isEqualTo(Outcome.PASSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answers.income >= 1000",
                "answers.farmer == 'no'",
                "answers.nothing == 'x' && false",
                "answers.members.all(m, age(m.born) < 18)"
            })
    void a_rule_that_does_not_hold_is_failed(String expression) {
        assertThat(outcome(expression)).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answers.nothing == 'x'",
                "answers.nothing != 'x'",
                "person.gender == 'female'",
                "answers.asset > 5",
                "answers.asset != 'x'",
                "answers.members.exists(m, m.wage > 5)",
                "age(answers.farmer) > 18",
                "age('2030-01-01') < 18",
                "answers.farmer > 5",
                "answers.income.startsWith('9')"
            })
    void a_rule_that_cannot_be_decided_is_unknown(String expression) {
        assertThat(outcome(expression)).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void age_is_counted_in_full_years_up_to_today() {
        assertThat(outcome("age(person.birthdate) == 18")).isEqualTo(Outcome.PASSED);
        answers.put("born", Answer.text("2008-03-02"));
        assertThat(outcome("age(answers.born) == 17")).isEqualTo(Outcome.PASSED);
        answers.put("born", Answer.text("2004-02-29"));
        assertThat(outcome("age(answers.born) == 22")).isEqualTo(Outcome.PASSED);
        assertThat(Eligibility.check(
                                List.of(rule("age(answers.born) == 20", true)),
                                answers,
                                person,
                                LocalDate.of(2025, 2, 28))
                        .verdict())
                .isEqualTo(Verdict.LIKELY);
    }

    @Test
    void a_hard_rule_that_says_no_decides() {
        assertThat(verdict(rule("true", true), rule("answers.nothing == 1", true), rule("false", true)))
                .isEqualTo(Verdict.NOT_LIKELY);
    }

    @Test
    void what_is_unknown_leaves_it_open() {
        assertThat(verdict(rule("true", true), rule("answers.nothing == 1", true)))
                .isEqualTo(Verdict.MAYBE);
        assertThat(verdict(rule("answers.nothing == 1", false))).isEqualTo(Verdict.MAYBE);
    }

    @Test
    void a_soft_rule_that_says_no_leaves_it_open() {
        assertThat(verdict(rule("true", true), rule("false", false))).isEqualTo(Verdict.MAYBE);
    }

    @Test
    void all_yes_and_no_rules_at_all_are_likely() {
        assertThat(verdict(rule("true", true), rule("true", false))).isEqualTo(Verdict.LIKELY);
        assertThat(verdict()).isEqualTo(Verdict.LIKELY);
    }

    @Test
    void the_result_names_what_each_rule_read() {
        EligibilityRule rule = rule(
                "answers.income < 5 || answers['size'] > 2 || has(answers.farmer) || person.birthdate != ''"
                        + " || answers.members.exists(m, m.name == answers.code)",
                true);
        var checked = check(rule).rules().getFirst();
        assertThat(checked.rule()).isEqualTo(rule);
        assertThat(checked.answersUsed()).containsExactlyInAnyOrder("income", "size", "farmer", "members", "code");
        assertThat(checked.personUsed()).containsExactly("birthdate");
        assertThat(Eligibility.answersUsed(rule)).isEqualTo(checked.answersUsed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "answers.income <",
                "income < 5",
                "answers.income",
                "1 + 1",
                "'yes'",
                "age(5) > 2",
                "nothing(1)",
                "answers.income < 5; drop"
            })
    void a_rule_that_is_no_yes_or_no_question_is_refused(String expression) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> Eligibility.validate(rule(expression, true)))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(RefusalCode.RULE_NOT_VALID);
                    assertThat(refused.details()).containsEntry("rule", "some-rule");
                    assertThat(refused.details().get("problem")).isNotBlank();
                });
        assertThat(outcome(expression)).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void a_rule_needs_an_id_that_can_stand_in_a_trace() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() ->
                        Eligibility.validate(new EligibilityRule("Some rule", "true", LocalizedText.en("no"), true)));
    }

    @Test
    void a_good_rule_is_valid() {
        Eligibility.validate(rule("age(person.birthdate) >= 18 && answers.income < 1000", true));
    }

    @Test
    @Timeout(60)
    void no_rule_runs_for_ever() {
        String numbers = "[1,2,3,4,5,6,7,8,9,10]";
        String endless = "true";
        for (int depth = 0; depth < 20; depth++) {
            endless = numbers + ".all(v" + depth + ", " + endless + ")";
        }
        assertThat(outcome(endless)).isEqualTo(Outcome.UNKNOWN);
        answers.put("story", Answer.text("a".repeat(4_000)));
        assertThat(outcome("answers.story.matches('(a*)*(a*)*(a*)*b')")).isEqualTo(Outcome.FAILED);
        assertThat(outcome("true" + " && true".repeat(1_000)))
                .as("too long to be a rule")
                .isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void many_threads_may_ask_many_rules() throws Exception {
        List<Callable<Outcome>> tasks = IntStream.range(0, 1_600)
                .<Callable<Outcome>>mapToObj(i -> () -> outcome("answers.size + " + i % 40 + " >= 3"))
                .toList();
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (var done : pool.invokeAll(tasks)) {
                assertThat(done.get()).isEqualTo(Outcome.PASSED);
            }
        }
    }

    private Outcome outcome(String expression) {
        return check(rule(expression, true)).rules().getFirst().outcome();
    }

    private Verdict verdict(EligibilityRule... rules) {
        return check(rules).verdict();
    }

    private Result check(EligibilityRule... rules) {
        return Eligibility.check(List.of(rules), answers, person, TODAY);
    }

    private static EligibilityRule rule(String expression, boolean hard) {
        return new EligibilityRule("some-rule", expression, LocalizedText.en("no"), hard);
    }
}
