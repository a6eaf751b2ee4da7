package org.selfservice.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused.Refusal;
import org.springframework.context.support.ResourceBundleMessageSource;

class RefusalsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "_fr", "_ar"})
    void every_code_has_a_text_of_its_own(String language) throws IOException {
        Properties texts = bundle("refusals" + language);
        for (RefusalCode code : RefusalCode.values()) {
            assertThat(texts.getProperty("refusal." + code)).as(code.name()).isNotBlank();
        }
        assertThat(texts).hasSize(RefusalCode.values().length);
        assertThat(texts.values()).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"failures", "identity"})
    void every_language_says_all_of_it(String bundle) throws IOException {
        Properties english = bundle(bundle);
        for (String language : new String[] {"_fr", "_ar"}) {
            assertThat(bundle(bundle + language).keySet()).as(language).isEqualTo(english.keySet());
        }
    }

    @Test
    void details_fill_the_gaps_and_days_are_written_out() {
        Refusal refusal = new Refusal(RefusalCode.PERIOD_LIMIT_REACHED, Map.of("from", "2026-12-14"));
        assertThat(refusals().text(refusal, Locale.ENGLISH)).contains("from 14 December 2026.");
        assertThat(refusals().text(refusal, Locale.FRENCH)).contains("à partir du 14 décembre 2026.");
    }

    @Test
    void a_gap_without_a_detail_does_not_show() {
        assertThat(refusals().text(new Refusal(RefusalCode.INVALID, Map.of()), Locale.ENGLISH))
                .isEqualTo("A value has the wrong form.");
    }

    private static Refusals refusals() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/refusals");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new Refusals(messages);
    }

    private static Properties bundle(String name) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(RefusalsTest.class.getResourceAsStream("/messages/" + name + ".properties")),
                StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
