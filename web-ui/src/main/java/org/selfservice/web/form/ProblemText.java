package org.selfservice.web.form;

import java.util.Locale;
import java.util.Map;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.FormRules.ProblemCode;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * What is wrong with an answer, in words: {@code problem.<CODE>.<TYPE>.<part>}, {@code problem.<CODE>.<TYPE>}, else {@code problem.<CODE>}, with the problem's
 * details in the gaps that bear their names.
 */
@Component
public class ProblemText {
    private final MessageSource texts;

    ProblemText(MessageSource texts) {
        this.texts = texts;
    }

    /** @param field that the problem is about; within a group the row's field */
    public String of(Problem problem, Field field, Locale locale) {
        String code = "problem." + problem.code();
        String general = texts.getMessage(code, null, code, locale);
        String ofType = code + "." + field.type();
        int part = problem.path().lastIndexOf('.');
        String text = texts.getMessage(
                ofType + problem.path().substring(Math.max(part, 0)),
                null,
                texts.getMessage(ofType, null, general, locale),
                locale);
        for (Map.Entry<String, String> detail : problem.details().entrySet()) {
            text = text.replace("{" + detail.getKey() + "}", readable(detail.getValue(), locale));
        }
        return text;
    }

    /** The same, beginning with the question, for pages that have several. */
    public String withQuestion(Problem problem, Field field, Locale locale) {
        return withQuestion(field, of(problem, field, locale), locale);
    }

    /** That the question has no answer, or no document. */
    public String missing(Field field, Locale locale) {
        return withQuestion(field, of(new Problem(field.id(), ProblemCode.REQUIRED, Map.of()), field, locale), locale);
    }

    private String withQuestion(Field field, String text, Locale locale) {
        String label = field.label().in(locale).strip();
        boolean asks = label.endsWith("?") || label.endsWith("؟");
        return texts.getMessage(asks ? "problem.of-question" : "problem.of-label", new Object[] {label, text}, locale);
    }

    private static String readable(String value, Locale locale) {
        return value.matches("-?\\d+(\\.\\d+)?") ? Formats.number(value, locale) : Formats.date(value, locale);
    }
}
