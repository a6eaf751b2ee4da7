package org.selfservice.web.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ProvideInformation;
import org.selfservice.kernel.application.ApplicationCommand.Remark;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.registrant.RegistrantId;

/** The work of a reviewer: find what waits, read it, ask, decide, put right; alone, many at once, and beside others. */
class CaseStory extends CasesUnderTest {
    private static final String ODD = "Two <b>incomes</b> ’ &amp; one";

    @Test
    void the_queue_is_filtered_and_a_filter_is_kept_without_scripts() {
        ApplicationFile file = sent("en");
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "reviewer");
        page.navigate("/staff/cases");
        page.locator("#program").selectOption("case-story");
        page.locator("#who").selectOption("NOBODY");
        page.locator("#order").selectOption("NEWEST");
        page.locator("button:has-text('Show')").click();
        assertThat(page.locator("article").first()).containsText("Sent today");

        page.locator("button:has-text('Save the filter')").click();
        assertThat(page.title()).startsWith("Error:");
        page.locator("#name").fill("Story’s <new>");
        page.locator("button:has-text('Save the filter')").click();
        assertThat(page.locator(".govuk-notification-banner")).containsText("Story’s <new>");
        page.navigate("/staff/cases");
        page.locator("nav a:has-text('Story’s <new>')").click();
        assertThat(page.locator("#who")).hasValue("NOBODY");

        page.locator("article:has-text('" + file.reference() + "') button:has-text('Take it')")
                .click();
        assertThat(page.url()).isEqualTo(url("/staff/cases/" + file.id()));
        assertThat(page.locator("section[aria-labelledby=answers] h3 + p"))
                .containsText("Typed by the person, sent on");
        assertThat(page.locator("section[aria-labelledby=answers] dd p")).hasCount(0);
        assertThat(page.locator("dl").first()).containsText("You have it.");
        assertThat(page.locator("dl").first()).containsText("In review");
        page.navigate("/staff/cases?who=ME&program=case-story");
        assertThat(page.locator("main")).containsText(file.reference());
        page.navigate("/staff/cases/" + file.id());
        page.locator("button:has-text('Give it back')").click();
        assertThat(page.locator("dl").first()).containsText("Nobody has it.");

        page.navigate("/staff/cases?program=case-story&state=WITHDRAWN");
        assertThat(page.locator("main")).containsText("No case fits this filter.");
        page.locator("button:has-text('Remove')").first().click();
        assertThat(page.locator("nav a:has-text('Story’s <new>')")).hasCount(0);
    }

    @Test
    void a_person_is_asked_answers_is_rejected_and_the_decision_is_put_right() {
        Visitor maria = signedIn(MARIA);
        RegistrantId who = Cases.registrant(maria);
        ApplicationFile file = sent(who, "fr");
        String home = "/staff/cases/" + file.id();
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "reviewer");

        page.navigate(home + "/information-request");
        page.locator("#deadline").fill("2020-01-01");
        page.locator("button:has-text('Ask the person')").click();
        assertThat(page.title()).startsWith("Error:");
        assertThat(page.locator(".govuk-error-summary li")).hasCount(3);
        page.locator("label:has-text('Income')").click();
        page.locator("label:has-text('Your children')").click();
        page.locator("#reason").fill(ODD);
        page.locator("#deadline").fill(LocalDate.now().plusDays(9).toString());
        page.locator("button:has-text('Ask the person')").click();
        assertThat(page.locator("main")).containsText("Waiting for the person");
        assertThat(page.locator("#request + p")).containsText("The person may answer until");

        ApplicationFile asked = ask(new FindApplication(file.id()));
        send(new SaveAnswers(
                file.id(),
                who,
                asked.sequence(),
                Personal.of(Map.of(
                        "income",
                        org.selfservice.kernel.form.Answer.text("450"),
                        "children",
                        children("Amal", "8", "Zain", "5"))),
                Map.of()));
        Cases.seen(send(new ProvideInformation(file.id(), who)));
        page.navigate(home);
        assertThat(page.locator("section[aria-labelledby=changes]")).containsText("300");
        assertThat(page.locator("section[aria-labelledby=changes]")).containsText("450");
        assertThat(page.locator("section[aria-labelledby=changes] .portal-changed-row"))
                .hasText(new String[] {
                    "Amal Changed Age: Before: 7 Now: 8", "Zain Changed First name: Before: Badr Now: Zain"
                });
        assertThat(page.locator("section[aria-labelledby=answers] h3 + p"))
                .containsText("Where nothing else is said: Typed by the person, sent on");
        assertThat(page.locator("section[aria-labelledby=answers] dd p"))
                .containsText(new String[] {"Given in answer to a request", "Given in answer to a request"});
        page.locator("button:has-text('It proves what it should')").click();
        assertThat(page.locator("section[aria-labelledby=documents]")).containsText("Verified");
        page.locator("a:has-text('Reject it')").click();
        page.locator("button:has-text('Reject the document')").click();
        assertThat(page.title()).startsWith("Error:");
        page.locator("#reason").fill("Too dark");
        page.locator("button:has-text('Reject the document')").click();
        assertThat(page.locator("section[aria-labelledby=documents]")).containsText("Too dark");
        page.locator("#remark").fill("Ring the <employer>");
        page.locator("button:has-text('Add the remark')").click();
        assertThat(page.locator("section[aria-labelledby=history] li").first()).containsText("Staff only");

        page.locator("a:has-text('Reject')").first().click();
        page.locator("#explanation").fill(ODD);
        page.locator("button:has-text('Preview')").click();
        assertThat(page.title()).startsWith("Error:");
        page.locator("label:has-text('Your income is too high')").click();
        page.locator("button:has-text('Preview')").click();
        assertThat(page.locator(".portal-preview")).hasAttribute("lang", "fr");
        assertThat(page.locator(".portal-preview")).containsText("Votre revenu est trop élevé");
        assertThat(page.locator(".portal-preview")).containsText(ODD);
        page.locator("button:has-text('Change it')").click();
        assertThat(page.locator("#explanation")).hasValue(ODD);
        page.locator("button:has-text('Preview')").click();
        page.locator("button:has-text('Reject it')").click();
        assertThat(page.locator("section[aria-labelledby=decision]")).containsText("Your income is too high");

        page.locator("a:has-text('Correct the decision')").click();
        page.locator("button:has-text('Preview')").click();
        assertThat(page.locator(".govuk-error-summary")).containsText("Say why the decision is corrected");
        page.locator("#explanation").fill("We counted it twice");
        page.locator("button:has-text('Preview')").click();
        page.locator("button:has-text('Correct the decision')").click();
        assertThat(page.locator("section[aria-labelledby=decision]")).containsText("(corrected)");
        assertThat(page.locator("section[aria-labelledby=history]")).containsText("Corrected the decision");
        assertThat(page.locator("section[aria-labelledby=history]")).containsText("Rejected");

        String theirs = maria.get("/applications/" + file.id()).body();
        assertThat(theirs)
                .contains("This decision was corrected.", "We corrected our decision.", "We counted it twice")
                .doesNotContain("employer");
        enrolled(file);
        page.locator("a:has-text('Correct the decision')").click();
        page.locator("label:has-text('Papers are missing')").click();
        page.locator("#explanation").fill("Really not");
        page.locator("button:has-text('Preview')").click();
        page.locator("button:has-text('Correct the decision')").click();
        assertThat(page.locator(".govuk-error-summary")).containsText("End the enrolment first");
        assertThat(page.locator("#explanation")).hasValue("Really not");
    }

    @Test
    void colleagues_are_called_by_their_names() {
        ApplicationFile file = sent("en");
        staff("reviewer");
        Visitor machine = machine("cases:write");
        String address = "/api/v1/cases/" + file.id();
        assertThat(machine.send("POST", address + "/assignment", "{\"reviewer\": \"never-here\"}")
                        .status())
                .isEqualTo(200);
        Visitor admin = staff("admin");
        assertThat(admin.get("/staff/cases/" + file.id()).body()).contains("never-here has it.");

        long seen = machine.send("POST", address + "/assignment", "{\"reviewer\": \"reviewer\"}")
                .json()
                .get("sequence")
                .asLong();
        Cases.seen(new org.selfservice.kernel.Position(file.id().value(), seen));

        assertThat(admin.get("/staff/cases/" + file.id()).body()).contains("Ravi Reviewer has it.");
        assertThat(admin.get("/staff/cases?program=case-story&order=NEWEST").body())
                .contains("Ravi Reviewer has it.")
                .doesNotContain("reviewer has it.");
    }

    @Test
    void two_reviewers_at_once_overwrite_nothing() {
        ApplicationFile file = sent("en");
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "reviewer");
        page.navigate("/staff/cases/" + file.id() + "/approval");
        page.locator("#explanation").fill("Welcome");
        page.locator("button:has-text('Preview')").click();
        Cases.seen(send(new Remark(file.id(), Personal.of("Wait"), false)));

        page.locator("button:has-text('Approve it')").click();

        assertThat(page.locator(".govuk-error-summary"))
                .containsText("Changed by Ada Administrator, less than a minute ago");
        assertThat(page.locator("#explanation")).hasValue("Welcome");
        assertThat(ask(new FindApplication(file.id())).state()).isEqualTo(ApplicationState.SUBMITTED);
        page.locator("button:has-text('Preview')").click();
        page.locator("button:has-text('Approve it')").click();
        assertThat(page.locator("section[aria-labelledby=decision]")).containsText("Approved");
    }

    @Test
    void many_are_decided_at_once_each_with_its_own_result() {
        ApplicationFile one = sent("en");
        ApplicationFile two = sent("en");
        ApplicationFile twin = suspected(sent(someone(), "en", two));
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "admin");
        page.navigate("/staff/cases?program=case-story&order=NEWEST");
        page.locator("button:has-text('Approve…')").click();
        assertThat(page.title()).startsWith("Error:");
        assertThat(page.locator("#cases-error")).containsText("Nothing was decided");

        for (ApplicationFile file : List.of(one, twin)) {
            page.locator("label[for='choose-" + file.id() + "']").click();
        }
        page.locator("button:has-text('Approve…')").click();
        assertThat(page.locator("h1")).containsText("Approve 2 cases");
        assertThat(page.locator("li:has-text('" + twin.reference() + "')")).containsText("Will not be decided");
        page.locator("button:has-text('Approve them')").click();
        assertThat(page.locator("main")).containsText("1 of 2 are decided.");
        assertThat(page.locator("li:has-text('" + one.reference() + "')")).containsText("Approved");
        assertThat(page.locator("li:has-text('" + twin.reference() + "')")).containsText("another name");
        assertThat(ask(new FindApplication(one.id())).state()).isEqualTo(ApplicationState.APPROVED);
        assertThat(ask(new FindApplication(twin.id())).state()).isEqualTo(ApplicationState.SUBMITTED);

        page.navigate("/staff/cases/" + twin.id() + "/approval");
        page.locator("button:has-text('Preview')").click();
        assertThat(page.locator(".govuk-error-summary")).containsText("although it may be a duplicate");
        page.locator("#override").fill("They are twins");
        page.locator("button:has-text('Preview')").click();
        page.locator("button:has-text('Approve it')").click();
        assertThat(page.locator("section[aria-labelledby=history]")).containsText("They are twins");
        assertThat(page.locator("section[aria-labelledby=suspicions] a"))
                .hasAttribute("href", "/staff/duplicates/" + twin.id() + "/" + two.id());
    }

    @Test
    void other_systems_find_release_and_correct_cases() {
        ApplicationFile file = sent("en");
        sent("en");
        Visitor machine = machine("cases:write");
        Answer first = machine.get("/api/v1/cases?program=case-story&limit=1");
        String next = first.json().get("next").asString();
        Answer second = machine.get("/api/v1/cases?program=case-story&limit=1&after=" + next);
        assertThat(second.json().at("/lines/0/id").asString())
                .isNotEqualTo(first.json().at("/lines/0/id").asString());
        String address = "/api/v1/cases/" + file.id();
        assertThat(machine.send("POST", address + "/assignment", "{\"reviewer\": \"reviewer\"}")
                        .status())
                .isEqualTo(200);
        assertThat(machine.send("POST", address + "/release", "").status()).isEqualTo(200);
        assertThat(machine.send("POST", address + "/approval", "{}").status()).isEqualTo(200);
        Cases.seen(enrolled(file));
        String correction = "{\"approved\": false, \"reason\": \"income\", \"explanation\": \"Counted wrongly\"}";
        assertThat(machine.send("POST", address + "/correction", correction)
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("ENROLLED");
    }

    @Test
    void nothing_scrolls_sideways_and_axe_finds_nothing_in_both_directions() {
        ApplicationFile file = sent("ar");
        ApplicationFile twin = suspected(sent(someone(), "en", file));
        send(new Remark(file.id(), Personal.of(ODD), false));
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "reviewer");
        for (String language : List.of("en", "ar")) {
            String home = "/staff/cases/" + twin.id();
            page.navigate("/staff/cases?program=case-story&order=NEWEST&lang=" + language);
            page.locator("button[value=approve]").click();
            look(page, "cases-" + language);
            page.locator("label[for='choose-" + file.id() + "']").click();
            page.locator("label[for='choose-" + twin.id() + "']").click();
            page.locator("button[value=reject]").click();
            look(page, "cases-bulk-" + language);
            page.navigate(home);
            look(page, "case-" + language);
            page.navigate(home + "/information-request");
            page.locator("#deadline").fill("2020-01-01");
            page.locator("form#edit button.govuk-button").click();
            look(page, "case-request-" + language);
            page.navigate(home + "/approval");
            page.locator("form#edit button.govuk-button").click();
            look(page, "case-approval-" + language);
            page.navigate("/staff/cases/" + file.id() + "/rejection");
            page.locator("form#edit input[type=radio]").first().check();
            page.locator("#explanation").fill(ODD);
            page.locator("form#edit button.govuk-button").click();
            look(page, "case-preview-" + language);
            Cases.seen(send(new Remark(file.id(), Personal.of("Wait"), false)));
            page.locator("form#edit button[name=confirm]").click();
            look(page, "case-changed-" + language);
            page.navigate(home + "/documents/" + twin.documents().getFirst().id() + "/rejection");
            page.locator("form#edit button.govuk-button").click();
            look(page, "case-document-" + language);
        }
        page.navigate("/staff/cases?program=case-story&order=NEWEST");
        page.locator("label[for='choose-" + file.id() + "']").click();
        page.locator("label[for='choose-" + twin.id() + "']").click();
        page.locator("button[value=approve]").click();
        page.locator("form#edit button.govuk-button").click();
        look(page, "cases-results-ar");
    }
}
