package org.selfservice.kernel.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.kernel.form.SampleForm.at;
import static org.selfservice.kernel.form.SampleForm.choice;
import static org.selfservice.kernel.form.SampleForm.field;
import static org.selfservice.kernel.form.SampleForm.form;
import static org.selfservice.kernel.form.SampleForm.page;
import static org.selfservice.kernel.form.SampleForm.pageWhen;
import static org.selfservice.kernel.form.SampleForm.pages;
import static org.selfservice.kernel.form.SampleForm.words;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Condition.Operator;
import org.selfservice.kernel.form.FormRules.ProblemCode;

class MistakesTest {
    @Test
    void a_sound_form_has_none() {
        FormDefinition form = pages(
                        page(
                                "about-you",
                                field("name", FieldType.TEXT).within(Constraints.length(1, 100)),
                                field("size", FieldType.NUMBER).within(Constraints.range(1, 20, 0))),
                        pageWhen(
                                "household",
                                when("size", Operator.AT_LEAST, "2"),
                                field("members", FieldType.GROUP)
                                        .within(Constraints.rows(1, 20))
                                        .asking(List.of(
                                                field("name", FieldType.TEXT),
                                                field("works", FieldType.YES_NO),
                                                field("wage", FieldType.MONEY).when(Condition.is("works", "yes")),
                                                field("note", FieldType.TEXT)
                                                        .when(when("size", Operator.AT_MOST, "5"))))),
                        page("papers", field("land_record", FieldType.FILE).within(Constraints.files(3, 1_000))))
                .in("KE");
        assertThat(FormRules.mistakes(form)).isEmpty();
    }

    @Test
    void a_form_needs_pages_with_titles_and_questions() {
        assertThat(FormRules.mistakes(pages())).containsExactly(at("pages", ProblemCode.REQUIRED, "what", "pages"));
        assertThat(FormRules.mistakes(pages(new Page("p", LocalizedText.EMPTY, LocalizedText.EMPTY, null, List.of()))))
                .containsExactly(
                        at("p", ProblemCode.REQUIRED, "what", "title"),
                        at("p", ProblemCode.REQUIRED, "what", "fields"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Name",
                "1st",
                "first-name",
                "first name",
                "_x",
                "é",
                "x\n",
                "abcdefghijabcdefghijabcdefghijabcdefghijx"
            })
    void an_id_has_lower_case_letters_digits_and_underscores(String id) {
        assertThat(FormRules.mistakes(form(field(id, FieldType.TEXT).withHint(words("x")))))
                .contains(at(id, ProblemCode.NOT_ALLOWED_CHARACTERS, "what", "id"));
    }

    @Test
    void an_id_stands_once_in_the_form_and_once_in_a_group() {
        FormDefinition form = pages(
                page("one", field("a", FieldType.TEXT)),
                page(
                        "one",
                        field("a", FieldType.TEXT),
                        field("members", FieldType.GROUP)
                                .asking(List.of(field("a", FieldType.TEXT), field("a", FieldType.TEXT)))));
        assertThat(FormRules.mistakes(form))
                .containsExactly(
                        at("one", ProblemCode.DUPLICATE, "what", "id"),
                        at("a", ProblemCode.DUPLICATE, "what", "id"),
                        at("members.a", ProblemCode.DUPLICATE, "what", "id"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PHONE", "EMAIL", "ADDRESS"})
    void what_says_who_somebody_is_cannot_be_reported(FieldType type) {
        FormDefinition form = form(
                field("a", type).reported(),
                field("members", FieldType.GROUP)
                        .asking(List.of(
                                field("b", type).reported(),
                                field("c", FieldType.NUMBER).reported())));
        assertThat(FormRules.mistakes(form))
                .containsExactly(
                        at("a", ProblemCode.NOT_SUPPORTED, "what", "reportable"),
                        at("members.b", ProblemCode.NOT_SUPPORTED, "what", "reportable"));
    }

    @Test
    void what_is_filled_in_with_who_somebody_is_cannot_be_reported() {
        FormDefinition form = form(
                field("a", FieldType.TEXT).prefilledFrom("name").reported(),
                field("b", FieldType.DATE).prefilledFrom("birthdate").reported(),
                field("c", FieldType.TEXT).prefilledFrom("farmer_id").reported(),
                field("d", FieldType.TEXT).prefilledFrom("gender").reported(),
                field("e", FieldType.NUMBER).prefilledFrom("household_size").reported(),
                field("f", FieldType.TEXT).prefilledFrom("name"));
        assertThat(FormRules.mistakes(form))
                .containsExactly(
                        at("a", ProblemCode.NOT_SUPPORTED, "what", "reportable"),
                        at("b", ProblemCode.NOT_SUPPORTED, "what", "reportable"),
                        at("c", ProblemCode.NOT_SUPPORTED, "what", "reportable"));
    }

    @Test
    void every_question_has_a_label() {
        assertThat(FormRules.mistakes(form(Field.of("a", FieldType.TEXT, words("  ")))))
                .containsExactly(at("a", ProblemCode.REQUIRED, "what", "label"));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void a_choice_needs_distinct_options_with_labels(FieldType type) {
        assertThat(FormRules.mistakes(form(field("c", type))))
                .containsExactly(at("c", ProblemCode.REQUIRED, "what", "options"));
        assertThat(FormRules.mistakes(form(choice("c", type, "a", "a"))))
                .containsExactly(at("c", ProblemCode.DUPLICATE, "what", "options", "option", "a"));
        assertThat(FormRules.mistakes(form(choice("c", type, "A b"))))
                .containsExactly(at("c", ProblemCode.NOT_ALLOWED_CHARACTERS, "what", "options", "option", "A b"));
        assertThat(FormRules.mistakes(form(field("c", type).choosing(List.of(new Option("a", LocalizedText.EMPTY))))))
                .containsExactly(at("c", ProblemCode.REQUIRED, "what", "options", "option", "a"));
    }

    static Stream<FieldType> choices() {
        return Stream.of(FieldType.RADIOS, FieldType.CHECKBOXES, FieldType.SELECT);
    }

    @Test
    void a_condition_names_a_question_that_comes_before() {
        FormDefinition form = pages(
                pageWhen("first", Condition.is("a", "yes"), field("a", FieldType.YES_NO)),
                page(
                        "second",
                        field("b", FieldType.YES_NO).when(Condition.is("b", "yes")),
                        field("c", FieldType.YES_NO).when(Condition.is("d", "yes")),
                        field("d", FieldType.YES_NO).when(Condition.is("nothing", "yes"))));
        assertThat(FormRules.mistakes(form))
                .containsExactly(
                        at("first", ProblemCode.NOT_EARLIER, "what", "showIf", "field", "a"),
                        at("b", ProblemCode.NOT_EARLIER, "what", "showIf", "field", "b"),
                        at("c", ProblemCode.NOT_EARLIER, "what", "showIf", "field", "d"),
                        at("d", ProblemCode.UNKNOWN_FIELD, "what", "showIf", "field", "nothing"));
    }

    @Test
    void a_condition_in_a_group_names_an_earlier_question_of_the_row_or_the_form() {
        FormDefinition form = form(
                field("before", FieldType.YES_NO),
                field("members", FieldType.GROUP)
                        .asking(List.of(
                                field("x", FieldType.TEXT).when(Condition.is("before", "yes")),
                                field("y", FieldType.TEXT).when(Condition.is("z", "yes")),
                                field("z", FieldType.YES_NO).when(Condition.is("after", "yes")),
                                field("before", FieldType.YES_NO))),
                field("after", FieldType.YES_NO));
        assertThat(FormRules.mistakes(form))
                .as("the row's own question hides the form's of the same id")
                .containsExactly(
                        at("members.x", ProblemCode.NOT_EARLIER, "what", "showIf", "field", "before"),
                        at("members.y", ProblemCode.NOT_EARLIER, "what", "showIf", "field", "z"),
                        at("members.z", ProblemCode.NOT_EARLIER, "what", "showIf", "field", "after"));
    }

    @Test
    void a_test_fits_the_question_that_it_names() {
        assertThat(test(choice("a", FieldType.RADIOS, "x"), Operator.IS, "y"))
                .containsExactly(at("q", ProblemCode.NOT_AN_OPTION, "what", "showIf", "field", "a"));
        assertThat(test(field("a", FieldType.YES_NO), Operator.IS_NOT, "true"))
                .containsExactly(at("q", ProblemCode.NOT_AN_OPTION, "what", "showIf", "field", "a"));
        assertThat(test(field("a", FieldType.NUMBER), Operator.AT_LEAST, "many"))
                .containsExactly(at("q", ProblemCode.NOT_A_NUMBER, "what", "showIf", "field", "a"));
        assertThat(test(field("a", FieldType.TEXT), Operator.AT_LEAST, "5"))
                .containsExactly(at("q", ProblemCode.NOT_SUPPORTED, "what", "showIf", "field", "a"));
        assertThat(test(choice("a", FieldType.CHECKBOXES, "x"), Operator.IS, "x"))
                .containsExactly(at("q", ProblemCode.NOT_SUPPORTED, "what", "showIf", "field", "a"));
        assertThat(test(field("a", FieldType.FILE), Operator.ANSWERED, ""))
                .containsExactly(at("q", ProblemCode.NOT_SUPPORTED, "what", "showIf", "field", "a"));
        assertThat(test(choice("a", FieldType.CHECKBOXES, "x"), Operator.INCLUDES, "x"))
                .isEmpty();
        assertThat(FormRules.mistakes(
                        form(field("q", FieldType.TEXT).when(new Condition(Condition.Match.ALL, List.of())))))
                .containsExactly(at("q", ProblemCode.REQUIRED, "what", "showIf"));
    }

    @Test
    void a_group_has_questions_but_neither_groups_nor_files() {
        Field inner = field("inner", FieldType.GROUP).asking(List.of(field("x", FieldType.TEXT)));
        assertThat(FormRules.mistakes(form(field("g", FieldType.GROUP))))
                .containsExactly(at("g", ProblemCode.REQUIRED, "what", "fields"));
        assertThat(FormRules.mistakes(form(
                        field("g", FieldType.GROUP).asking(List.of(inner, field("f", FieldType.FILE))))))
                .containsExactly(
                        at("g.inner", ProblemCode.NOT_SUPPORTED, "what", "type"),
                        at("g.f", ProblemCode.NOT_SUPPORTED, "what", "type"));
    }

    @ParameterizedTest
    @MethodSource("badLimits")
    void limits_do_not_exclude_each_other(Constraints limits) {
        assertThat(FormRules.mistakes(form(field("q", FieldType.TEXT).within(limits))))
                .containsExactly(at("q", ProblemCode.LIMITS, "what", "constraints"));
    }

    static Stream<Constraints> badLimits() {
        return Stream.of(
                Constraints.length(5, 4),
                Constraints.length(-1, 4),
                Constraints.length(0, 0),
                Constraints.range(5, 4, 0),
                Constraints.range(1, 4, -1),
                Constraints.range(1, 4, 10),
                Constraints.rows(3, 2),
                Constraints.rows(0, 0),
                Constraints.files(0, 5),
                Constraints.files(5, 0),
                new Constraints(
                        null,
                        null,
                        null,
                        null,
                        null,
                        SampleForm.TODAY,
                        SampleForm.TODAY.minusDays(1),
                        false,
                        null,
                        null,
                        null,
                        null,
                        List.of()));
    }

    @Test
    void the_region_of_phone_numbers_is_a_country_that_has_them() {
        assertThat(FormRules.mistakes(form(field("a", FieldType.TEXT)).in("XX")))
                .containsExactly(at("region", ProblemCode.NOT_AN_OPTION, "what", "region"));
    }

    private static List<FormRules.Problem> test(Field tested, Operator operator, String value) {
        return FormRules.mistakes(form(tested, field("q", FieldType.TEXT).when(when(tested.id(), operator, value))));
    }

    private static Condition when(String field, Operator operator, String value) {
        return new Condition(Condition.Match.ALL, List.of(new Condition.Test(field, operator, value)));
    }
}
