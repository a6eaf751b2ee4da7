package org.selfservice.kernel;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount in a currency.
 *
 * @param amount at the currency's scale, zero or more
 * @param currency ISO 4217 code
 */
public record Money(BigDecimal amount, String currency) {
    /** ISO 4217's code for where no currency is involved: questions and values that are of no program. */
    public static final String NO_CURRENCY = "XXX";

    public Money {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        if (amount.signum() < 0 || amount.stripTrailingZeros().scale() > digits) {
            throw new Refused(RefusalCode.VALUE_NOT_VALID, java.util.Map.of("field", "amount"));
        }
        amount = amount.setScale(digits);
    }

    public Money plus(Money other) {
        return new Money(amount.add(same(other).amount), currency);
    }

    public boolean exceeds(Money other) {
        return amount.compareTo(same(other).amount) > 0;
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new Refused(RefusalCode.CURRENCY);
        }
        return other;
    }
}
