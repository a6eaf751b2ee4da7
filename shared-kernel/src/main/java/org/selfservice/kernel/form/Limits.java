package org.selfservice.kernel.form;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.FormRules.Problem;
import org.selfservice.kernel.form.FormRules.ProblemCode;

/** Limits of numbers, amounts and dates; at most one problem each, the first that a person would mend. */
final class Limits {
    private Limits() {}

    static List<Problem> number(String path, Field field, String text, String currency) {
        BigDecimal number = Numbers.parse(text);
        if (number == null) {
            return List.of(new Problem(path, ProblemCode.NOT_A_NUMBER, Map.of()));
        }
        Constraints limits = field.constraints();
        BigDecimal min = limits.min() == null && field.type() == FieldType.MONEY ? BigDecimal.ZERO : limits.min();
        int decimals = decimals(field, currency);
        if (number.scale() > decimals) {
            return one(path, ProblemCode.TOO_MANY_DECIMALS, "decimals", Integer.toString(decimals));
        }
        if (min != null && number.compareTo(min) < 0) {
            return one(path, ProblemCode.TOO_SMALL, "min", min.toPlainString());
        }
        if (limits.max() != null && number.compareTo(limits.max()) > 0) {
            return one(path, ProblemCode.TOO_LARGE, "max", limits.max().toPlainString());
        }
        return List.of();
    }

    static List<Problem> date(String path, Constraints limits, String text, LocalDate today) {
        LocalDate date = Dates.parse(text);
        if (date == null) {
            return List.of(new Problem(path, ProblemCode.NOT_A_DATE, Map.of()));
        }
        if (limits.notInFuture() && date.isAfter(today)) {
            return one(path, ProblemCode.IN_FUTURE, "latest", today.toString());
        }
        if (limits.earliest() != null && date.isBefore(limits.earliest())) {
            return one(
                    path, ProblemCode.TOO_EARLY, "earliest", limits.earliest().toString());
        }
        if (limits.latest() != null && date.isAfter(limits.latest())) {
            return one(path, ProblemCode.TOO_LATE, "latest", limits.latest().toString());
        }
        return List.of();
    }

    /** How many digits after the point an answer may have; of money in an unknown currency two. */
    static int decimals(Field field, @Nullable String currency) {
        if (field.constraints().decimals() != null) {
            return field.constraints().decimals();
        }
        return field.type() != FieldType.MONEY ? 0 : currency == null ? 2 : digits(currency);
    }

    /** ISO 4217 minor units; none for what is no money, such as gold. */
    static int digits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }

    private static List<Problem> one(String path, ProblemCode code, String detail, String value) {
        return List.of(new Problem(path, code, Map.of(detail, value)));
    }
}
