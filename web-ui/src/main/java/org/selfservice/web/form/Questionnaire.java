package org.selfservice.web.form;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Option;
import org.selfservice.kernel.form.Page;

/**
 * A form's questions as an administrator writes them and as files carry them: a question says only what is unusual about it.
 * {@code schemas/form.json} describes it.
 *
 * @param region ISO 3166-1 alpha-2, where phone numbers without country code belong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties("$schema")
public record Questionnaire(List<Section> pages, @Nullable String region) {

    /** The definition with nothing said that need not be; {@link #definition()} gives it back. */
    public static Questionnaire of(FormDefinition form) {
        return new Questionnaire(form.pages().stream().map(Section::of).toList(), form.region());
    }

    public FormDefinition definition() {
        return new FormDefinition(pages.stream().map(Section::page).toList(), region);
    }

    /** One page of questions. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Section(
            String id,
            LocalizedText title,
            @Nullable LocalizedText hint,
            @Nullable Condition showIf,
            List<Question> fields) {

        private static Section of(Page page) {
            return new Section(
                    page.id(),
                    page.title(),
                    unlessEmpty(page.hint()),
                    page.showIf(),
                    page.fields().stream().map(Question::of).toList());
        }

        private Page page() {
            return new Page(
                    id,
                    title,
                    Objects.requireNonNullElse(hint, LocalizedText.EMPTY),
                    showIf,
                    fields.stream().map(Question::field).toList());
        }
    }

    /**
     * @param required whether it must be answered; it must when this is left out
     * @param mayNotKnow whether "I do not know" is an answer
     * @param prefill the demographic attribute that fills it in
     * @param reportable whether analysts may see the answer, without the person
     * @param fields of a GROUP: the questions asked for each row
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Question(
            String id,
            FieldType type,
            LocalizedText label,
            @Nullable LocalizedText hint,
            @Nullable Boolean required,
            @Nullable Boolean mayNotKnow,
            @Nullable Limits constraints,
            @Nullable List<Option> options,
            @Nullable Condition showIf,
            @Nullable String prefill,
            @Nullable Boolean reportable,
            @Nullable List<Question> fields) {

        private static Question of(Field field) {
            return new Question(
                    field.id(),
                    field.type(),
                    field.label(),
                    unlessEmpty(field.hint()),
                    field.required() ? null : false,
                    field.mayNotKnow() ? true : null,
                    field.constraints().equals(Constraints.NONE) ? null : Limits.of(field.constraints()),
                    field.options().isEmpty() ? null : field.options(),
                    field.showIf(),
                    field.prefill(),
                    field.reportable() ? true : null,
                    field.fields().isEmpty()
                            ? null
                            : field.fields().stream().map(Question::of).toList());
        }

        private Field field() {
            return new Field(
                    id,
                    type,
                    label,
                    Objects.requireNonNullElse(hint, LocalizedText.EMPTY),
                    Objects.requireNonNullElse(required, true),
                    Objects.requireNonNullElse(mayNotKnow, false),
                    constraints == null ? Constraints.NONE : constraints.constraints(),
                    Objects.requireNonNullElse(options, List.of()),
                    showIf,
                    prefill,
                    Objects.requireNonNullElse(reportable, false),
                    fields == null
                            ? List.of()
                            : fields.stream().map(Question::field).toList());
        }
    }

    /** What is left out stands for the type's own limit. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Limits(
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            @Nullable Integer decimals,
            @Nullable LocalDate earliest,
            @Nullable LocalDate latest,
            @Nullable Boolean notInFuture,
            @Nullable Integer minRows,
            @Nullable Integer maxRows,
            @Nullable Integer maxFiles,
            @Nullable Long maxBytes,
            @Nullable List<String> mediaTypes) {

        private static Limits of(Constraints limits) {
            return new Limits(
                    limits.minLength(),
                    limits.maxLength(),
                    limits.min(),
                    limits.max(),
                    limits.decimals(),
                    limits.earliest(),
                    limits.latest(),
                    limits.notInFuture() ? true : null,
                    limits.minRows(),
                    limits.maxRows(),
                    limits.maxFiles(),
                    limits.maxBytes(),
                    limits.mediaTypes().isEmpty() ? null : limits.mediaTypes());
        }

        private Constraints constraints() {
            return new Constraints(
                    minLength,
                    maxLength,
                    min,
                    max,
                    decimals,
                    earliest,
                    latest,
                    Objects.requireNonNullElse(notInFuture, false),
                    minRows,
                    maxRows,
                    maxFiles,
                    maxBytes,
                    Objects.requireNonNullElse(mediaTypes, List.of()));
        }
    }

    private static @Nullable LocalizedText unlessEmpty(LocalizedText text) {
        return text.byLanguage().isEmpty() ? null : text;
    }
}
