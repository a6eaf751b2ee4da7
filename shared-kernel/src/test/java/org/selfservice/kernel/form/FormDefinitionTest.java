package org.selfservice.kernel.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.kernel.form.SampleForm.answers;
import static org.selfservice.kernel.form.SampleForm.choice;
import static org.selfservice.kernel.form.SampleForm.chosen;
import static org.selfservice.kernel.form.SampleForm.field;
import static org.selfservice.kernel.form.SampleForm.form;
import static org.selfservice.kernel.form.SampleForm.page;
import static org.selfservice.kernel.form.SampleForm.pageWhen;
import static org.selfservice.kernel.form.SampleForm.pages;
import static org.selfservice.kernel.form.SampleForm.rows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.LocalizedText;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class FormDefinitionTest {
    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void it_survives_json() {
        FormDefinition form = pages(
                        page(
                                "one",
                                field("born", FieldType.DATE)
                                        .within(Constraints.past(SampleForm.TODAY))
                                        .prefilledFrom("birthdate")
                                        .orNotKnown()
                                        .reported(),
                                choice("c", FieldType.CHECKBOXES, "a", "b")
                                        .withHint(LocalizedText.of("a", "b", "ج"))
                                        .optional()),
                        pageWhen(
                                "two",
                                Condition.includes("c", "a"),
                                field("members", FieldType.GROUP).asking(List.of(field("x", FieldType.TEXT)))))
                .in("KE");
        assertThat(json.readValue(json.writeValueAsString(form), FormDefinition.class))
                .isEqualTo(form);
    }

    @Test
    void one_that_was_written_without_a_region_can_be_read() {
        assertThat(json.readValue("{\"pages\":[]}", FormDefinition.class)).isEqualTo(new FormDefinition(List.of()));
    }

    @Test
    void answers_of_every_kind_survive_json() {
        Map<String, Answer> answers = answers(
                "text",
                "x",
                "choices",
                chosen("a"),
                "parts",
                SampleForm.date("1", "2", "2000"),
                "rows",
                rows(answers("x", "y", "z", new Answer.DontKnow())),
                "unknown",
                new Answer.DontKnow());
        var type = new TypeReference<Map<String, Answer>>() {};
        assertThat(json.<Map<String, Answer>>readValue(json.writerFor(type).writeValueAsString(answers), type))
                .isEqualTo(answers);
    }

    @Test
    void fields_and_pages_are_found_by_id() {
        FormDefinition form = form(field("a", FieldType.TEXT));
        assertThat(form.field("a")).contains(field("a", FieldType.TEXT));
        assertThat(form.field("b")).isEmpty();
        assertThat(form.page("only")).isPresent();
        assertThat(form.page("other")).isEmpty();
    }
}
