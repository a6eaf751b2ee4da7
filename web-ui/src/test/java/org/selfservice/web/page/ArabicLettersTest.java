package org.selfservice.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArabicLettersTest {

    @ParameterizedTest
    @CsvSource({
        // initial, medial, final; and dal, which joins to nothing after it
        "محمد, \uFEE3\uFEA4\uFEE4\uFEAA",
        // reh and alef stand alone at the beginning
        "راد, \uFEAD\uFE8D\uFEA9",
        // lam and alef are one sign, alone and joined
        "لا, \uFEFB",
        "سلام, \uFEB3\uFEFC\uFEE1",
        "الأرض, \uFE8D\uFEF7\uFEAD\uFEBD",
        // hamza joins to nothing
        "ماء, \uFEE3\uFE8E\uFE80",
        // Persian letters
        "پیچ, \uFB58\uFBFF\uFB7B",
        // a word ends at a space
        "من لي, \uFEE3\uFEE6 \uFEDF\uFEF2",
    })
    void letters_join_as_their_neighbours_ask(String text, String joined) {
        assertThat(ArabicLetters.join(text)).isEqualTo(joined);
    }

    @Test
    void marks_do_not_part_letters() {
        assertThat(ArabicLetters.join("بَت")).isEqualTo("\uFE91\u064E\uFE96");
    }

    @Test
    void a_lam_with_a_mark_before_its_alef_keeps_the_mark() {
        assertThat(ArabicLetters.join("لَا")).isEqualTo("\uFEDF\u064E\uFE8E");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lena D’Arc", "עברית", "日本", "🧑🏾‍🌾", "", "12 (34)"})
    void other_scripts_stay(String text) {
        assertThat(ArabicLetters.join(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"محمد", "السلام عليكم", "الأرض", "پیچ", "لا"})
    void joined_letters_can_be_taken_apart(String text) {
        assertThat(ArabicLetters.apart(ArabicLetters.join(text))).isEqualTo(text);
    }

    @Test
    void a_run_is_turned_with_its_brackets_and_marks() {
        assertThat(new RightToLeft.Order().reorderRTLTextToLTR("ab\u064E(c)")).isEqualTo("(c)b\u064Ea");
    }
}
