package org.selfservice.kernel.program;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.selfservice.kernel.application.Submission.Outcome;
import org.selfservice.kernel.form.Answer;

/** Eligibility rules, evaluated. Pages and commands ask the same functions. */
public final class Eligibility {
    private Eligibility() {}

    /** @param answersUsed field ids, {@code personUsed} attributes that the rule reads */
    public record Checked(EligibilityRule rule, Outcome outcome, Set<String> answersUsed, Set<String> personUsed) {}

    public enum Verdict {
        LIKELY,
        MAYBE,
        NOT_LIKELY
    }

    public record Result(Verdict verdict, List<Checked> rules) {}

    /** Answers are normalized first. A rule that needs what is not there is UNKNOWN; a rule that fails to evaluate too. */
    public static Result check(
            List<EligibilityRule> rules, Map<String, Answer> answers, Map<String, Answer> person, LocalDate today) {
        throw new UnsupportedOperationException();
    }

    /** @throws org.selfservice.kernel.Refused RULE_NOT_VALID with details {@code rule} and {@code problem} */
    public static void validate(EligibilityRule rule) {
        throw new UnsupportedOperationException();
    }

    /** Field ids of the form that the rule reads. */
    public static Set<String> answersUsed(EligibilityRule rule) {
        throw new UnsupportedOperationException();
    }
}
