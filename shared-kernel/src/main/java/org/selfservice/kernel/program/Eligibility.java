package org.selfservice.kernel.program;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.Submission.Outcome;
import org.selfservice.kernel.form.Answer;

/** Eligibility rules, evaluated. Pages and commands ask the same functions. */
public final class Eligibility {
    private Eligibility() {}

    /** @param answersUsed field ids, {@code personUsed} attributes that the rule reads */
    public record Checked(EligibilityRule rule, Outcome outcome, Set<String> answersUsed, Set<String> personUsed) {
        public Checked {
            answersUsed = Set.copyOf(answersUsed);
            personUsed = Set.copyOf(personUsed);
        }
    }

    public enum Verdict {
        /** Every rule says yes. */
        LIKELY,
        /** A soft rule says no, or something that a rule needs is not known. */
        MAYBE,
        /** A hard rule says no. */
        NOT_LIKELY
    }

    public record Result(Verdict verdict, List<Checked> rules) {
        public Result {
            rules = List.copyOf(rules);
        }
    }

    /** Answers are normalized first. A rule that needs what is not there is UNKNOWN; a rule that fails to evaluate too. */
    public static Result check(
            List<EligibilityRule> rules, Map<String, Answer> answers, Map<String, Answer> person, LocalDate today) {
        Map<String, Object> facts = Facts.of(answers, person, today);
        List<Checked> checked = rules.stream().map(rule -> check(rule, facts)).toList();
        return new Result(verdict(checked), checked);
    }

    private static Checked check(EligibilityRule rule, Map<String, Object> facts) {
        Expression expression = Expression.of(rule.expression());
        return new Checked(rule, expression.outcome(facts), expression.answers(), expression.person());
    }

    static Verdict verdict(List<Checked> checked) {
        boolean all = true;
        for (Checked one : checked) {
            if (one.outcome() == Outcome.FAILED && one.rule().hard()) {
                return Verdict.NOT_LIKELY;
            }
            all &= one.outcome() == Outcome.PASSED;
        }
        return all ? Verdict.LIKELY : Verdict.MAYBE;
    }

    /** @throws Refused RULE_NOT_VALID with details {@code rule} and {@code problem} */
    public static void validate(EligibilityRule rule) {
        String problem = rule.id().matches("[a-z][a-z0-9-]{0,39}")
                ? Expression.of(rule.expression()).problem()
                : "the id must be 1 to 40 lower-case letters, digits and hyphens and begin with a letter";
        if (problem != null) {
            throw new Refused(RefusalCode.RULE_NOT_VALID, Map.of("rule", rule.id(), "problem", problem));
        }
    }

    /** Field ids of the form that the rule reads. */
    public static Set<String> answersUsed(EligibilityRule rule) {
        return Expression.of(rule.expression()).answers();
    }
}
