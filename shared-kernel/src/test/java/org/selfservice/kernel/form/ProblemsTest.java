package org.selfservice.kernel.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.kernel.form.SampleForm.CURRENCY;
import static org.selfservice.kernel.form.SampleForm.TODAY;
import static org.selfservice.kernel.form.SampleForm.answers;
import static org.selfservice.kernel.form.SampleForm.at;
import static org.selfservice.kernel.form.SampleForm.choice;
import static org.selfservice.kernel.form.SampleForm.chosen;
import static org.selfservice.kernel.form.SampleForm.date;
import static org.selfservice.kernel.form.SampleForm.field;
import static org.selfservice.kernel.form.SampleForm.form;
import static org.selfservice.kernel.form.SampleForm.page;
import static org.selfservice.kernel.form.SampleForm.pages;
import static org.selfservice.kernel.form.SampleForm.problem;
import static org.selfservice.kernel.form.SampleForm.problems;
import static org.selfservice.kernel.form.SampleForm.rows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.form.FormRules.ProblemCode;

class ProblemsTest {
    private final Field name = field("name", FieldType.TEXT);

    @ParameterizedTest
    @EnumSource(
            value = FieldType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FILE", "ADDRESS"})
    void a_required_question_needs_an_answer_and_an_optional_one_does_not(FieldType type) {
        assertThat(problems(form(field("q", type)))).containsExactly(at("q", ProblemCode.REQUIRED));
        assertThat(problem(field("q", type), "\u00A0\u200B")).containsExactly(at("q", ProblemCode.REQUIRED));
        assertThat(problems(form(field("q", type).optional()))).isEmpty();
    }

    @Test
    void files_are_judged_elsewhere() {
        assertThat(problems(form(field("paper", FieldType.FILE)))).isEmpty();
    }

    @Test
    void what_is_not_asked_is_not_judged() {
        Field second = field("b", FieldType.NUMBER).when(Condition.is("a", "yes"));
        assertThat(problems(form(field("a", FieldType.YES_NO), second), "a", "no", "b", "many"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O'Brien",
                "\"Bob\"",
                "<script>alert(1)</script>",
                "👩🏽‍🌾",
                "\u200Fعبد الله\u200F",
                "Ame\u0301lie",
                "می‌خواهم",
                "X"
            })
    void no_character_of_a_name_is_refused(String typed) {
        assertThat(problem(name, typed)).isEmpty();
    }

    @Test
    void lengths_are_counted_in_characters_that_people_see_as_one_code_point() {
        assertThat(problem(name, "𐐷".repeat(200))).isEmpty();
        assertThat(problem(name, "𐐷".repeat(201)))
                .containsExactly(at("name", ProblemCode.TOO_LONG, "limit", "200", "length", "201"));
        assertThat(problem(name, "x".repeat(10_000)))
                .containsExactly(at("name", ProblemCode.TOO_LONG, "limit", "200", "length", "10000"));
        assertThat(problem(field("story", FieldType.LONG_TEXT), "x".repeat(4_000)))
                .isEmpty();
        assertThat(problem(field("story", FieldType.LONG_TEXT), "x".repeat(4_001)))
                .containsExactly(at("story", ProblemCode.TOO_LONG, "limit", "4000", "length", "4001"));
        assertThat(problem(name.within(Constraints.length(3, 5)), " ab "))
                .containsExactly(at("name", ProblemCode.TOO_SHORT, "limit", "3", "length", "2"));
    }

    @Test
    void numbers_keep_to_their_range_and_decimals() {
        Field size = field("size", FieldType.NUMBER).within(Constraints.range(1, 20, 1));
        assertThat(problem(size, "٥")).isEmpty();
        assertThat(problem(size, "2,5")).isEmpty();
        assertThat(problem(size, "five")).containsExactly(at("size", ProblemCode.NOT_A_NUMBER));
        assertThat(problem(size, "0")).containsExactly(at("size", ProblemCode.TOO_SMALL, "min", "1"));
        assertThat(problem(size, "21")).containsExactly(at("size", ProblemCode.TOO_LARGE, "max", "20"));
        assertThat(problem(size, "2.25")).containsExactly(at("size", ProblemCode.TOO_MANY_DECIMALS, "decimals", "1"));
        assertThat(problem(field("size", FieldType.NUMBER), "2.5"))
                .containsExactly(at("size", ProblemCode.TOO_MANY_DECIMALS, "decimals", "0"));
        assertThat(problem(field("size", FieldType.NUMBER), "-2.0")).isEmpty();
        assertThat(problem(size, "9".repeat(10_000))).containsExactly(at("size", ProblemCode.NOT_A_NUMBER));
        assertThat(problem(size, "1" + ",000".repeat(10_000))).containsExactly(at("size", ProblemCode.NOT_A_NUMBER));
    }

    @Test
    void money_has_the_currencys_decimals_and_is_never_less_than_nothing() {
        Field income = field("income", FieldType.MONEY);
        assertThat(problem(income, "1,200.50")).isEmpty();
        assertThat(problem(income, "-1")).containsExactly(at("income", ProblemCode.TOO_SMALL, "min", "0"));
        assertThat(problem(income, "1.005"))
                .containsExactly(at("income", ProblemCode.TOO_MANY_DECIMALS, "decimals", "2"));
        assertThat(problem(income, "1.200"))
                .containsExactly(at("income", ProblemCode.TOO_MANY_DECIMALS, "decimals", "2"));
        assertThat(FormRules.problems(form(income), answers("income", "1.5"), TODAY, "JPY"))
                .containsExactly(at("income", ProblemCode.TOO_MANY_DECIMALS, "decimals", "0"));
    }

    @Test
    void a_date_must_exist_and_have_all_its_parts() {
        Field born = field("born", FieldType.DATE);
        assertThat(problem(born, date("29", "2", "2024"))).isEmpty();
        assertThat(problem(born, date("29", "2", "2023"))).containsExactly(at("born", ProblemCode.NOT_A_DATE));
        assertThat(problem(born, date("1", "13", "2023"))).containsExactly(at("born", ProblemCode.NOT_A_DATE));
        assertThat(problem(born, date("1", "1", "87"))).containsExactly(at("born", ProblemCode.NOT_A_DATE));
        assertThat(problem(born, date("", " ", "1987")))
                .containsExactly(at("born", ProblemCode.NOT_A_DATE, "missing", "day,month"));
        assertThat(problem(born, "25/11/1987")).containsExactly(at("born", ProblemCode.NOT_A_DATE));
    }

    @Test
    void a_date_keeps_to_its_limits() {
        Field born = field("born", FieldType.DATE).within(Constraints.past(LocalDate.of(1900, 1, 1)));
        assertThat(problem(born, "2026-03-01")).isEmpty();
        assertThat(problem(born, "2026-03-02"))
                .containsExactly(at("born", ProblemCode.IN_FUTURE, "latest", "2026-03-01"));
        assertThat(problem(born, date("31", "12", "1899")))
                .containsExactly(at("born", ProblemCode.TOO_EARLY, "earliest", "1900-01-01"));
        Field until = born.within(new Constraints(
                null,
                null,
                null,
                null,
                null,
                null,
                LocalDate.of(2030, 1, 1),
                false,
                null,
                null,
                null,
                null,
                List.of()));
        assertThat(problem(until, "2030-01-01")).isEmpty();
        assertThat(problem(until, "2030-01-02"))
                .containsExactly(at("born", ProblemCode.TOO_LATE, "latest", "2030-01-01"));
    }

    @Test
    void a_choice_must_be_one_of_the_options() {
        Field one = choice("one", FieldType.RADIOS, "a", "b");
        Field list = choice("one", FieldType.SELECT, "a", "b");
        Field many = choice("many", FieldType.CHECKBOXES, "a", "b");
        assertThat(problem(one, "a")).isEmpty();
        assertThat(problem(one, "c")).containsExactly(at("one", ProblemCode.NOT_AN_OPTION));
        assertThat(problem(list, "A")).containsExactly(at("one", ProblemCode.NOT_AN_OPTION));
        assertThat(problem(many, chosen("b", "a", "b"))).isEmpty();
        assertThat(problem(many, chosen("x", "y"))).containsExactly(at("many", ProblemCode.NOT_AN_OPTION));
        assertThat(problem(field("yn", FieldType.YES_NO), "perhaps"))
                .containsExactly(at("yn", ProblemCode.NOT_AN_OPTION));
    }

    @Test
    void a_phone_number_must_be_one_that_can_be_called() {
        Field phone = field("phone", FieldType.PHONE);
        assertThat(problem(phone, "+1 202 555 0112")).isEmpty();
        assertThat(problem(phone, "0712 345678")).containsExactly(at("phone", ProblemCode.NOT_A_PHONE_NUMBER));
        assertThat(problem(phone, "+254 7")).containsExactly(at("phone", ProblemCode.NOT_A_PHONE_NUMBER));
        assertThat(problem(phone, "none")).containsExactly(at("phone", ProblemCode.NOT_A_PHONE_NUMBER));
        assertThat(problems(form(phone).in("KE"), "phone", "0712 345678")).isEmpty();
        assertThat(problem(phone, "1".repeat(10_000))).containsExactly(at("phone", ProblemCode.NOT_A_PHONE_NUMBER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lena@example.org",
                "lena.d+portal@mail.example.co.ke",
                "o'brien@example.org",
                "用户@例子.广告",
                "عبد@مثال.إختبار",
                "उपयोगकर्ता@उदाहरण.कॉम",
                "a@xn--fsq.com",
                "_@a-b.c1"
            })
    void an_email_address_may_have_letters_of_any_script(String typed) {
        assertThat(problem(field("mail", FieldType.EMAIL), typed)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("noAddresses")
    void what_is_no_email_address_is_refused(String typed) {
        assertThat(problem(field("mail", FieldType.EMAIL), typed))
                .containsExactly(at("mail", ProblemCode.NOT_AN_EMAIL));
    }

    static Stream<String> noAddresses() {
        return Stream.of(
                "lena",
                "lena@",
                "@example.org",
                "lena@example",
                "lena @example.org",
                "lena@exam ple.org",
                "lena@@example.org",
                ".lena@example.org",
                "le..na@example.org",
                "lena.@example.org",
                "lena@-example.org",
                "lena@example-.org",
                "lena@example..org",
                "lena@127.0.0.1",
                "lena@[127.0.0.1]",
                "<lena@example.org>",
                "a@b.org, c@d.org",
                "a\u00A0b@example.org",
                "x".repeat(65) + "@example.org",
                "x@" + "y".repeat(64) + ".org",
                "x@" + "y.".repeat(130) + "org",
                ("a.".repeat(5_000) + "@").repeat(2));
    }

    @Test
    void a_required_address_needs_a_first_line_and_a_town() {
        Field home = field("home", FieldType.ADDRESS);
        assertThat(problems(form(home)))
                .containsExactly(at("home.line1", ProblemCode.REQUIRED), at("home.town", ProblemCode.REQUIRED));
        assertThat(problem(home, new Answer.Parts(Map.of("line1", "x", "town", " "))))
                .containsExactly(at("home.town", ProblemCode.REQUIRED));
        assertThat(problem(home, new Answer.Parts(Map.of("line1", "x", "town", "y"))))
                .isEmpty();
        assertThat(problem(home.optional(), new Answer.Parts(Map.of("town", "y"))))
                .isEmpty();
        assertThat(problem(home.optional(), new Answer.Parts(Map.of("line2", "x".repeat(201)))))
                .containsExactly(at("home.line2", ProblemCode.TOO_LONG, "limit", "200", "length", "201"));
    }

    private final Field members = field("members", FieldType.GROUP)
            .within(Constraints.rows(2, 3))
            .asking(List.of(
                    field("name", FieldType.TEXT),
                    field("works", FieldType.YES_NO).optional(),
                    field("wage", FieldType.MONEY).when(Condition.is("works", "yes"))));

    @Test
    void rows_are_judged_under_the_numbers_they_were_typed_with() {
        assertThat(problem(
                        members,
                        rows(
                                answers("name", "A"),
                                answers("name", " "),
                                answers("works", "yes"),
                                answers("name", "B", "works", "no", "wage", "x"))))
                .containsExactly(
                        at("members[2].name", ProblemCode.REQUIRED), at("members[2].wage", ProblemCode.REQUIRED));
    }

    @Test
    void a_group_has_as_many_rows_as_it_may() {
        assertThat(problem(members, rows(answers("name", "A"), answers())))
                .containsExactly(at("members", ProblemCode.TOO_FEW_ROWS, "min", "2", "rows", "1"));
        assertThat(problem(members, manyRows(4)))
                .containsExactly(at("members", ProblemCode.TOO_MANY_ROWS, "max", "3", "rows", "4"));
        Field free = members.within(Constraints.NONE).optional();
        assertThat(problem(free, manyRows(30))).isEmpty();
        assertThat(problem(free, manyRows(31)))
                .containsExactly(at("members", ProblemCode.TOO_MANY_ROWS, "max", "30", "rows", "31"));
        assertThat(problem(members.optional(), rows())).isEmpty();
    }

    private static Answer manyRows(int count) {
        return new Answer.Rows(Collections.nCopies(count, answers("name", "A")));
    }

    @Test
    void not_knowing_is_an_answer_only_where_it_is_offered() {
        assertThat(problem(name, new Answer.DontKnow())).containsExactly(at("name", ProblemCode.WRONG_KIND));
        assertThat(problem(name.orNotKnown(), new Answer.DontKnow())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = FieldType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"FILE"})
    void an_answer_of_another_kind_is_refused(FieldType type) {
        List<Answer> kinds = List.of(
                Answer.text("x"),
                chosen("a"),
                new Answer.Parts(Map.of("line1", "x", "town", "y", "day", "1")),
                rows(answers("x", "y")));
        long wrong = kinds.stream()
                .filter(answer ->
                        problem(field("q", type).optional(), answer).contains(at("q", ProblemCode.WRONG_KIND)))
                .count();
        assertThat(wrong).as("a date takes parts and text").isEqualTo(type == FieldType.DATE ? 2 : 3);
    }

    @Test
    void one_page_is_judged_alone_but_asked_by_the_whole_form() {
        Page first = page("first", field("a", FieldType.YES_NO));
        Page second = page("second", field("b", FieldType.TEXT).when(Condition.is("a", "yes")));
        FormDefinition form = pages(first, second);
        assertThat(FormRules.problems(form, second, answers("a", "yes"), TODAY, CURRENCY))
                .containsExactly(at("b", ProblemCode.REQUIRED));
        assertThat(FormRules.problems(form, second, answers(), TODAY, CURRENCY)).isEmpty();
        assertThat(FormRules.problems(form, first, answers(), TODAY, CURRENCY))
                .containsExactly(at("a", ProblemCode.REQUIRED));
    }

    @Test
    void problems_come_in_the_order_of_the_form_and_say_nothing_of_the_person() {
        FormDefinition form = form(
                field("z", FieldType.TEXT),
                field("m", FieldType.NUMBER)
                        .within(new Constraints(
                                null,
                                null,
                                new BigDecimal("1E+3"),
                                null,
                                null,
                                null,
                                null,
                                false,
                                null,
                                null,
                                null,
                                null,
                                List.of())),
                field("a", FieldType.EMAIL));
        var problems = problems(form, "z", "secret".repeat(100), "m", "7", "a", "secret");
        assertThat(problems)
                .containsExactly(
                        at("z", ProblemCode.TOO_LONG, "limit", "200", "length", "600"),
                        at("m", ProblemCode.TOO_SMALL, "min", "1000"),
                        at("a", ProblemCode.NOT_AN_EMAIL));
        assertThat(Arrays.toString(problems.toArray())).doesNotContain("secret");
    }
}
