package org.selfservice.web.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.Cases.MEDICAL;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Post;
import org.selfservice.Visitor;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ExitEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.GrantEntitlement;
import org.selfservice.kernel.enrolment.EnrolmentCommand.RecordPayment;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.registrant.RegistrantId;

/** What staff do reaches people's mailboxes, in their language; what does not is decided about by staff. */
class TellingStory extends PortalUnderTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String HANA = "9200300410";

    @Test
    void a_decision_an_enrolment_and_a_payment_are_told_in_the_persons_language_and_none_of_what_they_say() {
        String address = "layla@people.example";
        RegistrantId who = wishing(signedIn(LAYLA), "fr");
        EnrolmentId enrolment = bean(Pseudonyms.class).enrolment(who, MEDICAL);
        try {
            send(new ExitEnrolment(enrolment, Personal.of("To begin anew")));
        } catch (Refused neverThere) {
            // another story did not enrol them
        }
        int before = Post.to(address).size();
        ApplicationId application = Cases.sent(who);

        send(new ApproveApplication(application, Personal.of("Note 31415"), Personal.of("It is somebody else")));
        send(new EnrolRegistrant(enrolment, who, MEDICAL, application));
        String currency =
                Objects.requireNonNull(ask(new FindProgram(MEDICAL)).profile()).currency();
        Money amount = new Money(new BigDecimal("76543"), currency);
        LocalDate yesterday = LocalDate.now().minusDays(1);
        send(new GrantEntitlement(enrolment, "told", amount, "Purpose 31415", yesterday, null));
        send(new RecordPayment(enrolment, "told", "told-31415", amount, yesterday));

        for (String subject : List.of(
                "Une décision a été prise sur votre demande",
                "Vous êtes maintenant dans le programme",
                "Il y a un paiement pour vous")) {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> Post.to(address).stream()
                                    .skip(before)
                                    .filter(mail -> subject(mail).startsWith(subject))
                                    .count()
                            == 1);
        }
        assertThat(Post.to(address).stream().skip(before)).allSatisfy(mail -> {
            assertThat(mail.getHeader("Content-Language", null)).isEqualTo("fr");
            assertThat(Post.text(mail))
                    .contains("https://portal.example/")
                    .doesNotContain("76543", "76,543", "31415", LAYLA);
        });
    }

    @Test
    void who_answers_a_request_sees_who_is_told_and_exactly_they_are() {
        String address = "hana@people.example";
        Visitor hana = signedIn(HANA);
        RegistrantId who = wishing(hana, "en");

        assertTold(hana, who, address, Map.of());
        assertTold(helping(), who, address, Map.of("confirmation", "read-back-1"));
    }

    private static void assertTold(Visitor visitor, RegistrantId who, String address, Map<String, String> besides) {
        ApplicationId application = Cases.sent(who);
        String reference = ask(new FindApplication(application)).reference();
        Cases.request(application, List.of("cost"), List.of(), "The sum does not match.");
        String request = "/applications/" + application + "/request";
        Map<String, String> answers = new java.util.HashMap<>(besides);
        answers.putAll(Map.of("answer.cost", "1,300", "exit", "send"));

        Visitor.Answer sent = visitor.submit(visitor.get(request), request, answers);

        assertThat(sent.body())
                .contains("Your answers were sent.", "We write you an e-mail when something happens", address);
        Awaitility.await()
                .atMost(SOON)
                .until(() -> Post.to(address).stream()
                                .filter(mail -> subject(mail).startsWith("We received what you sent")
                                        && Post.text(mail).contains(reference))
                                .count()
                        == 1);
        assertThat(visitor.get("/applications/" + application).body()).doesNotContain(address);
    }

    @Test
    void staff_try_all_again_at_once_but_for_what_they_do_not_send() {
        String address = "amina@people.example";
        RegistrantId who = wishing(signedIn(AMINA), "en");
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "admin");
        String first;
        String second;
        Post.goAway();
        try {
            ApplicationId application = Cases.sent(who);
            first = ask(new FindApplication(application)).reference();
            Cases.seen(send(new WithdrawApplication(application, who, Personal.of(""))));
            second = ask(new FindApplication(Cases.sent(who))).reference();
            Awaitility.await().atMost(SOON).until(() -> undelivered(first) == 2 && undelivered(second) == 1);
            page.navigate("/staff/notifications");
            page.locator("article:has-text('" + second + "') button:has-text('Do not send')")
                    .click();
            assertThat(page.locator(".govuk-notification-banner").textContent()).contains("It is not sent.");
            assertThat(page.locator("main").textContent()).contains(first).doesNotContain(second);
        } finally {
            Post.comeBack();
        }

        page.locator("form[action$='/notifications/again'] button").click();

        assertThat(page.locator(".govuk-notification-banner").textContent()).contains("again");
        Awaitility.await().atMost(SOON).until(() -> about(address, first) == 2);
        assertThat(undelivered(first)).isZero();
        assertThat(about(address, second)).isZero();
    }

    private static RegistrantId wishing(Visitor visitor, String language) {
        RegistrantId who = Cases.registrant(visitor);
        visitor.get("/me");
        visitor.post("/me/contact", Map.of("via", "EMAIL", "language", language));
        return who;
    }

    /** An officer for Hana. */
    private static Visitor helping() {
        Visitor officer = staff("officer");
        officer.get("/staff/assist");
        signIn(officer, officer.post("/staff/assist", Map.of("provider", "national", "language", "en")), HANA);
        return officer;
    }

    private static long undelivered(String reference) {
        return bean(Outbox.class).undelivered(50).stream()
                .filter(one -> reference.equals(one.message().reference()))
                .count();
    }

    private static long about(String address, String reference) {
        return Post.to(address).stream()
                .filter(mail -> Post.text(mail).contains(reference))
                .count();
    }

    private static String subject(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
