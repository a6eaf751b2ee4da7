package org.selfservice.web.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;

/** Whether one can get it, before one applies or even signs in. */
class EligibilityStory extends PortalUnderTest {
    private static final String CASH = "/programs/cash-transfer/eligibility";

    @Test
    void it_asks_only_what_the_rules_use_and_fills_in_what_is_known() {
        assertThat(visitor().get(CASH).body())
                .contains(
                        "What is your date of birth?",
                        "How much money do you get",
                        "cash support from another program?")
                .doesNotContain("bank account number")
                .doesNotContain("1986");
        assertThat(signedIn(AMINA).get(CASH).body()).contains("value=\"1986\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1986,300,no,You can probably get this",
        "1986,300,yes,You may be able to get this",
        "1986,'',no,You may be able to get this",
        "1986,500,no,You are not likely to get this",
        "2015,300,no,You are not likely to get this"
    })
    void it_has_three_outcomes(String year, String income, String aid, String outcome) {
        Visitor anybody = visitor();
        Answer judged = anybody.submit(
                anybody.get(CASH),
                CASH,
                Map.of(
                        "answer.birthdate.day", "25",
                        "answer.birthdate.month", "11",
                        "answer.birthdate.year", year,
                        "answer.income", income,
                        "answer.other_aid", aid));
        assertThat(judged.body())
                .contains("<h1 class=\"govuk-heading-l\">" + outcome + "</h1>")
                .contains("25 November " + year);
        assertThat(judged.body().contains("Other programs that are open now"))
                .isEqualTo(outcome.startsWith("You are not"));
        if (outcome.startsWith("You are not")) {
            assertThat(judged.body())
                    // which of them, depends on what other stories opened
                    .containsPattern("<a[^>]* href=\"/programs/(?!cash-transfer)[a-z-]+\"");
        }
    }

    @Test
    void it_says_which_rule_is_against_it() {
        Visitor anybody = visitor();
        assertThat(anybody.submit(anybody.get(CASH), CASH, Map.of("answer.income", "900", "answer.other_aid", "no"))
                        .body())
                .contains("You are not likely to get this", "Your income must be 400 dollars a month or less.");
    }

    @Test
    void it_shows_what_it_cannot_read() {
        Visitor anybody = visitor();
        assertThat(anybody.submit(anybody.get(CASH), CASH, Map.of("answer.income", "a lot"))
                        .body())
                .contains("<title>Error: ")
                .contains("There is a problem")
                .contains("value=\"a lot\"");
    }

    @Test
    void changing_the_language_keeps_what_was_typed_and_judges_nothing() {
        Visitor anybody = visitor();
        assertThat(anybody.submit(anybody.get(CASH), CASH, Map.of("answer.income", "123", "lang", "fr"))
                        .body())
                .contains("lang=\"fr\"")
                .contains("value=\"123\"")
                .contains("Combien d’argent");
    }
}
