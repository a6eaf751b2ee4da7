package org.selfservice.web.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileNameTest {
    @Test
    void a_path_is_cut_to_its_last_part() {
        assertThat(FileName.of("C:\\Users\\me\\land title.pdf").value()).isEqualTo("land title.pdf");
        assertThat(FileName.of("../../etc/passwd").value()).isEqualTo("passwd");
    }

    @Test
    void a_name_of_300_characters_keeps_its_beginning_and_its_extension_and_says_that_it_was_shortened() {
        FileName name = FileName.of("é".repeat(296) + ".pdf");

        assertThat(name.value().codePointCount(0, name.value().length())).isEqualTo(FileName.LIMIT);
        assertThat(name.value()).startsWith("ééé").endsWith("….pdf");
        assertThat(name.shortened()).isTrue();
    }

    @Test
    void quotes_tags_emoji_and_every_script_are_kept() {
        String name = "O'Brien \"<b>\" سند الأرض 🏠.jpg";
        assertThat(FileName.of(name).value()).isEqualTo(name);
    }

    @Test
    void characters_that_turn_the_direction_or_break_lines_are_removed() {
        assertThat(FileName.of("invoice\u202Efdp.exe\r\nX: y").value()).isEqualTo("invoicefdp.exeX: y");
    }

    @Test
    void a_file_without_a_name_gets_one() {
        assertThat(FileName.of(null).value()).isEqualTo("document");
        assertThat(FileName.of("  ").value()).isEqualTo("document");
    }

    @Test
    void emoji_are_never_cut_in_half() {
        assertThat(FileName.of("🏠".repeat(300)).value()).doesNotContain("?").endsWith("🏠…");
    }
}
