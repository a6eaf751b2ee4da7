package org.selfservice.command.registrant;

import static org.selfservice.command.Decide.refuseIf;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.registrant.Demographics;

/** Demographic values as they come in. What a person types is judged as the same question in a form would be. */
final class Values {
    private static final int LONGEST = 2_000;

    private Values() {}

    /**
     * The values in their stored form.
     *
     * @throws Refused ATTRIBUTE_UNKNOWN for what cannot be changed by hand, VALUE_NOT_VALID with detail {@code field}
     */
    static Map<String, Answer> typed(Map<String, Answer> values, LocalDate today) {
        values.keySet()
                .forEach(attribute -> refuseIf(
                        !Demographics.CHANGEABLE.contains(attribute),
                        RefusalCode.ATTRIBUTE_UNKNOWN,
                        "attribute",
                        attribute));
        List<Field> fields =
                values.keySet().stream().map(Demographics::question).toList();
        FormDefinition form =
                new FormDefinition(List.of(new Page("me", LocalizedText.EMPTY, LocalizedText.EMPTY, null, fields)));
        List<Problem> problems = FormRules.problems(form, values, today, Money.NO_CURRENCY);
        if (!problems.isEmpty()) {
            throw new Refused(
                    RefusalCode.VALUE_NOT_VALID,
                    Map.of(
                            "field",
                            problems.getFirst().path(),
                            "problem",
                            problems.getFirst().code().name(),
                            "fields",
                            problems.stream().map(Problem::path).collect(Collectors.joining(", "))));
        }
        return FormRules.normalize(form, values);
    }

    /** An identity provider's values are kept as it gave them; empty ones say nothing. */
    static Map<String, Answer> vouchedFor(Map<String, Answer> claims) {
        Map<String, Answer> values = new HashMap<>();
        claims.forEach((attribute, value) -> {
            refuseIf(!Demographics.ALL.contains(attribute), RefusalCode.ATTRIBUTE_UNKNOWN, "attribute", attribute);
            if (!value.isEmpty()) {
                refuseIf(!isBounded(value), RefusalCode.VALUE_NOT_VALID, "field", attribute);
                values.put(attribute, value);
            }
        });
        return values;
    }

    /** What differs from what the same source said before. */
    static Map<String, Answer> news(Map<String, Answer> values, Map<String, Answer> before) {
        Map<String, Answer> news = new HashMap<>(values);
        news.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return news;
    }

    private static boolean isBounded(Answer value) {
        return switch (value) {
            case Answer.Text(String text) -> text.length() <= LONGEST;
            case Answer.Parts(Map<String, String> parts) ->
                parts.size() <= 10 && parts.values().stream().allMatch(part -> part.length() <= LONGEST);
            case Answer.Choices _, Answer.Rows _, Answer.DontKnow _ -> false;
        };
    }
}
