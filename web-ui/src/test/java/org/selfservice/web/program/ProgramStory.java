package org.selfservice.web.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;

class ProgramStory extends PortalUnderTest {

    @Test
    void anybody_sees_the_programs_in_three_languages() {
        assertThat(visitor().get("/").body())
                .contains("Cash support for low incomes", "Free school meals", "Opens again on")
                .contains("The budget for this season is used up.");
        assertThat(visitor().get("/?lang=fr").body()).contains("Aide en espèces", "Programmes ouverts");
        assertThat(visitor().get("/?lang=ar").body()).contains("الدعم النقدي", "dir=\"rtl\"");
        assertThat(visitor().get("/?q=farm").body())
                .contains("Seeds and fertilizer")
                .doesNotContain("Cash support");
    }

    @Test
    void anybody_checks_whether_they_can_get_it() {
        Visitor visitor = visitor();
        Answer questions = visitor.get("/programs/cash-transfer/eligibility");
        Answer outcome = visitor.submit(
                questions,
                "/programs/cash-transfer/eligibility",
                Map.of(
                        "answer.birthdate.day", "1",
                        "answer.birthdate.month", "2",
                        "answer.birthdate.year", "1990",
                        "answer.income", "900",
                        "answer.other_aid", "no"));
        assertThat(outcome.status()).isEqualTo(200);
        assertThat(outcome.body())
                .contains("You are not likely to get this", "Your income must be 400 dollars a month or less.")
                // which of them, depends on what other stories opened
                .contains("Other programs that are open now")
                .containsPattern("<a[^>]* href=\"/programs/(?!cash-transfer)[a-z-]+\"");
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
}
