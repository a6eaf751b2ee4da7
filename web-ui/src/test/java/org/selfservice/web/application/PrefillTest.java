package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.registrant.Demographics;

class PrefillTest {
    private final DraftAlone alone = new DraftAlone();

    @Test
    void what_is_known_and_asked_for_is_filled_in_with_its_source() {
        alone.know(Demographics.NAME, "Lena", true, "2026-05-03T10:00:00Z");
        alone.know(Demographics.PHONE_NUMBER, "+254712345678", false, "2026-05-03T10:00:00Z");
        alone.know(Demographics.GENDER, "female", true, "2026-05-03T10:00:00Z");
        assertThat(Prefill.of(alone.draft(), alone.dossier()))
                .extracting(known -> known.field().id(), Prefill.Known::source)
                .containsExactly(
                        tuple("full_name", new AnswerSource(AnswerSource.Kind.PREFILLED, Demographics.NAME, true)),
                        tuple(
                                "phone",
                                new AnswerSource(AnswerSource.Kind.PREFILLED, Demographics.PHONE_NUMBER, false)));
    }

    @Test
    void what_the_question_would_refuse_is_not_filled_in() {
        alone.know(Demographics.BIRTHDATE, "not a date", true, "2026-05-03T10:00:00Z");
        assertThat(Prefill.of(alone.draft(), alone.dossier())).isEmpty();
    }

    @Test
    void a_value_of_more_than_a_year_ago_is_old() {
        alone.know(Demographics.NAME, "Lena", true, "2025-11-20T10:00:00Z");
        alone.know(Demographics.BIRTHDATE, "1990-03-07", true, "2025-11-23T10:00:00Z");
        assertThat(Prefill.of(alone.draft(), alone.dossier()))
                .extracting(Prefill.Known::old)
                .containsExactly(true, false);
    }

    @Test
    void it_is_looked_over_before_anything_was_answered() {
        assertThat(Prefill.isDue(alone.draft(), alone.dossier())).isFalse();
        alone.know(Demographics.NAME, "Lena", true, "2026-05-03T10:00:00Z");
        assertThat(Prefill.isDue(alone.draft(), alone.dossier())).isTrue();
        alone.answers.put("story", Answer.text("…"));
        assertThat(Prefill.isDue(alone.draft(), alone.dossier())).isFalse();
    }
}
