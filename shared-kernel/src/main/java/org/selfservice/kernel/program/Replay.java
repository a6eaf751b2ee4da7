package org.selfservice.kernel.program;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.selfservice.kernel.application.Submission.Outcome;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.Eligibility.Checked;
import org.selfservice.kernel.program.Eligibility.Verdict;

/**
 * Two sets of rules on what was once sent: whether they judge it differently, and which rules make the difference.
 *
 * @param because ids of rules that speak differently, or that only one of the two sets has; where it changes sides, of
 *     those that refuse
 * @param unknown ids of the new rules that need what was not sent
 */
public record Replay(Verdict before, Verdict after, List<String> because, List<String> unknown) {
    private static final int PASSES = 0;
    private static final int DOUBTS = 1;
    private static final int REFUSES = 2;

    /**
     * @param known how the old rules came out when it was sent, by their ids, as far as it is on record: they may have read
     *     what was not shared with the program
     */
    public static Replay of(
            List<EligibilityRule> before,
            List<EligibilityRule> after,
            Map<String, Answer> answers,
            Map<String, Answer> person,
            LocalDate today,
            Map<String, Outcome> known) {
        Map<String, Outcome> byExpression = new LinkedHashMap<>();
        List<Checked> old = new ArrayList<>();
        for (Checked one : Eligibility.check(before, answers, person, today).rules()) {
            Checked judged = with(one, known.getOrDefault(one.rule().id(), one.outcome()));
            old.add(judged);
            byExpression.put(judged.rule().expression(), judged.outcome());
        }
        List<Checked> next = Eligibility.check(after, answers, person, today).rules().stream()
                .map(one -> with(one, byExpression.getOrDefault(one.rule().expression(), one.outcome())))
                .toList();
        Verdict then = Eligibility.verdict(old);
        Verdict now = Eligibility.verdict(next);
        boolean changesSides = (then == Verdict.NOT_LIKELY) != (now == Verdict.NOT_LIKELY);
        return new Replay(
                then,
                now,
                difference(old, next, changesSides ? REFUSES : DOUBTS),
                next.stream()
                        .filter(one -> one.outcome() == Outcome.UNKNOWN)
                        .map(one -> one.rule().id())
                        .toList());
    }

    /** Whether it would not be eligible any more. */
    public boolean loses() {
        return before != Verdict.NOT_LIKELY && after == Verdict.NOT_LIKELY;
    }

    /** Whether it would be eligible now. */
    public boolean gains() {
        return before == Verdict.NOT_LIKELY && after != Verdict.NOT_LIKELY;
    }

    /** Rules that speak differently; what changes sides does so because of rules that refuse, and of no others. */
    private static List<String> difference(List<Checked> old, List<Checked> next, int least) {
        Map<String, Integer> then = weights(old);
        Map<String, Integer> now = weights(next);
        TreeSet<String> ids = new TreeSet<>(then.keySet());
        ids.addAll(now.keySet());
        return ids.stream()
                .filter(id -> {
                    int one = then.getOrDefault(id, PASSES);
                    int other = now.getOrDefault(id, PASSES);
                    return one != other && Math.max(one, other) >= least;
                })
                .toList();
    }

    private static Map<String, Integer> weights(List<Checked> rules) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (Checked one : rules) {
            int weight = one.outcome() == Outcome.PASSED
                    ? PASSES
                    : one.outcome() == Outcome.FAILED && one.rule().hard() ? REFUSES : DOUBTS;
            weights.put(one.rule().id(), weight);
        }
        return weights;
    }

    private static Checked with(Checked one, Outcome outcome) {
        return new Checked(one.rule(), outcome, one.answersUsed(), one.personUsed());
    }
}
