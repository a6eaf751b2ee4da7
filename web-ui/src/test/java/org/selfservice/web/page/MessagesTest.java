package org.selfservice.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;

class MessagesTest {
    private static final Pattern GAP = Pattern.compile("\\{(\\w+)");

    static String[] bundles() {
        return Languages.bundles();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void every_text_is_there_in_every_language_with_the_same_gaps(String bundle) throws IOException {
        Properties english = read(bundle + ".properties");
        for (String language : new String[] {"fr", "ar"}) {
            Properties other = read(bundle + "_" + language + ".properties");
            assertThat(other.stringPropertyNames())
                    .as("%s in %s", bundle, language)
                    .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
            for (String key : english.stringPropertyNames()) {
                assertThat(gaps(other.getProperty(key)))
                        .as("gaps of %s in %s", key, language)
                        .isEqualTo(gaps(english.getProperty(key)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void every_text_can_be_formatted_and_uses_typographic_apostrophes(String bundle) throws IOException {
        for (String suffix : new String[] {"", "_fr", "_ar"}) {
            Properties texts = read(bundle + suffix + ".properties");
            for (String key : texts.stringPropertyNames()) {
                String text = texts.getProperty(key);
                assertThat(text).as(key).isNotBlank();
                // A straight one is a quote to MessageFormat and would vanish, with gaps left unfilled.
                assertThat(text).as(key).doesNotContain("'");
                if (gaps(text).stream().allMatch(gap -> gap.matches("\\d+"))) {
                    new MessageFormat(text);
                }
            }
        }
    }

    private static Set<String> gaps(String text) {
        Set<String> gaps = new TreeSet<>();
        GAP.matcher(text).results().forEach(gap -> gaps.add(gap.group(1)));
        return gaps;
    }

    private static Properties read(String path) throws IOException {
        Properties texts = new Properties();
        try (Reader reader =
                new InputStreamReader(new ClassPathResource(path).getInputStream(), StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
