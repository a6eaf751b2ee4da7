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
import org.junit.jupiter.api.Test;

class AskedQuestionsTest {
    private final FormDefinition chain = pages(
            page("work", field("employed", FieldType.YES_NO)),
            pageWhen(
                    "employer",
                    Condition.is("employed", "yes"),
                    choice("kind", FieldType.RADIOS, "farm", "shop"),
                    field("land", FieldType.NUMBER).when(Condition.is("kind", "farm"))),
            page("end", field("notes", FieldType.TEXT).when(atLeast("land", "2"))));

    @Test
    void a_question_without_a_condition_is_always_asked() {
        assertThat(FormRules.asked(chain, answers())).containsExactly("employed");
    }

    @Test
    void a_page_and_its_questions_follow_their_conditions() {
        assertThat(FormRules.asked(chain, answers("employed", "yes", "kind", "farm")))
                .containsExactly("employed", "kind", "land");
    }

    @Test
    void a_condition_on_a_question_that_is_no_longer_asked_does_not_hold() {
        assertThat(FormRules.asked(chain, answers("employed", "yes", "kind", "farm", "land", "3")))
                .contains("notes");
        assertThat(FormRules.asked(chain, answers("employed", "no", "kind", "farm", "land", "3")))
                .containsExactly("employed");
        assertThat(FormRules.asked(chain, answers("employed", "yes", "kind", "shop", "land", "3")))
                .containsExactly("employed", "kind");
    }

    @Test
    void a_number_typed_in_another_script_leads_to_the_same_questions() {
        FormDefinition form = form(
                field("size", FieldType.NUMBER), field("more", FieldType.TEXT).when(Condition.is("size", "3")));
        assertThat(FormRules.asked(form, answers("size", " ٣ "))).contains("more");
    }

    @Test
    void a_negative_test_holds_for_a_question_without_answer() {
        FormDefinition form = form(
                field("student", FieldType.YES_NO),
                field("income", FieldType.MONEY)
                        .when(new Condition(
                                Condition.Match.ALL,
                                List.of(new Condition.Test("student", Condition.Operator.IS_NOT, "yes")))));
        assertThat(FormRules.asked(form, answers())).contains("income");
        assertThat(FormRules.asked(form, answers("student", "yes"))).doesNotContain("income");
    }

    @Test
    void any_of_several_tests_is_enough_where_any_is_asked_for() {
        Condition either = new Condition(
                Condition.Match.ANY,
                List.of(
                        new Condition.Test("crops", Condition.Operator.INCLUDES, "rice"),
                        new Condition.Test("animals", Condition.Operator.ANSWERED, "")));
        FormDefinition form = form(
                choice("crops", FieldType.CHECKBOXES, "rice", "maize"),
                field("animals", FieldType.TEXT),
                field("water", FieldType.TEXT).when(either));
        assertThat(FormRules.asked(form, answers("crops", chosen("rice")))).contains("water");
        assertThat(FormRules.asked(form, answers("animals", "two goats"))).contains("water");
        assertThat(FormRules.asked(form, answers("animals", "  "))).doesNotContain("water");
    }

    @Test
    void a_condition_in_a_row_reads_the_row_first_and_the_form_next() {
        Field members = field("members", FieldType.GROUP)
                .asking(List.of(
                        field("works", FieldType.YES_NO),
                        field("wage", FieldType.MONEY).when(Condition.is("works", "yes")),
                        field("rent", FieldType.MONEY).when(Condition.is("rented", "yes"))));
        FormDefinition form = form(field("works", FieldType.YES_NO), field("rented", FieldType.YES_NO), members);
        var whole = answers("works", "yes", "rented", "yes", "members", rows(answers("works", "no")));

        assertThat(FormRules.asked(form, members, answers("works", "no"), whole))
                .containsExactly("works", "rent");
        assertThat(FormRules.asked(form, members, answers("works", "yes"), answers("rented", "no")))
                .containsExactly("works", "wage");
        assertThat(FormRules.asked(form, members, answers(), whole))
                .as("the row's own question hides the form's of the same id")
                .doesNotContain("wage");
    }

    @Test
    void a_limit_that_is_no_number_never_holds() {
        FormDefinition form = form(
                field("size", FieldType.NUMBER), field("more", FieldType.TEXT).when(atLeast("size", "many")));
        assertThat(FormRules.asked(form, answers("size", "3"))).containsExactly("size");
    }

    private static Condition atLeast(String field, String value) {
        return new Condition(
                Condition.Match.ALL, List.of(new Condition.Test(field, Condition.Operator.AT_LEAST, value)));
    }
}
