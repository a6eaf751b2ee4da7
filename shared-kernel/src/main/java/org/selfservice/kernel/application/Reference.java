package org.selfservice.kernel.application;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/**
 * The name of an application that people read out and type, such as {@code CASH-7K4M-2P9X}: a prefix of 2 to 5 letters,
 * seven characters that stand for a number, and a check character. The characters are those that nobody misreads for another
 * one: no 0 and O, 1, I and L, and no U.
 *
 * <p>The check is ISBN-10's (ISO 2108:1972; F. J. Damerau's and J. Verhoeff's error classes), with 31 for 11: the sum of
 * values times places, counted from the right, is a multiple of 31. As 31 is a prime above every place, every wrong character
 * and every two swapped characters are found. The 31st value has no character; numbers whose check would need it are skipped.
 */
public record Reference(@JsonValue String value) {
    /** By value. A prefix may contain I, L, O and U; they share their values with the digits that it may not contain. */
    private static final String CODE = "ABCDEFGH2JK3MN4PQRST5VWXYZ6789";

    private static final String PREFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int BASE = CODE.length();
    private static final int MODULUS = 31;
    private static final Pattern SHAPE = Pattern.compile("[A-Z]{2,5}-[" + CODE + "]{4}-[" + CODE + "]{4}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\p{Z}\\p{Pd}\\p{Cf}\\s−_./]");

    /** How many numbers there are: six characters and one that has one value less, 21 thousand million. */
    public static final long NUMBERS = 729_000_000L * (BASE - 1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Reference {
        if (!SHAPE.matcher(value).matches() || sum(value.replace("-", "")) != 0) {
            throw invalid();
        }
    }

    /**
     * The reference of the n-th application under that prefix; no two numbers have the same one.
     *
     * @param prefix 2 to 5 upper-case letters
     * @param number from 0, below {@link #NUMBERS}
     */
    public static Reference of(String prefix, long number) {
        if (number < 0 || number >= NUMBERS) {
            throw new IllegalArgumentException("no reference for number " + number);
        }
        long scattered = Scatter.number(number);
        StringBuilder code = new StringBuilder(prefix);
        long rest = scattered / (BASE - 1);
        for (long place = 24_300_000L; place > 0; place /= BASE) {
            code.append(CODE.charAt((int) (rest / place)));
            rest %= place;
        }
        int seventh = (int) (scattered % (BASE - 1));
        int skipped = withoutCheck(sum(code + "AA"));
        code.append(CODE.charAt(seventh < skipped ? seventh : seventh + 1));
        code.append(CODE.charAt((MODULUS - sum(code + "A")) % MODULUS));
        int end = code.length();
        return new Reference(code.insert(end - 4, '-').insert(end - 8, '-').toString());
    }

    /**
     * What a person typed, whatever its case, spaces, hyphens and digits' script; a U can only be a V.
     *
     * @throws Refused INVALID when it is no reference or contains a mistake
     */
    public static Reference parse(String typed) {
        String plain = SEPARATORS
                .matcher(Normalizer.normalize(typed, Normalizer.Form.NFKC))
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .codePoints()
                .map(c -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (plain.length() < 10 || plain.length() > 13) {
            throw invalid();
        }
        int end = plain.length() - 8;
        String code = plain.substring(end).replace('U', 'V');
        return new Reference(plain.substring(0, end) + "-" + code.substring(0, 4) + "-" + code.substring(4));
    }

    /** The value of the seventh character with which the check would need the value that has no character; else the last. */
    private static int withoutCheck(int sum) {
        // sum + 2 * seventh + (MODULUS - 1) is a multiple of MODULUS; 16 is the inverse of 2.
        int seventh = Math.floorMod((1 - sum) * 16, MODULUS);
        return Math.min(seventh, BASE - 1);
    }

    private static int sum(CharSequence characters) {
        int sum = 0;
        int length = characters.length();
        for (int i = 0; i < length; i++) {
            char character = characters.charAt(i);
            int value = i < length - 8 ? PREFIX.indexOf(character) : CODE.indexOf(character);
            if (value < 0) {
                throw invalid();
            }
            sum += value * (length - i);
        }
        return sum % MODULUS;
    }

    private static Refused invalid() {
        return new Refused(RefusalCode.INVALID, Map.of("field", "reference"));
    }

    @Override
    public String toString() {
        return value;
    }
}
