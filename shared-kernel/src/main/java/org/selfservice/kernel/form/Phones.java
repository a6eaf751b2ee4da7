package org.selfservice.kernel.form;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.jspecify.annotations.Nullable;

/** Phone numbers as people type them, to E.164. */
final class Phones {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private Phones() {}

    /**
     * A number that its country could have given out, judged by its length alone: numbering plans change faster than
     * installations, and a person whose number is newer than ours must not be turned away.
     *
     * @param region ISO 3166-1 alpha-2, of numbers without country code
     * @return null when it is no phone number
     */
    static @Nullable String parse(String typed, @Nullable String region) {
        String digits = Numbers.digits(typed).strip();
        String international = digits.startsWith("00") ? "+" + digits.substring(2) : digits;
        try {
            PhoneNumber number = NUMBERS.parse(international, region);
            return NUMBERS.isPossibleNumber(number) && !number.hasExtension()
                    ? NUMBERS.format(number, PhoneNumberFormat.E164)
                    : null;
        } catch (NumberParseException noNumber) {
            return null;
        }
    }

    static boolean isRegion(String region) {
        return NUMBERS.getSupportedRegions().contains(region);
    }
}
