package org.selfservice.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;

class FormatTest {
    private final Format format = new Format(new Languages().messageSource(), ZoneId.of("UTC"));

    @AfterEach
    void forget() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void dates_are_written_out() {
        LocalDate day = LocalDate.of(2026, 12, 14);
        assertThat(in("en").date(day)).isEqualTo("14 December 2026");
        assertThat(in("fr").date(day)).isEqualTo("14 décembre 2026");
        assertThat(in("ar").date(day)).isEqualTo("14 ديسمبر 2026");
        assertThat(in("fr").date(LocalDate.of(2027, 1, 1))).isEqualTo("1er janvier 2027");
        assertThat(in("en").date("2026-12-14")).isEqualTo("14 December 2026");
        assertThat(in("en").date("soon")).isEqualTo("soon");
    }

    @Test
    void times_name_their_zone() {
        Instant at = Instant.parse("2026-12-14T22:42:00Z");
        assertThat(in("en").dateTime(at)).isEqualTo("14 December 2026 at 22:42 (GMT)");
        assertThat(in("en").dateTime(at, "Africa/Nairobi")).isEqualTo("15 December 2026 at 01:42 (GMT+3)");
        assertThat(in("fr").dateTime(at, "Africa/Nairobi")).isEqualTo("15 décembre 2026 à 01:42 (UTC+3)");
        assertThat(in("ar").dateTime(at, "Africa/Nairobi"))
                .contains("15 ديسمبر 2026")
                .contains("01:42");
    }

    @Test
    void amounts_have_their_currency_and_its_digits() {
        assertThat(in("en").money(new BigDecimal("1200"), "KES")).isEqualTo("KES\u00A01,200.00");
        assertThat(in("en").money(new BigDecimal("1200.00"), "JPY")).isEqualTo("¥1,200");
        assertThat(in("en").money(new BigDecimal("1.5"), "KWD")).isEqualTo("KWD\u00A01.500");
        assertThat(in("en").money(new BigDecimal("1200.50"), "USD")).isEqualTo("$1,200.50");
        assertThat(in("fr").money(new BigDecimal("1200.50"), "EUR")).isEqualTo("1\u202F200,50\u00A0€");
        assertThat(in("ar").money(new BigDecimal("1200"), "KES"))
                .contains("1,200.00")
                .contains("KES");
    }

    @Test
    void sizes_are_rounded() {
        assertThat(in("en").size(999)).isEqualTo("999 bytes");
        assertThat(in("en").size(240_400)).isEqualTo("240 KB");
        assertThat(in("en").size(999_999)).isEqualTo("1 MB");
        assertThat(in("fr").size(2_430_000)).isEqualTo("2,4 Mo");
        assertThat(in("ar").size(2_430_000)).isEqualTo("2.4 م.ب");
    }

    private Format in(String language) {
        LocaleContextHolder.setLocale(Locale.forLanguageTag(language));
        return format;
    }
}
