package org.selfservice.web.notification;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Post;
import org.selfservice.Visitor;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationQuery.FindByReference;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.registrant.RegistrantId;

/** People are told what happens, at the address that the page names and nowhere else; staff see what could not be sent. */
class NotificationStory extends PortalUnderTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void exactly_the_address_on_the_confirmation_page_gets_exactly_one_message_without_anything_personal()
            throws Exception {
        String address = "zoe@people.example";
        Visitor zoe = signedIn(ZOE);
        RegistrantId who = Cases.registrant(zoe);
        zoe.get("/me");
        zoe.post("/me/contact", Map.of("via", "EMAIL", "language", "ar"));
        int before = Post.to(address).size();

        ApplicationId application = Cases.sent(who);
        String reference = ask(new FindApplication(application)).reference();

        assertThat(zoe.get("/applications/" + application + "/sent").body())
                .contains("We write you an e-mail when something happens", address);
        List<MimeMessage> mine =
                Awaitility.await().atMost(SOON).until(() -> about(address, reference), mails -> !mails.isEmpty());
        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(SOON)
                .until(() -> about(address, reference).size() == 1);
        MimeMessage mail = mine.getFirst();
        assertThat(mail.getHeader("Content-Language", null)).isEqualTo("ar");
        assertThat(mail.getSubject()).startsWith("استلمنا طلبك");
        String text = Post.text(mail);
        assertThat(text)
                .contains(reference, "https://portal.example/applications/" + application, "dir=\"rtl\"")
                .doesNotContain("Somebody", "Hospital", "1,200", "1200", ZOE, "Zoé", "operation", "555");
        assertThat(Post.to(address)).hasSizeGreaterThan(before);

        zoe.get("/me");
        zoe.post("/me/contact", Map.of("via", "NONE", "language", "ar"));
        assertThat(zoe.get("/applications/" + application + "/sent").body())
                .contains("We send no messages")
                .doesNotContain(address);
    }

    @Test
    void what_cannot_be_sent_is_tried_again_and_in_the_end_staff_try_it_again() throws Exception {
        String address = "kofi@people.example";
        Visitor kofi = signedIn(KOFI);
        RegistrantId who = Cases.registrant(kofi);
        kofi.get("/me");
        kofi.post("/me/contact", Map.of("via", "EMAIL", "language", "en"));
        Post.goAway();
        String reference;
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        try {
            reference = ask(new FindApplication(Cases.sent(who))).reference();
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> bean(Outbox.class).undelivered(50).stream()
                            .anyMatch(one -> reference.equals(one.message().reference())));
            throughTheEndpoints(who, reference);
            staffSignIn(page, "admin");
            page.navigate("/staff/notifications");
            assertThat(page.locator("main")).containsText(reference);
            assertThat(page.locator("main")).containsText("The server did not answer.");
            assertThat(page.locator("main")).containsText("k…@people.example");
            assertThat(page.locator("main")).not().containsText(address);
            assertThat(staff("officer").get("/staff/notifications").body())
                    .contains(reference)
                    .doesNotContain("Try again");
            Page looked = browser(new Browser.NewContextOptions());
            staffSignIn(looked, "admin");
            for (String language : List.of("en", "ar")) {
                looked.navigate("/staff/notifications?lang=" + language);
                look(looked, "notifications-" + language);
            }
        } finally {
            Post.comeBack();
        }

        page.locator("article:has-text('" + reference + "') button:has-text('Try again')")
                .click();

        assertThat(page.locator(".govuk-notification-banner")).containsText("It is tried again now.");
        Awaitility.await().atMost(SOON).until(() -> about(address, reference).size() == 1);
        page.navigate("/staff/notifications");
        assertThat(page.locator("main")).not().containsText(reference);
        assertThat(visitor()
                        .with("Accept", "text/plain")
                        .get("/actuator/prometheus")
                        .body())
                .contains("portal_outbox_waiting", "portal_outbox_oldest_seconds", "portal_outbox_undelivered");
    }

    /** One is tried again in vain, and another one is never sent. */
    private static void throughTheEndpoints(RegistrantId who, String reference) {
        Visitor machine = machine("cases:write");
        long first = undelivered(reference).getFirst();
        assertThat(machine.get("/api/v1/notifications").body())
                .contains(reference, "k…@people.example", "UNREACHABLE")
                .doesNotContain("kofi@");
        assertThat(machine.send("POST", "/api/v1/notifications/" + first + "/attempts", "")
                        .status())
                .isEqualTo(204);
        Awaitility.await().atMost(SOON).until(() -> undelivered(reference).contains(first));

        ApplicationId application = ask(new FindByReference(reference)).id();
        send(new WithdrawApplication(application, who, Personal.of("")));
        Awaitility.await().atMost(SOON).until(() -> undelivered(reference).size() == 2);
        long second = undelivered(reference).stream()
                .filter(number -> number != first)
                .findFirst()
                .orElseThrow();
        String address = "/api/v1/notifications/" + second;
        assertThat(machine("read").send("DELETE", address, "").status()).isEqualTo(403);
        assertThat(machine.send("DELETE", address, "").status()).isEqualTo(204);
        assertThat(machine.send("DELETE", address, "").status()).isEqualTo(404);
        assertThat(undelivered(reference)).containsExactly(first);
    }

    private static List<Long> undelivered(String reference) {
        return bean(Outbox.class).undelivered(50).stream()
                .filter(one -> reference.equals(one.message().reference()))
                .map(Outbox.Undelivered::number)
                .toList();
    }

    @Test
    void who_gave_no_such_address_or_chose_what_is_not_set_up_is_promised_nothing() {
        Visitor maria = signedIn(MARIA);
        RegistrantId who = Cases.registrant(maria);
        maria.get("/me");
        maria.post("/me/contact", Map.of("via", "SMS", "language", "en"));

        ApplicationId application = Cases.sent(who);

        assertThat(maria.get("/applications/" + application + "/sent").body())
                .contains("We cannot send messages at the moment")
                .doesNotContain("We send you an SMS");
        assertThat(maria.get("/me").body()).contains("The portal cannot send SMS at the moment.");
    }

    private static List<MimeMessage> about(String address, String reference) {
        return Post.to(address).stream()
                .filter(mail -> Post.text(mail).contains(reference))
                .toList();
    }
}
