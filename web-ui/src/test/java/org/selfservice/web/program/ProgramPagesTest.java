package org.selfservice.web.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.web.page.PagesAlone;

class ProgramPagesTest {
    private static PagesAlone pages;

    @BeforeAll
    static void start() {
        FakePortal.reset();
        pages = new PagesAlone(FakePortal.class);
    }

    @AfterAll
    static void stop() {
        pages.close();
    }

    @BeforeEach
    void reset() {
        FakePortal.reset();
    }

    @Test
    void the_catalogue_lists_open_programs_first_and_closed_ones_with_their_next_date() {
        String page = pages.get("/");
        assertThat(page)
                .contains("Cash support for low incomes", "Free school meals", "Cooking gas voucher")
                .contains("Opens again on 20 February 2027")
                .contains("The budget for this season is used up.")
                .contains("Apply by 22 March 2027")
                .doesNotContain("Your drafts");
        assertThat(page.indexOf("Cash support")).isLessThan(page.indexOf("Not open at the moment"));
        assertThat(page.indexOf("Not open at the moment")).isLessThan(page.indexOf("Free school meals"));
    }

    @ParameterizedTest
    @CsvSource({"fr,Aide en espèces,Programmes ouverts", "ar,الدعم النقدي,البرامج المفتوحة"})
    void it_speaks_other_languages(String language, String program, String group) {
        assertThat(pages.get("/?lang=" + language)).contains(program, group).doesNotContain("??");
    }

    @ParameterizedTest
    @CsvSource({"hospital,Help with medical", "HOPITAL,Help with medical", "مزرعه,Seeds and", "small farm,Seeds and"})
    void one_finds_a_program_by_its_words_in_any_language(String words, String program) {
        String page = pages.get("/?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
        assertThat(page).contains(program).contains("1 program found.").doesNotContain("Free school meals");
    }

    @Test
    void one_finds_only_what_is_open_or_for_households() {
        assertThat(pages.get("/?open=yes")).contains("3 programs found.").doesNotContain("Free school meals");
        assertThat(pages.get("/?target=household"))
                .contains("Free school meals")
                .doesNotContain("Cash support");
    }

    @Test
    void finding_nothing_says_what_to_do() {
        assertThat(pages.get("/?q=%3Cscript%3E&target=household"))
                .contains("No program matches your search", "Use fewer or other words", "Search among all programs")
                .doesNotContain("<script>");
    }

    @Test
    void what_concerns_me_comes_first() {
        FakePortal.applied("medical-assistance", 1, ApplicationState.IN_REVIEW, "2026-11-01T00:00:00Z");
        FakePortal.applied("farm-inputs", 1, ApplicationState.DRAFT, "2026-11-20T00:00:00Z");
        FakePortal.enrolled("cash-transfer");
        String page = pages.get("/", "As", "Amina");
        assertThat(page)
                .contains(
                        "Continue your draft", "Being looked at", "You have been in this program since 1 October 2026");
        assertThat(page.indexOf("Seeds and")).isLessThan(page.indexOf("Help with medical"));
        assertThat(page.indexOf("Your applications and programs")).isLessThan(page.indexOf("Cash support for low"));
    }

    @Test
    void a_program_page_says_everything_before_one_begins() {
        assertThat(pages.get("/programs/medical-assistance"))
                .contains("A letter from the hospital or doctor")
                .contains("Who will see your data and why", "What happens after you apply", "Takes about 12 minutes")
                .contains("Decided within 7 days", "The treatment must cost 50 dollars or more.")
                .contains("/sign-in?to=/programs/medical-assistance");
    }

    @Test
    void signed_in_it_says_how_much_is_known() {
        assertThat(pages.get("/programs/cash-transfer", "As", "Amina"))
                .contains("We already know 3 of 9 answers.")
                .contains("name=\"ordinal\" value=\"1\"");
    }

    @Test
    void a_draft_is_continued() {
        FakePortal.applied("cash-transfer", 1, ApplicationState.DRAFT, "2026-11-20T00:00:00Z");
        assertThat(pages.get("/programs/cash-transfer", "As", "Amina"))
                .contains("/applications/" + FakePortal.id("cash-transfer", 1))
                .doesNotContain("name=\"ordinal\"");
    }

    @Test
    void applying_again_is_possible_with_its_reason() {
        FakePortal.applied("medical-assistance", 1, ApplicationState.APPROVED, "2026-11-01T00:00:00Z");
        assertThat(pages.get("/programs/medical-assistance", "As", "Amina"))
                .contains("Your last application is finished")
                .contains("name=\"ordinal\" value=\"2\"");
    }

    @Test
    void applying_again_is_not_possible_with_its_reason() {
        FakePortal.applied("cash-transfer", 1, ApplicationState.APPROVED, "2026-11-01T00:00:00Z");
        assertThat(pages.get("/programs/cash-transfer", "As", "Amina"))
                .contains("It can be applied for once only.")
                .doesNotContain("name=\"ordinal\"");
        FakePortal.applied("medical-assistance", 1, ApplicationState.SUBMITTED, "2026-11-01T00:00:00Z");
        assertThat(pages.get("/programs/medical-assistance", "As", "Amina"))
                .contains("not decided yet")
                .doesNotContain("name=\"ordinal\"");
        FakePortal.applied("farm-inputs", 1, ApplicationState.APPROVED, "2026-11-01T10:00:00Z");
        assertThat(pages.get("/programs/farm-inputs", "As", "Amina"))
                .contains("You can apply again from")
                .contains("1 November 2027");
    }

    @Test
    void a_closed_or_suspended_program_cannot_be_begun() {
        assertThat(pages.get("/programs/school-meals"))
                .contains("Opens again on")
                .doesNotContain("Start now");
        assertThat(pages.get("/programs/fuel-voucher"))
                .contains("The budget for this season is used up.")
                .doesNotContain("Start now");
    }

    @Test
    void an_unknown_program_is_not_found() {
        assertThat(pages.send("/programs/none", "Accept", "text/html").statusCode())
                .isEqualTo(404);
        assertThat(pages.send("/programs/NO%20CODE", "Accept", "text/html").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_double_click_is_one_application() {
        HttpResponse<String> first = pages.post("/programs/cash-transfer/applications", "as=Amina&ordinal=1");
        HttpResponse<String> second = pages.post("/programs/cash-transfer/applications", "as=Amina&ordinal=1");
        assertThat(first.statusCode()).isEqualTo(302);
        assertThat(first.headers().firstValue("Location"))
                .isEqualTo(second.headers().firstValue("Location"))
                .hasValueSatisfying(
                        to -> assertThat(to).endsWith("/applications/" + FakePortal.id("cash-transfer", 1)));
        assertThat(FakePortal.SENT).hasSize(1);
    }

    @Test
    void a_program_that_was_suspended_meanwhile_says_so() {
        FakePortal.suspend("cash-transfer");
        HttpResponse<String> refused = pages.post("/programs/cash-transfer/applications", "as=Amina&ordinal=1");
        assertThat(refused.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/programs/cash-transfer"));
    }

    @Test
    void eligibility_asks_only_what_the_rules_use() {
        assertThat(pages.get("/programs/cash-transfer/eligibility"))
                .contains(
                        "What is your date of birth?",
                        "How much money do you get",
                        "cash support from another program?")
                .doesNotContain("bank account number")
                .doesNotContain("1986");
        assertThat(pages.get("/programs/cash-transfer/eligibility", "As", "Amina"))
                .contains("value=\"1986\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1986,300,no,You can probably get this",
        "1986,300,yes,You may be able to get this",
        "1986,,no,You may be able to get this",
        "1986,500,no,You are not likely to get this",
        "2015,300,no,You are not likely to get this"
    })
    void eligibility_has_three_outcomes(String year, String income, String aid, String outcome) {
        String page = pages.post(
                        "/programs/cash-transfer/eligibility",
                        "answer.birthdate.day=25&answer.birthdate.month=11&answer.birthdate.year=" + year
                                + "&answer.income=" + (income == null ? "" : income) + "&answer.other_aid=" + aid)
                .body();
        assertThat(page)
                .contains("<h1 class=\"govuk-heading-l\">" + outcome + "</h1>")
                .contains("25 November " + year);
        assertThat(page.contains("Other programs that are open now")).isEqualTo(outcome.startsWith("You are not"));
    }

    @Test
    void eligibility_shows_what_it_cannot_read() {
        assertThat(pages.post("/programs/cash-transfer/eligibility", "answer.income=a+lot")
                        .body())
                .contains("<title>Error: ")
                .contains("There is a problem")
                .contains("value=\"a lot\"");
    }

    @Test
    void changing_the_language_keeps_what_was_typed_and_judges_nothing() {
        assertThat(pages.post("/programs/cash-transfer/eligibility", "answer.income=123&lang=fr")
                        .body())
                .contains("lang=\"fr\"")
                .contains("value=\"123\"")
                .contains("Combien d’argent");
    }

    @Test
    void help_and_accessibility_are_there_in_every_language() {
        assertThat(pages.get("/help")).contains("How to sign in", "0800 123 456");
        assertThat(pages.get("/help?lang=ar")).contains("كيف تسجّل الدخول");
        assertThat(pages.get("/accessibility?lang=fr")).contains("WCAG 2.2");
    }
}
