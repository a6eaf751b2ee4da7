package org.selfservice.command.application;

import static org.selfservice.command.Decide.refuseIf;

import java.util.List;
import java.util.Map;
import org.selfservice.command.Texts;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.form.Answer;

/** Bounds of what a draft may hold, far above what any form allows: a wrong answer is kept, a flood is not. */
final class Sizes {
    /** Of one answer, in code points; a row or a part counts as one more. */
    static final int LARGEST_ANSWER = 20_000;

    /** Of all answers of one command, in UTF-16 units. */
    static final int LARGEST_COMMAND = 300_000;

    private Sizes() {}

    static void check(Map<String, Answer> answers) {
        long units = 0;
        for (var entry : answers.entrySet()) {
            String field = entry.getKey();
            boolean isNamed = field.length() <= 40;
            refuseIf(
                    !isNamed || codePoints(entry.getValue()) > LARGEST_ANSWER,
                    RefusalCode.INVALID,
                    "field",
                    name(field));
            refuseIf(!isStorable(entry.getValue()), RefusalCode.INVALID, "field", name(field));
            units += units(entry.getValue());
        }
        refuseIf(units > LARGEST_COMMAND, RefusalCode.INVALID, "field", "answers");
    }

    /** Ids that came from outside, short enough to be said back. */
    static String names(List<String> paths) {
        return String.join(", ", paths.stream().limit(10).map(Sizes::name).toList());
    }

    private static String name(String path) {
        String plain = path.replaceAll("[^A-Za-z0-9_.\\[\\]-]", "?");
        return plain.length() > 60 ? plain.substring(0, 60) : plain;
    }

    private static long codePoints(Answer answer) {
        return switch (answer) {
            case Answer.Text(String text) -> text.codePointCount(0, text.length());
            case Answer.Choices(List<String> values) -> sum(values);
            case Answer.Parts(Map<String, String> parts) -> sum(parts.keySet()) + sum(parts.values());
            case Answer.Rows(List<Map<String, Answer>> rows) ->
                rows.stream()
                        .mapToLong(row -> 1
                                + sum(row.keySet())
                                + row.values().stream()
                                        .mapToLong(Sizes::codePoints)
                                        .sum())
                        .sum();
            case Answer.DontKnow _ -> 1;
        };
    }

    private static long sum(Iterable<String> texts) {
        long sum = 0;
        for (String text : texts) {
            sum += 1 + text.codePointCount(0, text.length());
        }
        return sum;
    }

    private static long units(Answer answer) {
        return answer instanceof Answer.Text(String text) ? text.length() : codePoints(answer);
    }

    private static boolean isStorable(Answer answer) {
        return switch (answer) {
            case Answer.Text(String text) -> Texts.isStorable(text);
            case Answer.Choices(List<String> values) -> values.stream().allMatch(Texts::isStorable);
            case Answer.Parts(Map<String, String> parts) ->
                parts.entrySet().stream()
                        .allMatch(part -> Texts.isStorable(part.getKey()) && Texts.isStorable(part.getValue()));
            case Answer.Rows(List<Map<String, Answer>> rows) ->
                rows.stream()
                        .flatMap(row -> row.entrySet().stream())
                        .allMatch(cell -> Texts.isStorable(cell.getKey()) && isStorable(cell.getValue()));
            case Answer.DontKnow _ -> true;
        };
    }
}
