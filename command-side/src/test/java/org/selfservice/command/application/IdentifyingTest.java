package org.selfservice.command.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.command.Samples.form;
import static org.selfservice.kernel.LocalizedText.en;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.registrant.Demographics;

class IdentifyingTest {
    private static final FormDefinition FORM = form(
            field("who", FieldType.TEXT).prefilledFrom(Demographics.NAME),
            field("born", FieldType.DATE).prefilledFrom(Demographics.BIRTHDATE),
            field("id", FieldType.TEXT).prefilledFrom(Demographics.NATIONAL_ID),
            field("farmer_id", FieldType.TEXT),
            field("iban", FieldType.TEXT),
            field("call_me", FieldType.PHONE),
            field("write_me", FieldType.EMAIL),
            field("remarks", FieldType.TEXT));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id|NATIONAL_ID|1000-200 030|1000200030",
                "id|NATIONAL_ID|ab 12.34/c|AB1234C",
                "id|NATIONAL_ID|١٠٠٠٢٠٠٠٣٠|1000200030",
                "farmer_id|FUNCTIONAL_ID|F-77 120|f77120",
                "iban|BANK_ACCOUNT|DE89 3704 0044 0532 0130 00|de89370400440532013000",
                "call_me|PHONE|+254712345678|+254 712-345678",
                "write_me|EMAIL|Lena@Example.org|lena@example.org"
            })
    void the_same_is_the_same_however_it_is_written(String field, Likeness kind, String one, String other) {
        assertThat(values(Map.of(field, Answer.text(one))))
                .isEqualTo(values(Map.of(field, Answer.text(other))))
                .containsOnlyKeys(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zoë O’Neil", "zoe o neil", "O'NEIL, Zoe", "  O’Neil   Zoé "})
    void a_name_is_the_same_in_any_order_case_and_accent(String name) {
        assertThat(values(Map.of("who", Answer.text(name), "born", Answer.text("1990-05-01"))))
                .isEqualTo(Map.of(Likeness.NAME_AND_BIRTH_DATE, Set.of("neil o zoe 1990-05-01")));
    }

    @Test
    void a_name_alone_says_nothing() {
        assertThat(values(Map.of("who", Answer.text("Lena Diallo")))).isEmpty();
        assertThat(values(Map.of("born", Answer.text("1990-05-01")))).isEmpty();
    }

    @Test
    void a_name_may_come_in_two_parts() {
        FormDefinition form = form(
                field("given_name", FieldType.TEXT),
                field("surname", FieldType.TEXT),
                field("date_of_birth", FieldType.DATE));
        assertThat(Identifying.values(
                        form,
                        Map.of(
                                "given_name", Answer.text("Lena"),
                                "surname", Answer.text("Diallo"),
                                "date_of_birth", Answer.text("1990-05-01"))))
                .isEqualTo(Map.of(Likeness.NAME_AND_BIRTH_DATE, Set.of("diallo lena 1990-05-01")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000", "n/a", "none", "-", "12121212"})
    void what_people_write_who_have_none_is_nobodys(String none) {
        assertThat(values(Map.of("id", Answer.text(none)))).isEmpty();
    }

    @Test
    void of_several_telephone_numbers_only_one_that_says_so_is_the_persons() {
        FormDefinition form = form(field("hospital_phone", FieldType.PHONE), field("phone", FieldType.PHONE));
        assertThat(Identifying.values(
                        form,
                        Map.of(
                                "hospital_phone", Answer.text("+254700000000"),
                                "phone", Answer.text("+254712345678"))))
                .isEqualTo(Map.of(Likeness.PHONE, Set.of("254712345678")));
    }

    @Test
    void other_answers_are_not_looked_at() {
        assertThat(values(Map.of("remarks", Answer.text("1000200030"), "id", new Answer.DontKnow())))
                .isEmpty();
    }

    private static Map<Likeness, Set<String>> values(Map<String, Answer> answers) {
        return Identifying.values(FORM, answers);
    }

    private static Field field(String id, FieldType type) {
        return Field.of(id, type, en(id));
    }
}
