package org.selfservice.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({"KES,5,5.00", "KES,5.1,5.10", "JPY,5.00,5", "KWD,5,5.000", "KES,0,0.00"})
    void an_amount_has_the_currencys_scale(String currency, String amount, String expected) {
        assertThat(money(amount, currency).amount()).isEqualTo(new BigDecimal(expected));
    }

    @ParameterizedTest
    @CsvSource({"KES,-0.01", "KES,0.001", "JPY,0.5"})
    void less_than_nothing_and_less_than_the_smallest_coin_are_refused(String currency, String amount) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> money(amount, currency))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(RefusalCode.VALUE_NOT_VALID));
    }

    @Test
    void equal_amounts_are_equal_however_they_were_written() {
        assertThat(money("5", "KES")).isEqualTo(money("5.0", "KES"));
    }

    @Test
    void amounts_of_one_currency_add_up_and_compare() {
        assertThat(money("5", "KES").plus(money("0.5", "KES"))).isEqualTo(money("5.5", "KES"));
        assertThat(money("5", "KES").exceeds(money("4.99", "KES"))).isTrue();
        assertThat(money("5", "KES").exceeds(money("5", "KES"))).isFalse();
    }

    @Test
    void amounts_of_two_currencies_never_meet() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> money("5", "KES").plus(money("5", "USD")))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(RefusalCode.CURRENCY));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> money("5", "KES").exceeds(money("5", "USD")));
    }

    @Test
    void a_currency_is_one_of_iso_4217() {
        assertThatIllegalArgumentException().isThrownBy(() -> money("5", "ABC"));
    }

    private static Money money(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }
}
