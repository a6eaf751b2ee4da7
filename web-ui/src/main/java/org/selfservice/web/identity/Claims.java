package org.selfservice.web.identity;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.registrant.Demographics;

/** What providers call things and how they write them, in the portal's own terms. */
final class Claims {
    private static final int LONGEST_TEXT = 500;

    private Claims() {}

    /**
     * The demographic attributes among the claims. What cannot be understood is left out.
     *
     * @param names attribute by the provider's claim, where they differ
     * @param locale of the person: providers may send a value in several languages, as {@code name#fra}
     */
    static Map<String, Answer> demographics(Map<String, Object> claims, Map<String, String> names, Locale locale) {
        Map<String, Answer> values = new LinkedHashMap<>();
        for (String attribute : Demographics.ALL) {
            String claim = claim(attribute, names);
            // a gender is one of a few words of English, whatever the person reads
            Object value = inLanguage(claims, claim, attribute.equals(Demographics.GENDER) ? Locale.ENGLISH : locale);
            Answer answer = value == null ? null : answer(attribute, value, locale);
            if (answer != null && !answer.isEmpty()) {
                values.put(attribute, answer);
            }
        }
        return values;
    }

    /** The attribute that a claim is kept as; null when the portal does not keep it. */
    static @Nullable String attribute(String claim, Map<String, String> names) {
        String attribute = names.getOrDefault(claim, claim);
        return Demographics.ALL.contains(attribute) ? attribute : null;
    }

    private static String claim(String attribute, Map<String, String> names) {
        return names.entrySet().stream()
                .filter(name -> name.getValue().equals(attribute))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(attribute);
    }

    private static @Nullable Object inLanguage(Map<String, Object> claims, String name, Locale locale) {
        Object plain = claims.get(name);
        if (plain != null) {
            return plain;
        }
        List<String> wishes = List.of(
                name + "#" + locale.getISO3Language(), name + "#" + locale.getLanguage(), name + "#eng", name + "#en");
        return wishes.stream()
                .map(claims::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> claims.entrySet().stream()
                        .filter(claim -> claim.getKey().startsWith(name + "#"))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null));
    }

    private static @Nullable Answer answer(String attribute, Object value, Locale locale) {
        return switch (attribute) {
            case Demographics.ADDRESS -> address(value, locale);
            case Demographics.BIRTHDATE -> date(value.toString());
            case Demographics.GENDER -> text(value.toString().toLowerCase(Locale.ROOT));
            case Demographics.PHONE_NUMBER -> text(value.toString().replaceAll("[\\s().-]", ""));
            default -> value instanceof String || value instanceof Number ? text(value.toString()) : null;
        };
    }

    /** A picture, or a page, is no text about a person. */
    private static @Nullable Answer text(String value) {
        String text = value.strip();
        return text.length() > LONGEST_TEXT || text.startsWith("data:") ? null : Answer.text(text);
    }

    /** ISO 8601, or with slashes as some ID systems write it. A year alone is no date. */
    private static @Nullable Answer date(String value) {
        try {
            return Answer.text(LocalDate.parse(value.strip().replace('/', '-')).toString());
        } catch (DateTimeException noDate) {
            return null;
        }
    }

    /** OpenID Connect Core 1.0, section 5.1.1. */
    private static @Nullable Answer address(Object value, Locale locale) {
        if (!(value instanceof Map<?, ?> map)) {
            return value instanceof String text ? lines(text, Map.of()) : null;
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        map.forEach((name, part) -> parts.put(name.toString(), part));
        Map<String, String> rest = new LinkedHashMap<>();
        rest.put("town", part(parts, "locality", locale));
        rest.put("region", part(parts, "region", locale));
        rest.put("postcode", part(parts, "postal_code", locale));
        String street = part(parts, "street_address", locale);
        if (street.isEmpty() && rest.values().stream().allMatch(String::isEmpty)) {
            return lines(part(parts, "formatted", locale), Map.of());
        }
        return lines(street, rest);
    }

    private static String part(Map<String, Object> parts, String name, Locale locale) {
        Object part = inLanguage(parts, name, locale);
        return part == null ? "" : part.toString().strip();
    }

    private static Answer lines(String street, Map<String, String> rest) {
        List<String> lines =
                Arrays.stream(street.split("\\R")).map(String::strip).toList();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("line1", lines.getFirst());
        parts.put("line2", String.join(", ", lines.subList(1, lines.size())));
        for (String name : List.of("town", "region", "postcode")) {
            parts.put(name, rest.getOrDefault(name, ""));
        }
        return new Answer.Parts(parts);
    }
}
