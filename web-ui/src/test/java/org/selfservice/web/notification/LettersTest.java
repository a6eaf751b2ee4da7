package org.selfservice.web.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.web.notification.Letters.Letter;

class LettersTest {
    private final Letters letters = Samples.letters();

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ID_LINKED", "ID_UNLINKED"})
    void every_notice_names_the_program_and_has_words_and_a_link_in_every_language(Notice notice) {
        for (String language : List.of("en", "fr", "ar")) {
            Message message = Samples.message(notice, language, Via.EMAIL);
            Letter letter = letters.letter(message, Samples.PORTAL);

            assertThat(letter.subject()).contains("Cash <b> for all").doesNotContain("{", "\n");
            assertThat(letter.plain())
                    .contains(
                            "https://portal.example/applications/a-0000000000000000000000",
                            "CASH-7K4M-2P9X",
                            "https://portal.example/me#contact")
                    .doesNotContain("{", "zoe@");
            assertThat(letter.html())
                    .contains("lang=\"" + language + "\" dir=\"" + (language.equals("ar") ? "rtl" : "ltr") + "\"")
                    .contains("Cash &lt;b&gt; for all")
                    .doesNotContain("<b>");
            assertThat(letters.sms(message, Samples.PORTAL))
                    .doesNotContain("\n")
                    .hasSizeLessThan(240);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ID_LINKED", "ID_UNLINKED"})
    void what_happens_to_the_ids_of_a_person_is_told_in_every_language_and_says_what_to_do_if_it_was_somebody_else(
            Notice notice) {
        for (String language : List.of("en", "fr", "ar")) {
            Message message = Samples.aboutNoProgram(notice, language, Via.EMAIL);
            Letter letter = letters.letter(message, Samples.PORTAL);

            assertThat(letter.subject()).isNotBlank().doesNotContain("{", "\n", "null");
            assertThat(letter.plain())
                    .contains("https://portal.example/me/ids\n", "https://portal.example/me#contact")
                    .doesNotContain("{", "null", "zoe@");
            assertThat(letters.sms(message, Samples.PORTAL))
                    .endsWith(" https://portal.example/me/ids")
                    .doesNotContain("\n", "null")
                    .hasSizeLessThan(160);
        }
        assertThat(letters.letter(Samples.aboutNoProgram(notice, "en", Via.EMAIL), Samples.PORTAL)
                        .plain())
                .contains("If it was not you");
    }

    @Test
    void what_has_a_deadline_says_it_in_the_mail_and_in_the_SMS() {
        Message message = Samples.message(Notice.INFORMATION_REQUESTED, "en", Via.SMS);

        assertThat(letters.letter(message, Samples.PORTAL).plain()).contains("Please answer by 2026-12-14.");
        assertThat(letters.sms(message, Samples.PORTAL))
                .isEqualTo("We need something from you by 2026-12-14: Cash <b> for all (CASH-7K4M-2P9X)"
                        + " https://portal.example/applications/a-0000000000000000000000");
    }

    @Test
    void a_language_that_the_portal_does_not_speak_is_English() {
        assertThat(letters.letter(Samples.message(Notice.DECIDED, "sw", Via.EMAIL), Samples.PORTAL)
                        .subject())
                .startsWith("There is a decision");
    }
}
