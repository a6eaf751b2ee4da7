package org.selfservice.web.enrolment.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;

/** From an approved application to a payment and the end, by the staff's pages alone. */
class EnrolmentStaffStory extends PortalUnderTest {
    private static final String ISSUER = "https://enrolments.example";
    private static final String COLUMNS = "enrolment,entitlement,reference,amount,paid_on\n";

    @Test
    void a_person_is_enrolled_paid_paused_and_leaves_without_scripts() {
        RegistrantId who = registered("yara", "Yara <Example>");
        ApplicationFile file = approved(who);
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "admin");

        page.navigate("/staff/enrolments");
        page.locator("#reference").fill(unapproved("yusuf").reference());
        press(page, "Enrol");
        assertThat(page.title()).startsWith("Error:");
        assertThat(page.locator("main")).containsText("This application is not approved");
        page.locator("#reference").fill(file.reference().toLowerCase());
        press(page, "Enrol");
        assertThat(page.locator("h1")).hasText("Yara <Example>");

        press(page, "Pause");
        assertThat(page.locator(".govuk-error-summary")).containsText("Give a reason");
        page.locator("#reason").fill("Abroad");
        press(page, "Pause");
        assertThat(page.locator("main .govuk-tag").first()).hasText("Paused");
        press(page, "Resume");
        assertThat(page.locator("main .govuk-tag").first()).hasText("Enrolled");

        grant(page, "2026-11", "a lot");
        assertThat(page.locator("#amount-error")).containsText("Enter an amount");
        assertThat(page.locator("#purpose")).hasValue("Operation");
        page.locator("#amount").fill("1,000");
        press(page, "Grant");
        assertThat(page.locator("main table")).containsText("2026-11");

        pay(page, "BANK-1", "1,500");
        assertThat(page.locator("#paidAmount-error")).containsText("1000");
        page.locator("#paidAmount").fill("400");
        press(page, "Record the payment");
        assertThat(page.locator("main")).containsText("BANK-1");
        assertThat(enrolment(who).payments()).hasSize(1);

        page.locator("#reason").fill("Moved away");
        press(page, "End the enrolment");
        assertThat(page.locator("main")).containsText("Moved away");
        assertThat(enrolment(who).state()).isEqualTo(EnrolmentState.EXITED);
    }

    @Test
    void a_file_of_payments_has_a_result_for_each_row_and_pays_nothing_twice() {
        RegistrantId who = registered("zara", "Zara Example");
        ApplicationFile file = approved(who);
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "admin");
        page.navigate("/staff/enrolments");
        page.locator("#reference").fill(file.reference());
        press(page, "Enrol");
        EnrolmentId id = bean(Pseudonyms.class).enrolment(who, Cases.MEDICAL);
        grant(page, "2026-10", "1000");
        String table = COLUMNS
                + row(file.reference(), "2026-10", "BANK-1", "300")
                + row(id.value(), "2026-10", "BANK-2", "400")
                + row(id.value(), "2026-10", "BANK-3", "5000")
                + row(id.value(), "none", "BANK-4", "10")
                + row("CASH-AAAA-AAAA", "2026-10", "BANK-5", "10")
                + row(id.value(), "2026-10", "BANK-6", "much")
                + row(id.value(), "2026-10", "BANK-2", "400");

        page.navigate("/staff/enrolments/payments");
        press(page, "Record the payments");
        assertThat(page.locator(".govuk-error-summary")).containsText("Choose a file");
        upload(page, table);

        assertThat(page.locator("main ul.govuk-list--bullet li"))
                .hasText(new String[] {"Recorded: 2", "Recorded before: 1", "Not recorded: 4"});
        assertThat(page.locator("main tbody tr")).hasCount(7);
        assertThat(page.locator("#table")).hasValue(Pattern.compile("BANK-3[^@]*BANK-4[^@]*BANK-5[^@]*BANK-6"));

        page.navigate("/staff/enrolments/payments");
        upload(page, table);
        assertThat(page.locator("main ul.govuk-list--bullet li"))
                .hasText(new String[] {"Recorded: 0", "Recorded before: 3", "Not recorded: 4"});
        assertThat(enrolment(who).payments()).hasSize(2);
        page.locator("#table").fill(COLUMNS + row(id.value(), "2026-10", "BANK-3", "50"));
        press(page, "Record the payments");
        assertThat(page.locator("main ul.govuk-list--bullet li").first()).hasText("Recorded: 1");
        assertThat(enrolment(who).payments()).hasSize(3);
    }

    @Test
    void nothing_scrolls_sideways_and_axe_finds_nothing_in_both_directions() {
        RegistrantId who = registered("wafa", "Wafa Example");
        ApplicationFile file = approved(who);
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "admin");
        page.navigate("/staff/enrolments");
        page.locator("#reference").fill(file.reference());
        press(page, "Enrol");
        String address = page.url();
        grant(page, "2026-09", "1000");
        pay(page, "BANK-1", "400");
        for (String language : List.of("en", "ar")) {
            page.navigate("/staff/enrolments?program=medical-assistance&lang=" + language);
            look(page, "enrolments-staff-" + language);
            page.navigate(address);
            page.locator("form[action$='/payments'] button").click();
            look(page, "enrolment-staff-" + language);
            page.navigate("/staff/enrolments/payments");
            page.locator("#table")
                    .fill(COLUMNS
                            + row(file.reference(), "2026-09", "BANK-1", "400")
                            + row(file.reference(), "2026-09", "BANK-2", "9000"));
            page.locator("main form button").click();
            look(page, "enrolments-payments-" + language);
        }
    }

    @Test
    void who_may_not_change_anything_sees_no_form() {
        assertThat(staff("reviewer").get("/staff/enrolments").body())
                .contains("Enrolments")
                .doesNotContain("Enrol somebody");
        assertThat(staff("reviewer").get("/staff/enrolments/payments").body())
                .contains("Administrators of programs record payments.");
        assertThat(staff("reviewer")
                        .get("/staff/enrolments/e-00000000000000000000")
                        .status())
                .isEqualTo(404);
    }

    private static void press(Page page, String button) {
        page.locator("main button")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^\\s*" + button + "\\s*$")))
                .click();
    }

    private static void grant(Page page, String entitlement, String amount) {
        page.locator("#entitlement").fill(entitlement);
        page.locator("#purpose").fill("Operation");
        page.locator("#amount").fill(amount);
        page.locator("#validFrom").fill("2026-09-01");
        press(page, "Grant");
    }

    private static void pay(Page page, String reference, String amount) {
        page.locator("#reference").fill(reference);
        page.locator("#paidAmount").fill(amount);
        page.locator("#paidOn").fill("2026-09-03");
        press(page, "Record the payment");
    }

    private static void upload(Page page, String table) {
        page.locator("#file")
                .setInputFiles(new FilePayload("payments.csv", "text/csv", table.getBytes(StandardCharsets.UTF_8)));
        press(page, "Record the payments");
    }

    private static String row(String enrolment, String entitlement, String reference, String amount) {
        return String.join(",", enrolment, entitlement, reference, amount, "2026-09-03") + "\n";
    }

    private static RegistrantId registered(String subject, String name) {
        RegistrantId who = bean(Pseudonyms.class).registrant(ISSUER, subject, 1);
        send(new RegisterRegistrant(
                who, 1, Personal.of(new Login(ISSUER, subject)), "national", IdType.FOUNDATIONAL, Personal.of(name)));
        return who;
    }

    private static ApplicationFile approved(RegistrantId who) {
        ApplicationId application = Cases.sent(who);
        return Cases.seen(send(new ApproveApplication(application, Personal.of(""))));
    }

    private static ApplicationFile unapproved(String subject) {
        return ask(new FindApplication(Cases.sent(registered(subject, "Yusuf Example"))));
    }

    private static EnrolmentSummary enrolment(RegistrantId who) {
        return ask(new FindDossier(who)).enrolments().getFirst();
    }
}
