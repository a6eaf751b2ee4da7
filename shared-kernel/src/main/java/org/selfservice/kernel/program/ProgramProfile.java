package org.selfservice.kernel.program;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;

/**
 * What people read about a program, and its dates and promises.
 *
 * @param referencePrefix 2 to 5 upper-case letters that its references begin with
 * @param name up to 200 characters a language
 * @param audience who it is for, in one sentence
 * @param benefit what one gets
 * @param description paragraphs, separated by blank lines
 * @param afterwards what happens after one applied
 * @param dataUse who will see one's data and why
 * @param currency ISO 4217
 * @param opensOn first day on which one may apply; null for at once
 * @param closesOn last day on which one may apply; null for no end
 * @param reopensOn of a closed program: the next date, when there is one
 * @param minutesToComplete how long the form takes
 * @param decideWithinDays the service promise, in days from sending
 * @param draftLifetimeDays after the last save a draft is kept this long
 * @param zone IANA time zone in which its days begin and end
 */
public record ProgramProfile(
        String referencePrefix,
        LocalizedText name,
        LocalizedText audience,
        LocalizedText benefit,
        LocalizedText description,
        LocalizedText afterwards,
        LocalizedText dataUse,
        Target target,
        String currency,
        @Nullable LocalDate opensOn,
        @Nullable LocalDate closesOn,
        @Nullable LocalDate reopensOn,
        int minutesToComplete,
        int decideWithinDays,
        int draftLifetimeDays,
        String zone) {

    public enum Target {
        INDIVIDUAL,
        HOUSEHOLD
    }

    /** The texts by their names, in the order in which pages show them. */
    public Map<String, LocalizedText> texts() {
        Map<String, LocalizedText> texts = new LinkedHashMap<>();
        texts.put("name", name);
        texts.put("audience", audience);
        texts.put("benefit", benefit);
        texts.put("description", description);
        texts.put("afterwards", afterwards);
        texts.put("dataUse", dataUse);
        return texts;
    }

    /** What a program cannot be opened without and does not have: texts in English, by their names, and {@code form}. */
    public List<String> missingToOpen(boolean hasForm) {
        List<String> missing = new ArrayList<>();
        texts().forEach((name, text) -> {
            if (text.byLanguage().getOrDefault("en", "").isBlank()) {
                missing.add(name);
            }
        });
        if (!hasForm) {
            missing.add("form");
        }
        return missing;
    }
}
