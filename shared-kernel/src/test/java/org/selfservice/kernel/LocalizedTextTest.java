package org.selfservice.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LocalizedTextTest {
    private final LocalizedText text = LocalizedText.of("Name", "Nom", "الاسم");

    @Test
    void it_is_read_in_the_readers_language() {
        assertThat(text.in(Locale.FRENCH)).isEqualTo("Nom");
        assertThat(text.in(Locale.forLanguageTag("ar-EG"))).isEqualTo("الاسم");
    }

    @Test
    void what_is_not_translated_is_read_in_english_else_in_any_language() {
        assertThat(text.in(Locale.forLanguageTag("sw"))).isEqualTo("Name");
        assertThat(new LocalizedText(Map.of("fr", "Nom")).in(Locale.ENGLISH)).isEqualTo("Nom");
        assertThat(LocalizedText.EMPTY.in(Locale.ENGLISH)).isEmpty();
    }

    @Test
    void it_is_empty_when_no_language_has_words() {
        assertThat(LocalizedText.EMPTY.isEmpty()).isTrue();
        assertThat(LocalizedText.en("  ").isEmpty()).isTrue();
        assertThat(text.isEmpty()).isFalse();
    }

    @Test
    void its_json_is_the_plain_map_in_the_order_of_the_languages() {
        JsonMapper json = JsonMapper.builder().build();
        String written = json.writeValueAsString(text);
        assertThat(written).isEqualTo("{\"ar\":\"الاسم\",\"en\":\"Name\",\"fr\":\"Nom\"}");
        assertThat(json.readValue(written, LocalizedText.class)).isEqualTo(text);
    }
}
