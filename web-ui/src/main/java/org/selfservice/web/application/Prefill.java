package org.selfservice.web.application;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;

/** What the portal knows already and a form asks for. */
final class Prefill {
    /** After this long a person is asked to look twice. */
    private static final Period OLD = Period.ofMonths(12);

    private Prefill() {}

    /**
     * A value that fills in a question.
     *
     * @param page where the question is
     * @param answer in the shape that the question takes
     * @param old whether it came so long ago that it may be out of date
     */
    record Known(Field field, Page page, Answer answer, DemographicValue value, boolean old) {
        AnswerSource source() {
            return new AnswerSource(AnswerSource.Kind.PREFILLED, field.prefill(), value.verified());
        }
    }

    /** Of all questions that are asked, in the order of the form; values that a question would refuse are left out. */
    static List<Known> of(Draft draft, Dossier dossier) {
        List<Known> found = new ArrayList<>();
        for (Page page : draft.form().pages()) {
            for (Field field : draft.questions(page)) {
                of(draft, page, field, dossier).ifPresent(found::add);
            }
        }
        return found;
    }

    static Optional<Known> of(Draft draft, Page page, Field field, Dossier dossier) {
        DemographicValue value = field.prefill() == null ? null : dossier.best(field.prefill());
        Answer answer = value == null ? null : value.value();
        if (answer == null || answer.isEmpty() || !accepts(draft, field, answer)) {
            return Optional.empty();
        }
        return Optional.of(new Known(
                field,
                page,
                answer,
                Objects.requireNonNull(value),
                isOld(value.at(), draft.today(), draft.profile().zone())));
    }

    /** Whether the person has still to look at what is known: nothing was answered yet and something is known. */
    static boolean isDue(Draft draft, Dossier dossier) {
        return draft.file().answers().isEmpty() && !of(draft, dossier).isEmpty();
    }

    private static boolean accepts(Draft draft, Field field, Answer answer) {
        FormDefinition alone = new FormDefinition(
                List.of(new Page(
                        "page", LocalizedText.EMPTY, LocalizedText.EMPTY, null, List.of(unconditional(field)))),
                draft.form().region());
        return FormRules.problems(alone, Map.of(field.id(), answer), draft.today(), draft.currency())
                .isEmpty();
    }

    private static Field unconditional(Field field) {
        return new Field(
                field.id(),
                field.type(),
                field.label(),
                field.hint(),
                field.required(),
                field.mayNotKnow(),
                field.constraints(),
                field.options(),
                null,
                field.prefill(),
                field.reportable(),
                field.fields());
    }

    private static boolean isOld(Instant at, LocalDate today, String zone) {
        return LocalDate.ofInstant(at, ZoneId.of(zone)).isBefore(today.minus(OLD));
    }
}
