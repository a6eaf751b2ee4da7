package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PagesAsTextTest {

    @Test
    void a_failure_shows_the_words_of_a_page() {
        String page =
                "<!DOCTYPE html>\n<html><head><title>T</title></head>\n<body><h1>Two\n <b>words</b></h1></body></html>";
        assertThatThrownBy(() -> assertThat(page).contains("three"))
                .hasMessageContaining("the page \" Two words \"")
                .hasMessageContaining("three")
                .hasMessageNotContaining("<h1>");
    }

    @Test
    void other_texts_are_shown_as_they_are() {
        assertThatThrownBy(() -> assertThat("a <b> c").contains("d")).hasMessageContaining("\"a <b> c\"");
    }
}
