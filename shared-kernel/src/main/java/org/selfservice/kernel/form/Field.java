package org.selfservice.kernel.form;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.registrant.Demographics;

/**
 * One question.
 *
 * @param id 1 to 40 lower-case letters, digits and underscores, begins with a letter; in a group unique within the group
 * @param mayNotKnow whether "I do not know" is an answer
 * @param prefill the demographic attribute that fills it in, such as {@code birthdate}; null for none
 * @param reportable whether analysts may see the answer, without the person; else it is personal, as everything of a kind
 *     that {@linkplain #identifies() identifies} must be
 * @param fields of a {@link FieldType#GROUP} only: the questions asked for each row
 */
public record Field(
        String id,
        FieldType type,
        LocalizedText label,
        LocalizedText hint,
        boolean required,
        boolean mayNotKnow,
        Constraints constraints,
        List<Option> options,
        @Nullable Condition showIf,
        @Nullable String prefill,
        boolean reportable,
        List<Field> fields) {
    public Field {
        options = List.copyOf(options);
        fields = List.copyOf(fields);
    }

    /** A field with nothing but a type and a label, to be refined by the {@code with} methods. */
    public static Field of(String id, FieldType type, LocalizedText label) {
        return new Field(
                id,
                type,
                label,
                LocalizedText.EMPTY,
                true,
                false,
                Constraints.NONE,
                List.of(),
                null,
                null,
                false,
                List.of());
    }

    public Field optional() {
        return new Field(
                id, type, label, hint, false, mayNotKnow, constraints, options, showIf, prefill, reportable, fields);
    }

    public Field withHint(LocalizedText text) {
        return new Field(
                id, type, label, text, required, mayNotKnow, constraints, options, showIf, prefill, reportable, fields);
    }

    public Field orNotKnown() {
        return new Field(
                id, type, label, hint, required, true, constraints, options, showIf, prefill, reportable, fields);
    }

    public Field within(Constraints limits) {
        return new Field(
                id, type, label, hint, required, mayNotKnow, limits, options, showIf, prefill, reportable, fields);
    }

    public Field choosing(List<Option> choices) {
        return new Field(
                id, type, label, hint, required, mayNotKnow, constraints, choices, showIf, prefill, reportable, fields);
    }

    public Field when(Condition condition) {
        return new Field(
                id,
                type,
                label,
                hint,
                required,
                mayNotKnow,
                constraints,
                options,
                condition,
                prefill,
                reportable,
                fields);
    }

    public Field prefilledFrom(String attribute) {
        return new Field(
                id,
                type,
                label,
                hint,
                required,
                mayNotKnow,
                constraints,
                options,
                showIf,
                attribute,
                reportable,
                fields);
    }

    public Field reported() {
        return new Field(
                id, type, label, hint, required, mayNotKnow, constraints, options, showIf, prefill, true, fields);
    }

    /** Whether the answer alone says who somebody is, by its kind or by what fills it in. */
    public boolean identifies() {
        return type.identifies() || (prefill != null && Demographics.identifies(prefill));
    }

    public Field asking(List<Field> questions) {
        return new Field(
                id,
                type,
                label,
                hint,
                required,
                mayNotKnow,
                constraints,
                options,
                showIf,
                prefill,
                reportable,
                questions);
    }
}
