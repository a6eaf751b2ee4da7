package org.selfservice.kernel.form;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as people type them: any script's digits, spaces, thousands separators, a decimal point or comma. */
final class Numbers {
    /** White space, groups' separators, and the directional marks that come with right-to-left keyboards. */
    private static final Pattern IGNORED = Pattern.compile("[\\s\\p{Z}'’٬_\\u061C\\u200E\\u200F]");

    /** Eighteen digits and nine decimals, each with a separator; longer texts would only exhaust the patterns. */
    private static final int LONGEST = 100;

    private static final Pattern COMMA_GROUPS = Pattern.compile("-?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
    private static final Pattern POINT_GROUPS = Pattern.compile("-?\\d{1,3}(\\.\\d{3}){2,}(,\\d+)?");
    private static final Pattern PLAIN = Pattern.compile("-?\\d{1,18}(\\.\\d{1,9})?");

    private Numbers() {}

    /** @return null when it is no number */
    static @Nullable BigDecimal parse(String typed) {
        if (typed.length() > LONGEST) {
            return null;
        }
        String text =
                IGNORED.matcher(digits(typed)).replaceAll("").replace('٫', '.').replace('−', '-');
        if (COMMA_GROUPS.matcher(text).matches()) {
            text = text.replace(",", "");
        } else if (POINT_GROUPS.matcher(text).matches()) {
            text = text.replace(".", "").replace(',', '.');
        } else {
            text = text.replace(',', '.');
        }
        return PLAIN.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    /** Every Unicode decimal digit as ASCII. */
    static String digits(String typed) {
        StringBuilder text = new StringBuilder(typed.length());
        typed.codePoints().forEach(c -> {
            if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
                text.append(Character.digit(c, 10));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }
}
