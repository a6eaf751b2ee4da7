package org.selfservice.kernel.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.kernel.form.SampleForm.answers;
import static org.selfservice.kernel.form.SampleForm.field;
import static org.selfservice.kernel.form.SampleForm.form;
import static org.selfservice.kernel.form.SampleForm.rows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnknownAnswersTest {
    private final FormDefinition form = form(
            field("name", FieldType.TEXT),
            field("born", FieldType.DATE),
            field("home", FieldType.ADDRESS),
            field("paper", FieldType.FILE),
            field("members", FieldType.GROUP).asking(List.of(field("name", FieldType.TEXT))));

    @Test
    void what_the_form_asks_is_known_whether_it_is_asked_now_or_not() {
        assertThat(FormRules.unknown(
                        form,
                        answers(
                                "name",
                                "x",
                                "born",
                                SampleForm.date("1", "2", "2000"),
                                "home",
                                new Answer.Parts(Map.of("line1", "x", "postcode", "y")),
                                "members",
                                rows(answers("name", "y")))))
                .isEmpty();
    }

    @Test
    void ids_that_the_form_lacks_are_named_with_their_paths() {
        assertThat(FormRules.unknown(
                        form,
                        answers(
                                "verified",
                                "yes",
                                "members",
                                rows(answers("name", "x"), answers("name", "y", "role", "admin")),
                                "home",
                                new Answer.Parts(Map.of("planet", "Mars")))))
                .containsExactlyInAnyOrder("verified", "members[1].role", "home.planet");
    }

    @Test
    void a_file_question_takes_no_answer() {
        assertThat(FormRules.unknown(form, answers("paper", "x"))).containsExactly("paper");
    }

    @Test
    void rows_and_parts_of_a_question_that_has_none_are_unknown() {
        assertThat(FormRules.unknown(
                        form, answers("name", rows(answers("a", "x")), "born", new Answer.Parts(Map.of("hour", "3")))))
                .containsExactly("born.hour", "name[0].a");
    }
}
