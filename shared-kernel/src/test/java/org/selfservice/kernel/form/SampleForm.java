package org.selfservice.kernel.form;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfservice.kernel.LocalizedText;

/** Small forms for tests. */
final class SampleForm {
    static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    static final String CURRENCY = "KES";

    private SampleForm() {}

    static LocalizedText words(String text) {
        return LocalizedText.en(text);
    }

    static Field field(String id, FieldType type) {
        return Field.of(id, type, words(id));
    }

    static Field choice(String id, FieldType type, String... values) {
        return field(id, type)
                .choosing(List.of(values).stream()
                        .map(value -> new Option(value, words(value)))
                        .toList());
    }

    static Page page(String id, Field... fields) {
        return new Page(id, words(id), LocalizedText.EMPTY, null, List.of(fields));
    }

    static Page pageWhen(String id, Condition condition, Field... fields) {
        return new Page(id, words(id), LocalizedText.EMPTY, condition, List.of(fields));
    }

    static FormDefinition form(Field... fields) {
        return new FormDefinition(List.of(page("only", fields)));
    }

    static FormDefinition pages(Page... pages) {
        return new FormDefinition(List.of(pages));
    }

    /** Answers from ids and texts or answers, alternating. */
    static Map<String, Answer> answers(Object... idsAndAnswers) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (int i = 0; i < idsAndAnswers.length; i += 2) {
            answers.put(
                    (String) idsAndAnswers[i],
                    idsAndAnswers[i + 1] instanceof Answer answer
                            ? answer
                            : Answer.text((String) idsAndAnswers[i + 1]));
        }
        return answers;
    }

    static Answer date(String day, String month, String year) {
        return new Answer.Parts(Map.of("day", day, "month", month, "year", year));
    }

    static Answer chosen(String... values) {
        return new Answer.Choices(List.of(values));
    }

    @SafeVarargs
    static Answer rows(Map<String, Answer>... rows) {
        return new Answer.Rows(List.of(rows));
    }

    /** What one question makes of one answer. */
    static Answer stored(Field field, Object typed) {
        return FormRules.normalize(form(field), answers(field.id(), typed), CURRENCY)
                .get(field.id());
    }

    static List<FormRules.Problem> problems(FormDefinition form, Object... idsAndAnswers) {
        return FormRules.problems(form, answers(idsAndAnswers), TODAY, CURRENCY);
    }

    static List<FormRules.Problem> problem(Field field, Object typed) {
        return problems(form(field), field.id(), typed);
    }

    static FormRules.Problem at(String path, FormRules.ProblemCode code, String... details) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < details.length; i += 2) {
            map.put(details[i], details[i + 1]);
        }
        return new FormRules.Problem(path, code, map);
    }
}
