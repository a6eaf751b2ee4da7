package org.selfservice.web.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.AssignReviewer;
import org.selfservice.kernel.application.ApplicationCommand.RejectApplication;
import org.selfservice.kernel.application.ApplicationCommand.Remark;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ExitEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.PauseEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

class FollowStory extends PortalUnderTest {
    private static final String NGUYEN = "7000800090";

    @Test
    void an_approval_through_the_endpoint_shows_on_the_open_page_within_a_second() {
        RegistrantId who = Cases.registrant(signedIn(NGUYEN));
        leave(who);
        ApplicationId application = Cases.sent(who);
        Page phone = phone();
        phone.navigate("/sign-in");
        signIn(phone, NGUYEN);
        phone.navigate("/applications/" + application);
        assertThat(phone.locator("#status ~ p").first()).containsText("Sent");
        screenshot(phone, "application-sent");

        Answer approved = machine("cases:write", "read")
                .send("POST", "/api/v1/cases/" + application + "/approval", "{\"note\": \"Welcome <b>O'Example</b>\"}");

        assertThat(approved.status()).isLessThan(300);
        assertThat(phone.locator("#status ~ p").first())
                .containsText("Approved", new LocatorAssertions.ContainsTextOptions().setTimeout(1_000));
        assertThat(phone.locator("main")).containsText("Welcome <b>O'Example</b>");
        assertThat(phone.locator("[data-live-said]")).containsText("Approved");
        screenshot(phone, "application-approved");

        ProgramCode program =
                Objects.requireNonNull(ask(new FindApplication(application)).program());
        EnrolmentId enrolment = bean(Pseudonyms.class).enrolment(who, program);
        send(new EnrolRegistrant(enrolment, who, program, application));
        assertThat(phone.locator("#enrolled"))
                .containsText(
                        "You are enrolled in this program since",
                        new LocatorAssertions.ContainsTextOptions().setTimeout(1_000));
        assertThat(phone.locator("[data-live-said]")).containsText("Enrolled");
        screenshot(phone, "application-enrolled");
        send(new PauseEnrolment(enrolment, Personal.of("We moved")));
        assertThat(phone.locator("#enrolled")).containsText("is paused since");
        leave(who);
    }

    /** Other stories enrol people of the demonstration, too. */
    private static void leave(RegistrantId who) {
        EnrolmentId enrolment = bean(Pseudonyms.class).enrolment(who, Cases.MEDICAL);
        if (ask(new FindEnrolment(enrolment)).state() != EnrolmentState.EXITED) {
            send(new ExitEnrolment(enrolment, Personal.of("For the story")));
        }
    }

    @Test
    void the_list_says_what_to_do_and_the_page_what_happened() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId application = Cases.sent(Cases.registrant(visitor));
        ApplicationFile file = ask(new FindApplication(application));

        assertThat(visitor.get("/applications").body())
                .contains(file.reference(), "Hand in the documents that you still owe us.");
        assertThat(visitor.get("/applications/" + application).body())
                .contains(file.reference(), "We received your application.", "You sent the application.")
                .contains("We promise to decide by", "You still owe us:", "Receipt with all your answers");
    }

    @Test
    void a_remark_for_staff_is_never_shown_to_the_person() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId application = Cases.sent(Cases.registrant(visitor));
        send(new Remark(application, Personal.of("internal-secret-remark"), false));
        Cases.seen(send(new Remark(application, Personal.of("a word to you"), true)));

        assertThat(visitor.get("/applications/" + application).body())
                .contains("a word to you")
                .doesNotContain("internal-secret-remark");
        assertThat(visitor.get("/me/download").body()).doesNotContain("internal-secret-remark");
    }

    @Test
    void a_request_for_information_is_answered_with_what_was_asked_and_nothing_else() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId application = Cases.sent(Cases.registrant(visitor));
        Cases.request(application, List.of("cost"), List.of(), "The sum does not match the letter.");

        Answer shown = visitor.get("/applications/" + application);
        assertThat(shown.body()).contains("The sum does not match the letter.", "Answer now");
        Answer page = visitor.get("/applications/" + application + "/request");
        assertThat(page.body()).contains("answer.cost").doesNotContain("answer.hospital");

        Answer wrong = visitor.submit(
                page, "/applications/" + application + "/request", Map.of("answer.cost", "a lot", "exit", "send"));
        assertThat(wrong.body()).contains("<title>Error:", "a lot");
        Answer foreign = visitor.submit(
                page,
                "/applications/" + application + "/request",
                Map.of("answer.cost", "1300", "answer.hospital", "Other", "exit", "send"));
        assertThat(foreign.status()).isEqualTo(422);
        Answer again = visitor.get("/applications/" + application + "/request");
        Answer sent = visitor.submit(
                again, "/applications/" + application + "/request", Map.of("answer.cost", "1,300", "exit", "send"));

        assertThat(sent.body()).contains("Your answers were sent.", "You answered us.");
        ApplicationFile file = ask(new FindApplication(application));
        assertThat(file.state()).isEqualTo(ApplicationState.IN_REVIEW);
        assertThat(file.submission().answers().or(Map.of()).get("hospital"))
                .isEqualTo(org.selfservice.kernel.form.Answer.text(Cases.HOSPITAL));
        assertThat(file.given()).hasSize(1);
    }

    @Test
    void a_rejection_is_read_with_its_reason_in_the_persons_language() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId application = Cases.sent(Cases.registrant(visitor));
        send(new AssignReviewer(application, "reviewer"));
        Cases.seen(send(new RejectApplication(application, "not-covered", Personal.of("Ask again next year."))));

        assertThat(visitor.get("/applications/" + application).body())
                .contains(
                        "This treatment is not covered by the program.",
                        "Ask again next year.",
                        "You may apply to this program again");
        assertThat(visitor.get("/applications/" + application + "?lang=fr").body())
                .contains("Ce traitement n’est pas couvert par le programme.");
        visitor.get("/applications?lang=en");
    }

    @Test
    void a_reason_that_is_too_long_is_not_cut_but_said_to_be_so_and_stays_as_typed() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId application = Cases.sent(Cases.registrant(visitor));
        String page = "/applications/" + application + "/withdraw";
        String tooLong = "👩🏽‍🌾 <b>\r\n" + "x".repeat(600);

        Answer refused = visitor.submit(visitor.get(page), page, Map.of("reason", tooLong));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body())
                .contains("<title>Error:", "href=\"#reason\"", "Use 500 characters or fewer. You typed 609")
                .contains("👩🏽‍🌾 &lt;b&gt;", "x".repeat(600));
        Answer unreadable = visitor.submit(refused, page, Map.of("reason", "nothing\0"));
        assertThat(unreadable.status()).isEqualTo(422);
        assertThat(unreadable.body()).contains("<title>Error:");
        assertThat(ask(new FindApplication(application)).state()).isEqualTo(ApplicationState.SUBMITTED);

        String longest = "👩".repeat(499) + "\r\n.";
        assertThat(visitor.submit(visitor.get(page), page, Map.of("reason", longest.substring(2)))
                        .body())
                .contains("You withdrew this application.");
        assertThat(ask(new FindApplication(application)).timeline())
                .anySatisfy(entry -> assertThat(entry.text()).isEqualTo("👩".repeat(498) + "\n."));
    }

    @Test
    void withdrawing_says_what_it_means_and_ends_the_case() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId application = Cases.sent(Cases.registrant(visitor));
        Answer page = visitor.get("/applications/" + application + "/withdraw");
        assertThat(page.body()).contains("You cannot take this back.", "What you sent is kept");

        Answer after =
                visitor.submit(page, "/applications/" + application + "/withdraw", Map.of("reason", "I moved <away>"));

        assertThat(after.body()).contains("You withdrew this application.");
        assertThat(ask(new FindApplication(application)).state()).isEqualTo(ApplicationState.WITHDRAWN);
        assertThat(visitor.get("/applications/" + application + "/withdraw")
                        .at()
                        .getPath())
                .isEqualTo("/applications/" + application);
    }
}
