package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;

class PrefillTest {
    private final ApplyingAlone.Memory memory = ApplyingAlone.MEMORY;

    @BeforeEach
    void empty() {
        memory.reset();
    }

    @Test
    void what_is_known_and_asked_for_is_filled_in_with_its_source() {
        memory.know(Demographics.NAME, "Lena", true, "2026-05-03T10:00:00Z");
        memory.know(Demographics.PHONE_NUMBER, "+254712345678", false, "2026-05-03T10:00:00Z");
        memory.know(Demographics.GENDER, "female", true, "2026-05-03T10:00:00Z");
        assertThat(Prefill.of(draft(), dossier()))
                .extracting(known -> known.field().id(), Prefill.Known::source)
                .containsExactly(
                        tuple("full_name", new AnswerSource(AnswerSource.Kind.PREFILLED, Demographics.NAME, true)),
                        tuple(
                                "phone",
                                new AnswerSource(AnswerSource.Kind.PREFILLED, Demographics.PHONE_NUMBER, false)));
    }

    @Test
    void what_the_question_would_refuse_is_not_filled_in() {
        memory.know(Demographics.BIRTHDATE, "not a date", true, "2026-05-03T10:00:00Z");
        assertThat(Prefill.of(draft(), dossier())).isEmpty();
    }

    @Test
    void a_value_of_more_than_a_year_ago_is_old() {
        memory.know(Demographics.NAME, "Lena", true, "2025-11-20T10:00:00Z");
        memory.know(Demographics.BIRTHDATE, "1990-03-07", true, "2025-11-23T10:00:00Z");
        assertThat(Prefill.of(draft(), dossier()))
                .extracting(Prefill.Known::old)
                .containsExactly(true, false);
    }

    @Test
    void it_is_looked_over_before_anything_was_answered() {
        assertThat(Prefill.isDue(draft(), dossier())).isFalse();
        memory.know(Demographics.NAME, "Lena", true, "2026-05-03T10:00:00Z");
        assertThat(Prefill.isDue(draft(), dossier())).isTrue();
        memory.answers.put("story", Answer.text("…"));
        assertThat(Prefill.isDue(draft(), dossier())).isFalse();
    }

    private Dossier dossier() {
        return new Dossier(
                ApplyingAlone.LENA,
                "Lena",
                false,
                List.of(),
                Map.copyOf(memory.known),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    private Draft draft() {
        return Draft.of(
                memory.file(), memory.details(new ProgramCode("cash")), SampleForm.FORM, LocalDate.of(2026, 11, 22));
    }
}
