package org.selfservice.web.form;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.selfservice.kernel.Money;
import org.selfservice.web.page.Format;

/** Numbers and dates in answers and messages. Digits are the ones that forms accept in every language. */
final class Formats {
    private Formats() {}

    static String number(BigDecimal number, Locale locale) {
        NumberFormat format = NumberFormat.getNumberInstance(digits(locale));
        format.setMinimumFractionDigits(Math.max(0, number.scale()));
        format.setMaximumFractionDigits(Math.max(0, number.scale()));
        return format.format(number);
    }

    /** What is no number stays as it is. */
    static String number(String value, Locale locale) {
        try {
            return number(new BigDecimal(value.strip()), locale);
        } catch (NumberFormatException stillAsTyped) {
            return value.strip();
        }
    }

    /** What is no number stays as it is, as does an amount of no currency. */
    static String money(String value, String currency, Locale locale) {
        try {
            return currency.equals(Money.NO_CURRENCY)
                    ? number(value, locale)
                    : Format.money(new BigDecimal(value.strip()), currency, digits(locale));
        } catch (NumberFormatException stillAsTyped) {
            return currency + "\u00a0" + value.strip();
        }
    }

    /** An ISO 8601 date; what is none stays as it is. */
    static String date(String value, Locale locale) {
        try {
            LocalDate day = LocalDate.parse(value.strip());
            boolean first = locale.getLanguage().equals("fr") && day.getDayOfMonth() == 1;
            return day.format(DateTimeFormatter.ofPattern(first ? "d'er' MMMM uuuu" : "d MMMM uuuu", digits(locale)));
        } catch (DateTimeException stillAsTyped) {
            return value.strip();
        }
    }

    private static Locale digits(Locale locale) {
        return new Locale.Builder()
                .setLocale(locale)
                .setUnicodeLocaleKeyword("nu", "latn")
                .build();
    }
}
