package org.selfservice.web.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages of the portal, by their own names. */
public enum Language {
    ENGLISH("en", "English", "ltr"),
    FRENCH("fr", "Français", "ltr"),
    ARABIC("ar", "العربية", "rtl");

    private final String tag;
    private final String ownName;
    private final String direction;

    Language(String tag, String ownName, String direction) {
        this.tag = tag;
        this.ownName = ownName;
        this.direction = direction;
    }

    /** BCP 47. */
    public String tag() {
        return tag;
    }

    public String ownName() {
        return ownName;
    }

    /** {@code ltr} or {@code rtl}, as HTML's {@code dir}. */
    public String direction() {
        return direction;
    }

    public Locale locale() {
        return Locale.forLanguageTag(tag);
    }

    public static Optional<Language> of(Locale locale) {
        return Arrays.stream(values())
                .filter(language -> language.tag.equals(locale.getLanguage()))
                .findFirst();
    }
}
