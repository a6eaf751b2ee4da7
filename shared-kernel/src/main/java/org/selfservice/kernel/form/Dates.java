package org.selfservice.kernel.form;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Dates as people type them: in three parts, or year first. A year has four digits, as nobody can tell which 25 is meant. */
final class Dates {
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})");
    private static final Pattern YEAR = Pattern.compile("[1-9]\\d{3}");
    private static final Pattern DAY_OR_MONTH = Pattern.compile("\\d{1,2}");

    private Dates() {}

    static @Nullable LocalDate parse(String typed) {
        Matcher matcher = YEAR_FIRST.matcher(Numbers.digits(typed));
        return matcher.matches() ? date(matcher.group(1), matcher.group(2), matcher.group(3)) : null;
    }

    static @Nullable LocalDate of(Map<String, String> parts) {
        return date(part(parts, "year"), part(parts, "month"), part(parts, "day"));
    }

    /** Names of the parts that were left out. */
    static List<String> missing(Map<String, String> parts) {
        return Stream.of("day", "month", "year")
                .filter(name -> part(parts, name).isEmpty())
                .toList();
    }

    private static String part(Map<String, String> parts, String name) {
        return Numbers.digits(Texts.line(parts.getOrDefault(name, "")));
    }

    private static @Nullable LocalDate date(String year, String month, String day) {
        if (!YEAR.matcher(year).matches()
                || !DAY_OR_MONTH.matcher(month).matches()
                || !DAY_OR_MONTH.matcher(day).matches()) {
            return null;
        }
        try {
            return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
        } catch (DateTimeException notInTheCalendar) {
            return null;
        }
    }
}
