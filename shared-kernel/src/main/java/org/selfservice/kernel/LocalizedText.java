package org.selfservice.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A text that administrators wrote, per language (BCP 47 primary tags such as {@code en}, {@code fr}, {@code ar}). */
public record LocalizedText(Map<String, String> byLanguage) {
    public static final LocalizedText EMPTY = new LocalizedText(Map.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LocalizedText {
        byLanguage = java.util.Collections.unmodifiableMap(new TreeMap<>(byLanguage));
    }

    @JsonValue
    public Map<String, String> byLanguage() {
        return byLanguage;
    }

    public static LocalizedText en(String text) {
        return new LocalizedText(Map.of("en", text));
    }

    public static LocalizedText of(String en, String fr, String ar) {
        return new LocalizedText(Map.of("en", en, "fr", fr, "ar", ar));
    }

    /** The text in that language, else in English, else in any; empty when there is none. */
    public String in(Locale locale) {
        String text = byLanguage.get(locale.getLanguage());
        if (text == null) {
            text = byLanguage.get("en");
        }
        return text != null ? text : byLanguage.values().stream().findFirst().orElse("");
    }

    public boolean isEmpty() {
        return byLanguage.values().stream().allMatch(String::isBlank);
    }
}
