package org.selfservice.web.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Money;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Dates, times, amounts and sizes in the words of the page's language. In templates: {@code ${@format.date(it)}}.
 * Digits are the ones that forms accept in every language, so that what is read can be typed.
 */
@Component("format")
public class Format {
    private static final BigDecimal STEP = BigDecimal.valueOf(1000);

    private final MessageSource messages;
    private final ZoneId zone;

    /** @param zone in which times are shown that belong to no program */
    Format(MessageSource messages, @Value("${portal.zone:UTC}") ZoneId zone) {
        this.messages = messages;
        this.zone = zone;
    }

    /** 14 December 2026. */
    public String date(LocalDate day) {
        Locale locale = locale();
        String pattern =
                locale.getLanguage().equals("fr") && day.getDayOfMonth() == 1 ? "d'er' MMMM uuuu" : "d MMMM uuuu";
        return DateTimeFormatter.ofPattern(pattern, locale).format(day);
    }

    public String date(Instant instant) {
        return date(LocalDate.ofInstant(instant, zone));
    }

    public String date(Instant instant, String inZone) {
        return date(LocalDate.ofInstant(instant, ZoneId.of(inZone)));
    }

    /** An ISO 8601 date as a date; what is none stays as it is. */
    public String date(String iso) {
        try {
            return date(LocalDate.parse(iso));
        } catch (java.time.DateTimeException none) {
            return iso;
        }
    }

    /** 10:42. */
    public String time(Instant instant) {
        return DateTimeFormatter.ofPattern("HH:mm", locale()).format(instant.atZone(zone));
    }

    /** 14 December 2026 at 10:42 (GMT+3). */
    public String dateTime(Instant instant) {
        return dateTime(instant, zone);
    }

    public String dateTime(Instant instant, String inZone) {
        return dateTime(instant, ZoneId.of(inZone));
    }

    private String dateTime(Instant instant, ZoneId in) {
        ZonedDateTime then = instant.atZone(in);
        Locale locale = locale();
        return text(
                "format.dateTime",
                date(then.toLocalDate()),
                DateTimeFormatter.ofPattern("HH:mm", locale).format(then),
                DateTimeFormatter.ofPattern("O", locale).format(then));
    }

    /** For the {@code datetime} attribute of {@code <time>}. */
    public String iso(Instant instant) {
        return instant.toString();
    }

    public String money(Money money) {
        return money(money.amount(), money.currency());
    }

    public String money(BigDecimal amount, String currency) {
        return money(amount, currency, locale());
    }

    /** With as many digits after the point as the currency has, or as were typed where those are more. */
    public static String money(BigDecimal amount, String currency, Locale locale) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        Currency unit = Currency.getInstance(currency);
        int digits = Math.max(0, unit.getDefaultFractionDigits());
        format.setCurrency(unit);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(
                Math.max(digits, amount.stripTrailingZeros().scale()));
        // The ISO code where the language has no symbol of its own stands apart from the digits.
        return format.format(amount).replaceFirst("^([A-Z]{3})(\\d)", "$1\u00A0$2");
    }

    public String number(Number number) {
        NumberFormat format = NumberFormat.getInstance(locale());
        format.setMaximumFractionDigits(9);
        return format.format(number);
    }

    /** 2.4 MB; decimal units, as phones show them. */
    public String size(long bytes) {
        if (bytes < 1000) {
            return text("format.bytes", number(bytes));
        }
        BigDecimal size = BigDecimal.valueOf(bytes).divide(STEP, 1, RoundingMode.HALF_UP);
        if (size.compareTo(STEP) < 0) {
            return text("format.kilobytes", number(size.setScale(0, RoundingMode.HALF_UP)));
        }
        return text("format.megabytes", number(size.divide(STEP, 1, RoundingMode.HALF_UP)));
    }

    /** An administrator's text in the page's language. */
    public String text(LocalizedText text) {
        return text.in(locale());
    }

    private String text(String key, Object... arguments) {
        return messages.getMessage(key, arguments, locale());
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
