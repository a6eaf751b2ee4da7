package org.selfservice.web.form;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.Option;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Answers as people read them, in their language. */
@Component
public class AnswerText {
    private final MessageSource texts;

    AnswerText(MessageSource texts) {
        this.texts = texts;
    }

    /** One row of a repeated group: its title and, per question with an answer, label and lines. */
    public record Row(String title, List<Line> lines) {}

    public record Line(String label, List<String> values) {
        public String text() {
            return String.join("\n", values);
        }
    }

    /**
     * @param currency of amounts, ISO 4217
     * @return in lines; none when nothing was answered
     */
    public List<String> lines(Field field, @Nullable Answer answer, Locale locale, String currency) {
        return switch (answer) {
            case null -> List.of();
            case Answer.DontKnow() -> List.of(texts.getMessage("field.dont-know", null, locale));
            case Answer.Rows rows ->
                rows(field, rows, locale, currency).stream().map(Row::title).toList();
            case Answer.Choices(List<String> chosen) ->
                chosen.stream().map(value -> option(field, value, locale)).toList();
            case Answer.Parts parts -> parts(field, parts, locale);
            case Answer.Text(String value) when value.isBlank() -> List.of();
            case Answer.Text(String value) -> text(field, value, locale, currency);
        };
    }

    public List<Row> rows(Field group, @Nullable Answer answer, Locale locale, String currency) {
        if (!(answer instanceof Answer.Rows(List<Map<String, Answer>> rows))) {
            return List.of();
        }
        return IntStream.range(0, rows.size())
                .mapToObj(number -> {
                    List<Line> lines = group.fields().stream()
                            .map(field -> new Line(
                                    field.label().in(locale),
                                    lines(field, rows.get(number).get(field.id()), locale, currency)))
                            .filter(line -> !line.values().isEmpty())
                            .toList();
                    return new Row(title(lines, number, locale), lines);
                })
                .toList();
    }

    /** What a row is called in a list: what was answered to its first question, or its number. */
    private String title(List<Line> lines, int number, Locale locale) {
        return lines.isEmpty()
                ? texts.getMessage("field.row", new Object[] {String.valueOf(number + 1)}, locale)
                : lines.getFirst().values().getFirst();
    }

    private List<String> text(Field field, String value, Locale locale, String currency) {
        return switch (field.type()) {
            case YES_NO ->
                List.of(
                        value.equals("yes") || value.equals("no")
                                ? texts.getMessage("field." + value, null, locale)
                                : value);
            case RADIOS, SELECT -> List.of(option(field, value, locale));
            case DATE -> List.of(Formats.date(value, locale));
            case NUMBER -> List.of(Formats.number(value, locale));
            case MONEY -> List.of(Formats.money(value, currency, locale));
            default -> List.of(value.strip().split("\n"));
        };
    }

    private static List<String> parts(Field field, Answer.Parts parts, Locale locale) {
        if (parts.isEmpty()) {
            return List.of();
        }
        return switch (field.type()) {
            case DATE -> List.of(date(parts, locale));
            default ->
                AnswerForm.ADDRESS_PARTS.stream()
                        .map(parts::part)
                        .filter(part -> !part.isBlank())
                        .toList();
        };
    }

    private static String option(Field field, String value, Locale locale) {
        return field.options().stream()
                .filter(option -> option.value().equals(value))
                .map(Option::label)
                .map(label -> label.in(locale))
                .findFirst()
                .orElse(value);
    }

    private static String date(Answer.Parts parts, Locale locale) {
        List<String> typed = new ArrayList<>();
        for (String key : AnswerForm.DATE_PARTS) {
            typed.add(parts.part(key).strip());
        }
        try {
            return Formats.date(
                    LocalDate.of(
                                    Integer.parseInt(typed.get(2)),
                                    Integer.parseInt(typed.get(1)),
                                    Integer.parseInt(typed.get(0)))
                            .toString(),
                    locale);
        } catch (NumberFormatException | DateTimeException stillAsTyped) {
            return String.join(
                    " ", typed.stream().filter(part -> !part.isEmpty()).toList());
        }
    }
}
