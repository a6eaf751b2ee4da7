package org.selfservice.web.program;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramProfile.Target;

/**
 * What somebody looks for in the catalogue.
 *
 * @param words all of which a program's texts contain, in any language, whatever the accents and capitals
 * @param openNow whether programs that take no applications now are left out
 * @param target null for any
 */
public record Search(
        String words, boolean openNow, @Nullable Target target) {

    static Search of(@Nullable String words, @Nullable String open, @Nullable String target) {
        return new Search(
                words == null ? "" : words.strip(),
                open != null && !open.isBlank(),
                Stream.of(Target.values())
                        .filter(one -> one.name().equalsIgnoreCase(target))
                        .findFirst()
                        .orElse(null));
    }

    public boolean isEmpty() {
        return words.isEmpty() && !openNow && target == null;
    }

    boolean matches(ProgramProfile profile, Offer offer) {
        return (!openNow || offer == Offer.OPEN)
                && (target == null || target == profile.target())
                && Stream.of(plain(words).split(" "))
                        .allMatch(word -> texts(profile).anyMatch(text -> text.contains(word)));
    }

    private static Stream<String> texts(ProgramProfile profile) {
        return Stream.of(profile.name(), profile.audience(), profile.benefit(), profile.description())
                .map(LocalizedText::byLanguage)
                .flatMap(texts -> texts.values().stream())
                .map(Search::plain);
    }

    /** Letters without accents, vowel signs or variant forms, as people type them on a phone. */
    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replace('ة', 'ه')
                .replace('ى', 'ي')
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }
}
