package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.form.Answer;

class ClaimsTest {

    @Test
    void slashes_in_a_birth_date_become_a_date() {
        assertThat(read(Map.of("birthdate", "1987/11/25"))).containsEntry("birthdate", Answer.text("1987-11-25"));
        assertThat(read(Map.of("birthdate", "1987-11-25"))).containsEntry("birthdate", Answer.text("1987-11-25"));
    }

    @Test
    void half_a_date_is_no_date() {
        assertThat(read(Map.of("birthdate", "1987"))).isEmpty();
        assertThat(read(Map.of("birthdate", "1987/02/30"))).isEmpty();
    }

    @Test
    void the_name_comes_in_the_language_of_the_person() {
        Map<String, Object> claims = Map.of("name#eng", "Layla", "name#fra", "Leïla", "name#ara", "ليلى");
        assertThat(Claims.demographics(claims, Map.of(), Locale.FRENCH)).containsEntry("name", Answer.text("Leïla"));
        assertThat(Claims.demographics(claims, Map.of(), Locale.of("ar"))).containsEntry("name", Answer.text("ليلى"));
        assertThat(Claims.demographics(claims, Map.of(), Locale.of("km"))).containsEntry("name", Answer.text("Layla"));
    }

    @Test
    void a_gender_is_a_word_of_English_whatever_the_person_reads() {
        Map<String, Object> claims = Map.of("gender#eng", "Female", "gender#fra", "Femme", "gender#ara", "أنثى");
        for (Locale locale : List.of(Locale.ENGLISH, Locale.FRENCH, Locale.of("ar"))) {
            assertThat(Claims.demographics(claims, Map.of(), locale)).containsEntry("gender", Answer.text("female"));
        }
    }

    @Test
    void a_plain_name_goes_before_others() {
        assertThat(Claims.demographics(Map.of("name", "Zoé", "name#eng", "Zoe"), Map.of(), Locale.ENGLISH))
                .containsEntry("name", Answer.text("Zoé"));
    }

    @Test
    void an_address_is_taken_apart() {
        assertThat(read(Map.of(
                        "address",
                        Map.of(
                                "street_address", "Flat 2\n7 Invented Lane",
                                "locality", "Nowhere-on-Sea",
                                "region#eng", "Lakeside",
                                "postal_code", "10007"))))
                .containsEntry(
                        "address",
                        new Answer.Parts(Map.of(
                                "line1", "Flat 2",
                                "line2", "7 Invented Lane",
                                "town", "Nowhere-on-Sea",
                                "region", "Lakeside",
                                "postcode", "10007")));
    }

    @Test
    void an_address_that_is_only_formatted_keeps_its_lines() {
        assertThat(read(Map.of("address", Map.of("formatted", "7 Invented Lane\nNowhere-on-Sea\n10007")))
                        .get("address"))
                .isInstanceOfSatisfying(Answer.Parts.class, parts -> {
                    assertThat(parts.part("line1")).isEqualTo("7 Invented Lane");
                    assertThat(parts.part("line2")).isEqualTo("Nowhere-on-Sea, 10007");
                });
    }

    @Test
    void a_provider_may_call_things_otherwise() {
        assertThat(Claims.demographics(
                        Map.of("UIN", "123", "phone", "+1 202-555-0112"),
                        Map.of("UIN", "individual_id", "phone", "phone_number"),
                        Locale.ENGLISH))
                .containsEntry("individual_id", Answer.text("123"))
                .containsEntry("phone_number", Answer.text("+12025550112"));
    }

    @Test
    void what_the_portal_does_not_keep_is_left_out() {
        assertThat(read(Map.of("picture", "data:image/png;base64,AA", "sub", "x", "name", " ")))
                .isEmpty();
    }

    @Test
    void a_picture_is_no_text_about_a_person_whatever_it_is_called() {
        String picture = "data:image/jpeg;base64,/9j/4AAQSkZJRg==";
        assertThat(read(Map.of("name", picture, "gender", picture, "email", "a".repeat(501))))
                .isEmpty();
        assertThat(Claims.demographics(Map.of("picture", picture), Map.of("picture", "name"), Locale.ENGLISH))
                .isEmpty();
    }

    private static Map<String, Answer> read(Map<String, Object> claims) {
        return Claims.demographics(claims, Map.of(), Locale.ENGLISH);
    }
}
