package org.selfservice.kernel.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.kernel.form.SampleForm.answers;
import static org.selfservice.kernel.form.SampleForm.choice;
import static org.selfservice.kernel.form.SampleForm.chosen;
import static org.selfservice.kernel.form.SampleForm.date;
import static org.selfservice.kernel.form.SampleForm.field;
import static org.selfservice.kernel.form.SampleForm.form;
import static org.selfservice.kernel.form.SampleForm.rows;
import static org.selfservice.kernel.form.SampleForm.stored;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredAnswersTest {
    private final Field name = field("name", FieldType.TEXT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O'Brien",
                "D’Arcy \"Bob\" <script>alert(1)</script>",
                "Zoë 👩🏽‍🌾 🇰🇪",
                "عبد الله",
                "می‌خواهم",
                "ක්‍රිස්",
                "A & B; DROP TABLE x --",
                "${jndi:ldap://x} {{7*7}} %s"
            })
    void names_of_every_kind_stay_as_they_are(String typed) {
        assertThat(stored(name, typed)).isEqualTo(Answer.text(typed));
    }

    @Test
    void combining_characters_are_composed() {
        assertThat(stored(name, "Ame\u0301lie")).isEqualTo(Answer.text("Am\u00E9lie"));
    }

    @Test
    void invisible_directional_marks_and_controls_are_removed_from_a_line() {
        assertThat(stored(name, "\u202BLena\u200F\u0000 \u2066D.\u2069\uFEFF")).isEqualTo(Answer.text("Lena D."));
    }

    @Test
    void half_a_character_is_no_character() {
        assertThat(stored(name, "Le\uD83Dna\uDE00")).isEqualTo(Answer.text("Lena"));
    }

    @Test
    void white_space_at_the_ends_goes_and_line_breaks_become_spaces() {
        assertThat(stored(name, "\u00A0 Lena\r\nD.\t ")).isEqualTo(Answer.text("Lena  D."));
    }

    @Test
    void long_text_keeps_its_lines_and_its_directional_marks() {
        assertThat(stored(field("story", FieldType.LONG_TEXT), " one\r\n\u200Ftwo\u0007\rthree\n\n"))
                .isEqualTo(Answer.text("one\n\u200Ftwo\nthree"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u00A0\u2003", "\u200B\u200D\uFEFF", "\u0000", "\u200F"})
    void what_nobody_can_see_is_no_answer(String typed) {
        assertThat(stored(name, typed)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1200|1200",
                " 1 200 |1200",
                "1,200|1200",
                "1,234,567.5|1234567.5",
                "1.234.567,5|1234567.5",
                "12,5|12.5",
                "007|7",
                "-3|-3",
                "−3|-3",
                "-0|0",
                "3.50|3.5",
                "١٢٣٤|1234",
                "١٬٢٣٤٫٥|1234.5",
                "१२३|123",
                "１２|12",
                "‏٥|5",
                "1'000|1000",
                "12_000|12000",
                "12 apples|12 apples",
                "1e5|1e5"
            })
    void numbers_are_read_as_people_type_them(String typed, String expected) {
        assertThat(stored(field("n", FieldType.NUMBER), typed)).isEqualTo(Answer.text(expected));
    }

    @ParameterizedTest
    @CsvSource({"KES,1200,1200.00", "KES,0.5,0.50", "JPY,1200,1200", "KWD,1.5,1.500", "KES,1.234567,1.234567"})
    void money_gets_the_currencys_scale(String currency, String typed, String expected) {
        assertThat(FormRules.normalize(form(field("m", FieldType.MONEY)), answers("m", typed), currency))
                .isEqualTo(answers("m", expected));
    }

    @Test
    void an_amount_that_may_mean_twelve_or_twelve_hundred_stays_as_typed() {
        assertThat(stored(field("m", FieldType.MONEY), "1.200")).isEqualTo(Answer.text("1.200"));
        assertThat(stored(field("n", FieldType.NUMBER).within(Constraints.range(0, 9, 3)), "1.200"))
                .isEqualTo(Answer.text("1.2"));
    }

    @Test
    void a_date_in_three_parts_becomes_an_iso_date() {
        Field born = field("born", FieldType.DATE);
        assertThat(stored(born, date("25", "11", "1987"))).isEqualTo(Answer.text("1987-11-25"));
        assertThat(stored(born, date(" ٢٥", "٠١", "١٩٨٧"))).isEqualTo(Answer.text("1987-01-25"));
        assertThat(stored(born, date("1", "2", "1987"))).isEqualTo(Answer.text("1987-02-01"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1987-11-25", "1987/11/25", "1987.11.25", "١٩٨٧/١١/٢٥", " 1987-11-25 "})
    void a_date_typed_year_first_becomes_an_iso_date(String typed) {
        assertThat(stored(field("born", FieldType.DATE), typed)).isEqualTo(Answer.text("1987-11-25"));
    }

    @Test
    void a_date_that_does_not_exist_stays_as_typed() {
        Field born = field("born", FieldType.DATE);
        assertThat(stored(born, date("31", "2", "1987"))).isEqualTo(date("31", "2", "1987"));
        assertThat(stored(born, "25/11/1987")).isEqualTo(Answer.text("25/11/1987"));
        assertThat(stored(born, date(" ", "", ""))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "+1 (202) 555-0112|+12025550112",
                "0012025550112|+12025550112",
                "0712 345678|+254712345678",
                "٠٧١٢٣٤٥٦٧٨|+254712345678",
                "+254 712 345 678|+254712345678",
                "12|12",
                "+999 123|+999 123",
                "+254 712 345678 ext. 5|+254 712 345678 ext. 5"
            })
    void phone_numbers_become_international_ones(String typed, String expected) {
        assertThat(FormRules.normalize(form(field("p", FieldType.PHONE)).in("KE"), answers("p", typed)))
                .isEqualTo(answers("p", expected));
    }

    @Test
    void a_national_phone_number_needs_the_forms_region() {
        assertThat(stored(field("p", FieldType.PHONE), "0712 345678")).isEqualTo(Answer.text("0712 345678"));
    }

    @Test
    void only_the_domain_of_an_email_address_is_lower_cased() {
        assertThat(stored(field("e", FieldType.EMAIL), " Lena.D@Example.ORG "))
                .isEqualTo(Answer.text("Lena.D@example.org"));
    }

    @Test
    void choices_stand_once_and_in_the_order_of_the_options() {
        assertThat(stored(choice("c", FieldType.CHECKBOXES, "a", "b", "c"), chosen("c", "x", "a", "c", "")))
                .isEqualTo(chosen("a", "c", "x"));
    }

    @Test
    void parts_of_an_address_are_trimmed_ordered_and_left_out_when_empty() {
        Map<String, String> typed =
                Map.of("town", " Nakuru ", "line2", " ", "line1", "12 Hill\tRoad", "planet", "Mars");
        assertThat(stored(field("a", FieldType.ADDRESS), new Answer.Parts(typed)))
                .isEqualTo(new Answer.Parts(Map.of("line1", "12 Hill Road", "town", "Nakuru")));
    }

    @Test
    void empty_rows_and_what_a_row_does_not_ask_are_left_out() {
        Field members = field("members", FieldType.GROUP)
                .asking(List.of(
                        field("works", FieldType.YES_NO),
                        field("wage", FieldType.NUMBER).when(Condition.is("works", "yes"))));
        assertThat(stored(
                        members,
                        rows(
                                answers("works", "no", "wage", "5"),
                                answers("works", " "),
                                answers("works", "YES", "wage", "٥", "other", "x"))))
                .isEqualTo(rows(answers("works", "no"), answers("works", "yes", "wage", "5")));
    }

    @Test
    void answers_to_questions_that_are_not_asked_or_not_there_are_left_out() {
        FormDefinition form = form(
                field("a", FieldType.YES_NO),
                field("b", FieldType.TEXT).when(Condition.is("a", "yes")),
                field("f", FieldType.FILE));
        assertThat(FormRules.normalize(form, answers("b", "x", "a", "no", "f", "y", "z", "w")))
                .isEqualTo(answers("a", "no"));
    }

    @Test
    void not_knowing_is_an_answer() {
        assertThat(stored(name, new Answer.DontKnow())).isEqualTo(new Answer.DontKnow());
    }

    @Test
    void answers_of_another_kind_stay_as_typed() {
        assertThat(stored(name, chosen("a"))).isEqualTo(chosen("a"));
        assertThat(stored(choice("c", FieldType.CHECKBOXES, "a"), "a")).isEqualTo(Answer.text("a"));
    }
}
