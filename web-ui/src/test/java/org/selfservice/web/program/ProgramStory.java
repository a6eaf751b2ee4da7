package org.selfservice.web.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;

/** The catalogue, a program's page and beginning an application, over HTTP as a browser without scripts does it. */
class ProgramStory extends PortalUnderTest {
    @Test
    void the_catalogue_lists_open_programs_first_and_closed_ones_with_their_next_date() {
        String page = visitor().get("/").body();
        assertThat(page)
                .containsSubsequence("Cash support for low incomes", "Not open at the moment", "Free school meals")
                .contains("Opens again on " + day("school-meals", ProgramProfile::reopensOn))
                .contains("Apply by " + day("cash-transfer", ProgramProfile::closesOn))
                .contains("The budget for this season is used up.");
    }

    @ParameterizedTest
    @CsvSource({"fr,Aide en espèces,Programmes ouverts,ltr", "ar,الدعم النقدي,البرامج المفتوحة,rtl"})
    void it_speaks_other_languages(String language, String program, String group, String direction) {
        assertThat(visitor().get("/?lang=" + language).body())
                .contains(program, group, "dir=\"" + direction + "\"")
                .doesNotContain("??");
    }

    @ParameterizedTest
    @CsvSource({"hospital,Help with medical", "HOPITAL,Help with medical", "مزرعه,Seeds and", "small farm,Seeds and"})
    void one_finds_a_program_by_its_words_in_any_language(String words, String program) {
        assertThat(visitor()
                        .get("/?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8))
                        .body())
                .contains(program)
                .containsPattern("\\d programs? found\\.")
                .doesNotContain("Free school meals", "Cash support");
    }

    @Test
    void one_finds_only_what_is_open_or_for_households() {
        assertThat(visitor().get("/?open=yes").body()).contains("Cash support").doesNotContain("Free school meals");
        assertThat(visitor().get("/?target=household").body())
                .contains("Free school meals")
                .doesNotContain("Cash support");
    }

    @Test
    void finding_nothing_says_what_to_do() {
        assertThat(visitor().get("/?q=%3Cscript%3E&target=household").body())
                .contains("No program matches your search", "Use fewer or other words", "Search among all programs")
                .doesNotContain("<script>");
    }

    @Test
    void a_program_says_everything_before_one_begins() {
        assertThat(visitor().get("/programs/medical-assistance").body())
                .contains("A letter from the hospital or doctor")
                .contains("Who will see your data and why", "What happens after you apply", "Takes about 12 minutes")
                .contains("Decided within 7 days", "The treatment must cost 50 dollars or more.")
                .contains("/sign-in?to=/programs/medical-assistance");
    }

    @Test
    void a_closed_or_suspended_program_cannot_be_begun() {
        assertThat(visitor().get("/programs/school-meals").body())
                .contains("Opens again on")
                .doesNotContain("Start now");
        assertThat(visitor().get("/programs/fuel-voucher").body())
                .contains("The budget for this season is used up.")
                .doesNotContain("Start now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/programs/none", "/programs/NO%20CODE", "/programs/none/eligibility"})
    void an_unknown_program_is_not_found(String address) {
        Answer missing = visitor().get(address);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).contains("<h1");
    }

    @Test
    void help_and_accessibility_are_there_in_every_language() {
        assertThat(visitor().get("/help").body()).contains("How to sign in", "+1 202-555-0100");
        assertThat(visitor().get("/help?lang=ar").body()).contains("كيف تسجّل الدخول");
        assertThat(visitor().get("/accessibility?lang=fr").body()).contains("WCAG 2.2");
    }

    @Test
    void clicks_at_the_same_moment_begin_one_application() throws Exception {
        Visitor maria = signedIn(MARIA);
        Cases.withdrawn(Cases.registrant(maria));
        Answer page = maria.get("/programs/medical-assistance");
        assertThat(page.body()).contains("We already know");
        Callable<Answer> click = () -> maria.submit(page, "/programs/medical-assistance/applications", Map.of());
        List<String> begun;
        try (ExecutorService hands = Executors.newFixedThreadPool(4)) {
            begun = hands.invokeAll(List.of(click, click, click, click)).stream()
                    .map(Future::resultNow)
                    .map(answer -> answer.at().getPath().split("/")[2])
                    .distinct()
                    .toList();
        }
        assertThat(begun).singleElement().asString().startsWith("a-");
        assertThat(maria.get("/").body()).contains("Your drafts", "/applications/" + begun.getFirst());
        assertThat(maria.get("/programs/medical-assistance").body())
                .contains("Continue your draft")
                .doesNotContain("name=\"ordinal\"");
    }

    private static String day(String program, Function<ProgramProfile, LocalDate> which) {
        LocalDate day =
                which.apply(ask(new FindProgram(new ProgramCode(program))).profile());
        return day.format(DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH));
    }
}
