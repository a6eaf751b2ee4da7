package org.selfservice.kernel.program;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.registrant.Demographics;

/**
 * What rules reason about. Every number is a double, so that a rule needs to know one kind only; a text is a number when it
 * is a plain decimal that a double holds exactly and does not begin with a zero or a plus, as phone and ID numbers may. What
 * is not known is not there.
 */
final class Facts {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{1,9})?");

    /** A person's ID and account numbers look like numbers and are none. */
    private static final Set<String> TEXTS = Set.copyOf(Demographics.ALL.stream()
            .filter(attribute -> !attribute.equals(Demographics.HOUSEHOLD_SIZE))
            .toList());

    private Facts() {}

    static Map<String, Object> of(Map<String, Answer> answers, Map<String, Answer> person, LocalDate today) {
        return Map.of(
                "answers", values(answers, (id, text) -> NUMBER.matcher(text).matches()),
                "person",
                        values(
                                person,
                                (id, text) -> !TEXTS.contains(id)
                                        && NUMBER.matcher(text).matches()),
                "today", today.toString());
    }

    private static Map<String, Object> values(Map<String, Answer> answers, BiPredicate<String, String> isNumber) {
        Map<String, Object> values = new HashMap<>();
        answers.forEach((id, answer) -> {
            Object value = value(id, answer, isNumber);
            if (value != null) {
                values.put(id, value);
            }
        });
        return values;
    }

    private static @Nullable Object value(String id, Answer answer, BiPredicate<String, String> isNumber) {
        if (answer.isEmpty()) {
            return null;
        }
        return switch (answer) {
            case Answer.Text(String text) -> isNumber.test(id, text) ? Double.valueOf(text) : text;
            case Answer.Choices(List<String> chosen) -> chosen;
            case Answer.Parts(Map<String, String> parts) -> parts;
            case Answer.Rows(List<Map<String, Answer>> rows) ->
                rows.stream().map(row -> values(row, isNumber)).toList();
            case Answer.DontKnow dontKnow -> null;
        };
    }
}
