package org.selfservice.web.enrolment.staff;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.Page;
import org.selfservice.web.page.PageError;

/** What was typed into a form of staff, and what is wrong with it. */
final class Entry {
    private static final String AMOUNT = "amount";
    private static final FormDefinition MONEY = new FormDefinition(List.of(new Page(
            AMOUNT,
            LocalizedText.EMPTY,
            LocalizedText.EMPTY,
            null,
            List.of(Field.of(AMOUNT, FieldType.MONEY, LocalizedText.EMPTY)))));

    private final Map<String, String> typed;
    private final Map<String, String> wrong = new LinkedHashMap<>();

    Entry(Map<String, String> typed) {
        this.typed = typed;
    }

    Map<String, String> typed() {
        return typed;
    }

    /** Field by field, in words. */
    Map<String, String> wrong() {
        return wrong;
    }

    List<PageError> errors() {
        List<PageError> errors = new ArrayList<>();
        wrong.forEach((field, text) -> errors.add(new PageError("#" + field, text)));
        return errors;
    }

    boolean isRight() {
        return wrong.isEmpty();
    }

    void mind(String field, String text) {
        wrong.putIfAbsent(field, text);
    }

    String text(String field) {
        return typed.getOrDefault(field, "").strip();
    }

    @Nullable
    LocalDate date(String field) {
        return parseDate(text(field));
    }

    @Nullable
    Money money(String field, String currency) {
        return parseMoney(text(field), currency);
    }

    /** ISO 8601, as date controls send it. */
    static @Nullable LocalDate parseDate(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException none) {
            return null;
        }
    }

    /** Judged as an amount in a form is: in any script's digits, with or without separators. */
    static @Nullable Money parseMoney(String text, String currency) {
        Map<String, Answer> answers = Map.of(AMOUNT, Answer.text(text));
        boolean isRight =
                FormRules.problems(MONEY, answers, LocalDate.EPOCH, currency).isEmpty();
        return isRight && FormRules.normalize(MONEY, answers, currency).get(AMOUNT) instanceof Answer.Text(String plain)
                ? new Money(new BigDecimal(plain), currency)
                : null;
    }
}
