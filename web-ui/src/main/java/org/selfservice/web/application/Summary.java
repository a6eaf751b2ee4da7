package org.selfservice.web.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Page;
import org.selfservice.web.form.AnswerText;
import org.springframework.stereotype.Component;

/** Answers by page, as they are read: before sending, on the receipt and ever after. */
@Component
class Summary {
    private final AnswerText words;

    Summary(AnswerText words) {
        this.words = words;
    }

    record Section(String page, String title, List<Line> lines) {}

    /**
     * @param values in lines; none when nothing was answered
     * @param rows of a repeated group
     */
    record Line(String field, String label, List<String> values, List<AnswerText.Row> rows) {
        public boolean isEmpty() {
            return values.isEmpty() && rows.isEmpty();
        }

        /** Of a value by its own first letter, for renderers that do not look at it; what has no letters reads from left. */
        public String direction(String value) {
            return value.codePoints()
                    .filter(Character::isLetter)
                    .mapToObj(c ->
                            Character.getDirectionality(c) == Character.DIRECTIONALITY_LEFT_TO_RIGHT ? "ltr" : "rtl")
                    .findFirst()
                    .orElse("ltr");
        }

        public String text() {
            return String.join("\n", values);
        }
    }

    /** Pages and questions that are asked, in order, documents aside. */
    List<Section> of(
            FormDefinition form, Set<String> asked, Map<String, Answer> answers, Locale locale, String currency) {
        List<Section> sections = new ArrayList<>();
        for (Page page : form.pages()) {
            List<Line> lines = page.fields().stream()
                    .filter(field -> field.type() != FieldType.FILE && asked.contains(field.id()))
                    .map(field -> line(field, answers, locale, currency))
                    .toList();
            if (!lines.isEmpty()) {
                sections.add(new Section(page.id(), page.title().in(locale), lines));
            }
        }
        return sections;
    }

    private Line line(Field field, Map<String, Answer> answers, Locale locale, String currency) {
        Answer answer = answers.get(field.id());
        boolean group = field.type() == FieldType.GROUP;
        return new Line(
                field.id(),
                field.label().in(locale),
                group && answer instanceof Answer.Rows ? List.of() : words.lines(field, answer, locale, currency),
                group ? words.rows(field, answer, locale, currency) : List.of());
    }
}
