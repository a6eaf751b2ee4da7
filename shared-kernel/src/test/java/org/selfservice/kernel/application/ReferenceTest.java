package org.selfservice.kernel.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

class ReferenceTest {
    private static final String CODE = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    @Test
    void a_reference_has_a_prefix_and_two_groups_of_four() {
        assertThat(Reference.of("CASH", 0).value()).matches("CASH-[" + CODE + "]{4}-[" + CODE + "]{4}");
    }

    @Test
    void the_same_number_always_has_the_same_reference() {
        assertThat(Reference.of("CASH", 0)).hasToString("CASH-CXC9-VYPT");
        assertThat(Reference.of("CASH", 1)).hasToString("CASH-48X4-Z8RW");
        assertThat(Reference.of("MED", 123_456_789)).hasToString("MED-AMZ2-2X3Y");
        assertThat(Reference.of("FARM", Reference.NUMBERS - 1)).hasToString("FARM-3YFJ-RCC8");
    }

    @Test
    void a_million_numbers_have_a_million_references() {
        int numbers = 1_000_000;
        // The seven characters as a number: a set of strings would need a gigabyte.
        LongSet seen = new LongSet(numbers);
        for (int number = 0; number < numbers; number++) {
            if (!seen.add(packed(Reference.of("CASH", number).value()))) {
                throw new AssertionError("twice: " + Reference.of("CASH", number));
            }
        }
    }

    @Test
    void scattering_is_a_permutation_also_far_from_zero() {
        Random random = new Random(7);
        LongSet numbers = new LongSet(3_000_000);
        LongSet scattered = new LongSet(3_000_000);
        for (int i = 0; i < 3_000_000; i++) {
            long number = random.nextLong(Reference.NUMBERS);
            if (numbers.add(number)) {
                long other = Scatter.number(number);
                if (other < 0 || other >= Reference.NUMBERS || !scattered.add(other)) {
                    throw new AssertionError(number + " and another one became " + other);
                }
            }
        }
    }

    @Test
    void neighbours_do_not_look_alike() {
        int alike = 0;
        for (int number = 0; number < 10_000; number++) {
            String one = Reference.of("CASH", number).value();
            String next = Reference.of("CASH", number + 1).value();
            int same = 0;
            for (int i = 5; i < one.length(); i++) {
                same += one.charAt(i) != '-' && one.charAt(i) == next.charAt(i) ? 1 : 0;
            }
            alike += same > 3 ? 1 : 0;
        }
        assertThat(alike).as("pairs that share four of eight characters").isLessThan(10);
    }

    @Test
    void every_single_wrong_character_is_found() {
        for (long number : new long[] {0, 1, 77, 9_999_999, 21_000_000_000L}) {
            StringBuilder right =
                    new StringBuilder(Reference.of("CLIMB", number).value());
            for (int i = 0; i < right.length(); i++) {
                char before = right.charAt(i);
                for (char wrong : (i < 5 ? LETTERS : CODE).toCharArray()) {
                    if (before != '-' && before != wrong) {
                        right.setCharAt(i, wrong);
                        assertRefused(right.toString());
                    }
                }
                right.setCharAt(i, before);
            }
        }
    }

    @Test
    void every_two_swapped_characters_are_found() {
        for (int number = 0; number < 300; number++) {
            String plain = Reference.of("CASH", number).value().replace("-", "");
            for (int i = 0; i < plain.length(); i++) {
                for (int j = i + 1; j < plain.length(); j++) {
                    if (plain.charAt(i) != plain.charAt(j)) {
                        StringBuilder swapped = new StringBuilder(plain);
                        swapped.setCharAt(i, plain.charAt(j));
                        swapped.setCharAt(j, plain.charAt(i));
                        assertRefused(swapped.toString());
                    }
                }
            }
        }
    }

    @Test
    void it_may_be_typed_in_any_case_with_any_spaces_and_hyphens() {
        Reference reference = Reference.of("CASH", 42);
        String plain = reference.value().replace("-", "");
        assertThat(Reference.parse(" " + plain.toLowerCase() + " ")).isEqualTo(reference);
        assertThat(Reference.parse(reference.value().replace("-", " – "))).isEqualTo(reference);
        assertThat(Reference.parse(String.join("\u00A0", plain.split("")))).isEqualTo(reference);
        assertThat(Reference.parse("\u200F" + reference.value())).isEqualTo(reference);
        assertThat(Reference.parse(withArabicDigits(reference.value()))).isEqualTo(reference);
        assertThat(Reference.parse(fullWidth(plain))).isEqualTo(reference);
    }

    @Test
    void a_v_may_be_read_as_a_u() {
        for (int number = 0; number < 200; number++) {
            Reference reference = Reference.of("CASH", number);
            assertThat(Reference.parse("CASH" + reference.value().substring(4).replace('V', 'u')))
                    .isEqualTo(reference);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "CASH",
                "CASH-7K4M-2P9",
                "7K4M-2P9X",
                "C-7K4M-2P9X",
                "CASHES-7K4M-2P9X",
                "CASH-0000-0000",
                "CASH-OIL1-OOOO",
                "CA5H-7K4M-2P9X",
                "CASH-7K4M-2P9X'; --",
                "<script>"
            })
    void what_is_no_reference_is_refused(String typed) {
        assertRefused(typed);
    }

    @Test
    void there_is_no_reference_without_a_number_or_a_good_prefix() {
        assertThatIllegalArgumentException().isThrownBy(() -> Reference.of("CASH", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Reference.of("CASH", Reference.NUMBERS));
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> Reference.of("cash", 1));
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> Reference.of("TOOLONG", 1));
    }

    private static void assertRefused(String typed) {
        assertThatExceptionOfType(Refused.class)
                .as(typed)
                .isThrownBy(() -> Reference.parse(typed))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(RefusalCode.INVALID));
    }

    private static long packed(String reference) {
        long packed = 0;
        for (char character : reference.substring(5).replace("-", "").toCharArray()) {
            packed = packed * 36 + Character.digit(character, 36);
        }
        return packed;
    }

    private static String withArabicDigits(String text) {
        return text.codePoints()
                .map(c -> c >= '0' && c <= '9' ? c - '0' + '٠' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String fullWidth(String text) {
        return text.codePoints()
                .map(c -> c - '!' + '！')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Open addressing, no boxes. */
    private static final class LongSet {
        private final long[] slots;

        LongSet(int most) {
            slots = new long[Integer.highestOneBit(most) * 4];
        }

        boolean add(long value) {
            int slot = Long.hashCode(value * 0x9E3779B97F4A7C15L) & (slots.length - 1);
            while (slots[slot] != 0) {
                if (slots[slot] == value + 1) {
                    return false;
                }
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = value + 1;
            return true;
        }
    }
}
