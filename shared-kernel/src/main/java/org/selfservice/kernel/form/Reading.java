package org.selfservice.kernel.form;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How typed answers are read into their stored form.
 *
 * @param region of phone numbers without country code; null when they cannot be read
 * @param currency whose scale amounts get; null to leave needless zeros out
 */
record Reading(@Nullable String region, @Nullable String currency) {
    private static final List<String> DATE = List.of("day", "month", "year");
    private static final List<String> ADDRESS = List.of("line1", "line2", "town", "region", "postcode");

    /** The names of the parts that a type takes. */
    static List<String> parts(FieldType type) {
        return switch (type) {
            case DATE -> DATE;
            case ADDRESS -> ADDRESS;
            default -> List.of();
        };
    }

    /** @return null when nothing was answered; an answer of another kind than the question takes stays as it is */
    @Nullable
    Answer of(Field field, @Nullable Answer typed) {
        if (typed == null || field.type() == FieldType.FILE) {
            return null;
        }
        Answer read = switch (typed) {
            case Answer.Text(String text) -> text(field, text);
            case Answer.Choices(List<String> chosen) -> choices(field, chosen);
            case Answer.Parts(Map<String, String> values) -> parts(field.type(), values);
            case Answer.Rows rows -> rows;
            case Answer.DontKnow dontKnow -> dontKnow;
        };
        return read.isEmpty() ? null : read;
    }

    private Answer text(Field field, String typed) {
        String line = Texts.line(typed);
        return Answer.text(
                switch (field.type()) {
                    case LONG_TEXT -> Texts.lines(typed);
                    case NUMBER, MONEY -> number(field, line);
                    case DATE -> iso(Dates.parse(line), line);
                    case YES_NO -> line.toLowerCase(Locale.ROOT);
                    case PHONE -> orTyped(Phones.parse(line, region), line);
                    case EMAIL -> Emails.lowerDomain(line);
                    default -> line;
                });
    }

    private String number(Field field, String line) {
        BigDecimal number = Numbers.parse(line);
        // Whoever types 1.200 where two decimals are allowed at most may well mean twelve hundred: they are asked
        // again.
        if (number == null || (number.scale() == 3 && Limits.decimals(field, currency) < 3)) {
            return line;
        }
        BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        int digits = field.type() == FieldType.MONEY && currency != null ? Limits.digits(currency) : 0;
        return (plain.scale() < digits ? plain.setScale(digits) : plain).toPlainString();
    }

    private static Answer choices(Field field, List<String> chosen) {
        List<String> cleaned =
                chosen.stream().map(Texts::line).filter(one -> !one.isEmpty()).toList();
        Set<String> inOrder = new LinkedHashSet<>();
        field.options().stream().map(Option::value).filter(cleaned::contains).forEach(inOrder::add);
        inOrder.addAll(cleaned);
        return new Answer.Choices(List.copyOf(inOrder));
    }

    private static Answer parts(FieldType type, Map<String, String> typed) {
        Map<String, String> cleaned = new LinkedHashMap<>();
        List<String> names = parts(type);
        for (String name : names.isEmpty() ? typed.keySet() : names) {
            String part = Texts.line(typed.getOrDefault(name, ""));
            if (!part.isEmpty()) {
                cleaned.put(name, part);
            }
        }
        LocalDate date = type == FieldType.DATE ? Dates.of(cleaned) : null;
        return date == null ? new Answer.Parts(cleaned) : Answer.text(date.toString());
    }

    private static String iso(@Nullable LocalDate date, String typed) {
        return date == null ? typed : date.toString();
    }

    private static String orTyped(@Nullable String read, String typed) {
        return read == null ? typed : read;
    }
}
