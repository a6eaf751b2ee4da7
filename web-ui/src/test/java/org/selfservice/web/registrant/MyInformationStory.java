package org.selfservice.web.registrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfservice.Cases;
import org.selfservice.PdfText;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentCommand.GrantEntitlement;
import org.selfservice.kernel.enrolment.EnrolmentCommand.RecordPayment;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.Consent;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Recipient;
import org.selfservice.web.document.SampleFiles;
import tools.jackson.databind.JsonNode;

class MyInformationStory extends PortalUnderTest {
    private static final String NGUYEN = "7000800090";
    private static final String TOMAS = "6000700080";

    @Test
    void every_value_says_where_it_came_from_and_whether_it_is_verified() {
        assertThat(signedIn(NGUYEN).get("/me").body())
                .contains("Nguyễn Văn Mẫu", "From National ID", "Verified", "Date of birth")
                .contains("Signing in with National ID", "Withdraw this consent");
    }

    @Test
    void a_changed_value_stands_beside_the_verified_one_and_the_difference_is_shown() {
        Visitor visitor = signedIn(NGUYEN);
        Answer form = visitor.get("/me/change/phone_number");
        assertThat(form.body()).contains("both are kept");

        Answer after =
                visitor.submit(form, "/me/change/phone_number", Map.of("answer.phone_number", "+1 202 555-0177"));

        assertThat(after.at().getPath()).isEqualTo("/me");
        assertThat(after.body())
                .contains("Phone number was saved.", "+12025550177", "From you", "Not verified", "Different values");
    }

    @ParameterizedTest
    @CsvSource({"phone_number, 12", "email, nobody"})
    void a_value_that_cannot_be_is_refused_and_stays_as_typed(String attribute, String typed) {
        Visitor visitor = signedIn(NGUYEN);
        Answer form = visitor.get("/me/change/" + attribute);

        Answer wrong = visitor.submit(form, "/me/change/" + attribute, Map.of("answer." + attribute, typed));

        assertThat(wrong.body()).contains("<title>Error:", "value=\"" + typed + "\"");
    }

    @ParameterizedTest
    @CsvSource({"name, 201", "name, 10000", "given_name, 201", "gender, 41", "bank_account, 41", "email, 10000"})
    void a_value_that_is_too_long_is_refused_and_stays_as_typed_to_the_last_character(String attribute, int length) {
        Visitor visitor = signedIn(NGUYEN);
        RegistrantId who = Cases.registrant(visitor);
        var before = ask(new FindDossier(who)).demographics();
        Answer form = visitor.get("/me/change/" + attribute);
        String typed = "é".repeat(length);

        Answer wrong = visitor.submit(form, "/me/change/" + attribute, Map.of("answer." + attribute, typed));

        assertThat(wrong.body()).contains("<title>Error:", "value=\"" + typed + "\"");
        assertThat(ask(new FindDossier(who)).demographics()).isEqualTo(before);
    }

    @Test
    void an_id_number_cannot_be_typed() {
        assertThat(signedIn(NGUYEN).get("/me/change/individual_id").status()).isEqualTo(404);
    }

    @Test
    void names_with_tags_quotes_and_marks_are_shown_as_they_are() {
        Visitor visitor = signedIn(NGUYEN);
        String name = "O'Brien \"<script>alert(1)</script>\" 👩🏽‍🌾 e\u0301";
        visitor.submit(visitor.get("/me/change/name"), "/me/change/name", Map.of("answer.name", name));

        assertThat(visitor.get("/me").body())
                .contains("O&#39;Brien &quot;&lt;script&gt;alert(1)&lt;/script&gt;&quot; 👩🏽‍🌾 é")
                .doesNotContain("<script>alert");
    }

    @Test
    void a_consent_is_withdrawn_and_the_withdrawal_is_dated() {
        Visitor visitor = signedIn(NGUYEN);
        RegistrantId who = Cases.registrant(visitor);
        String consent = ask(new FindDossier(who)).consents().stream()
                .filter(one -> one.withdrawnAt() == null)
                .findFirst()
                .orElseThrow()
                .id();

        visitor.get("/me");
        assertThat(visitor.post("/me/consents/" + consent + "/withdraw", Map.of())
                        .body())
                .contains("Withdrawn on");
        assertThat(ask(new FindDossier(who)).consents())
                .anySatisfy(one -> assertThat(one.id().equals(consent) && one.withdrawnAt() != null)
                        .isTrue());
    }

    @Test
    void a_consent_has_a_receipt_with_its_words_in_the_language_in_which_they_were_read() throws IOException {
        Visitor visitor = signedIn(MARIA);
        Consent consent = ask(new FindDossier(Cases.registrant(visitor))).consents().stream()
                .filter(one ->
                        one.textVersion().equals("sign-in-1") && one.language().equals("en"))
                .findFirst()
                .orElseThrow();
        String receipt = "/me/consents/" + consent.id() + "/receipt.pdf";
        assertThat(visitor.get("/me").body()).contains(receipt);
        assertThat(PdfText.of(visitor, receipt))
                .contains("What you agreed to share", "National ID", "Full name", "Date of birth", "sign-in-1, en")
                .contains("We use them to fill in forms for you.");
        assertThat(PdfText.of(visitor, receipt + "?lang=fr"))
                .contains("Date de votre accord", "We use them to fill in forms for you.");
        visitor.get("/me?lang=en");
        // nobody else reads it
        assertThat(signedIn(NGUYEN)
                        .get("/me/consents/x" + consent.id() + "/receipt.pdf")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void another_persons_consent_is_as_unknown_as_one_that_does_not_exist() {
        RegistrantId who = Cases.registrant(signedIn(NGUYEN));
        List<Consent> before = ask(new FindDossier(who)).consents();
        String consent = before.getFirst().id();
        Visitor stranger = signedIn(TOMAS);
        List<Consent> own = ask(new FindDossier(Cases.registrant(stranger))).consents();
        stranger.get("/me");

        assertThat(stranger.csrf()).isNotEmpty();
        assertThat(stranger.post("/me/consents/" + "x" + consent + "/withdraw", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(stranger.post("/me/consents/" + consent + "/withdraw", Map.of())
                        .status())
                .isEqualTo(404);

        assertThat(ask(new FindDossier(who)).consents()).isEqualTo(before);
        assertThat(ask(new FindDossier(Cases.registrant(stranger))).consents()).isEqualTo(own);
    }

    @Test
    void how_one_is_contacted_is_remembered() {
        Visitor visitor = signedIn(NGUYEN);
        visitor.get("/me");

        visitor.post("/me/contact", Map.of("via", "SMS", "language", "ar"));

        assertThat(visitor.get("/me").body())
                .containsPattern("value=\"SMS\"[^>]*selected")
                .containsPattern("value=\"ar\"[^>]*selected");
    }

    @Test
    void a_value_says_which_programs_received_it_and_when() {
        Visitor visitor = signedIn(MARIA);
        RegistrantId who = Cases.registrant(visitor);
        ApplicationId application = Cases.sent(who);
        Instant sent = ask(new FindApplication(application)).submittedAt();
        Awaitility.await()
                .untilAsserted(() -> assertThat(recipients(ask(new FindDossier(who))))
                        .extracting(Recipient::application)
                        .contains(application));

        String page = visitor.get("/me").body();
        String name = page.substring(
                page.indexOf("id=\"h-name\""), page.indexOf("</section>", page.indexOf("id=\"h-name\"")));
        assertThat(name).contains("You shared this value with:");
        String line = name.substring(name.indexOf("/applications/" + application));
        line = line.substring(0, line.indexOf("</li>"));
        assertThat(line).contains("Help with medical costs", "datetime=\"" + sent);
    }

    @Test
    void everything_is_downloaded_as_one_file() {
        Visitor visitor = signedIn(TOMAS);
        RegistrantId who = Cases.registrant(visitor);
        ApplicationId approved = Cases.answered(who);
        String documents = "/applications/" + approved + "/documents/hospital_letter";
        visitor.get(documents);
        visitor.postFiles(documents, Map.of("letter.pdf", SampleFiles.pdf()));
        Cases.seen(send(new SubmitApplication(approved, who, "2026-11", "en")));
        enrolledAndPaid(who, approved, "op-2", "TX-88");
        ApplicationId application = Cases.sent(who);
        visitor.get("/me");
        visitor.post("/me/contact", Map.of("via", "EMAIL", "language", "fr"));

        Answer file = visitor.get("/me/download");

        assertThat(file.header("Content-Disposition").orElseThrow()).contains("attachment", "my-information-", ".json");
        assertThat(file.json().get("applications").toString()).contains(application.value(), "Hospital");
        JsonNode information = file.json().get("information");
        assertThat(information.get("demographics").has("birthdate")).isTrue();
        assertThat(information.at("/demographics/name/0/source").toString()).isNotBlank();
        assertThat(information.get("demographics").findValues("recipients").toString())
                .contains(approved.value(), application.value(), Cases.MEDICAL.value());
        assertThat(information.get("consents").toString())
                .contains("sign-in", "\"claims\"", "\"givenAt\"", "\"textVersion\"");
        assertThat(information.get("contact").toString()).contains("EMAIL", "fr");
        assertThat(information.get("enrolments").toString())
                .contains("ENROLLED", "op-2", "Operation", "TX-88", "700.5");
        assertThat(information.get("identities").toString()).contains("national");
        JsonNode sent = file.json()
                .get("applications")
                .valueStream()
                .filter(one -> one.get("id").asString().equals(approved.value()))
                .findFirst()
                .orElseThrow();
        assertThat(sent.get("documents").toString()).contains("letter.pdf", "application/pdf", "sha256");
        assertThat(sent.get("timeline").toString()).contains("application.submitted");
        assertThat(sent.get("submission").toString()).contains("Hospital", "letter.pdf");
    }

    @Test
    void my_programs_show_enrolment_entitlement_and_payment_in_the_programs_currency() {
        Visitor visitor = signedIn(NGUYEN);
        RegistrantId who = Cases.registrant(visitor);
        ApplicationId application = Cases.sent(who);
        enrolledAndPaid(who, application, "op-1", "TX-77");

        assertThat(visitor.get("/enrolments").body()).contains("Enrolled", "Operation", "TX-77", "1,200", "700.50");
        assertThat(visitor.get("/applications/" + application).body()).contains("You are enrolled");
    }

    private static void enrolledAndPaid(
            RegistrantId who, ApplicationId application, String entitlement, String payment) {
        Cases.seen(send(new ApproveApplication(application, Personal.of(""))));
        EnrolmentId enrolment = bean(Pseudonyms.class).enrolment(who, Cases.MEDICAL);
        String currency = ask(new FindProgram(Cases.MEDICAL)).profile().currency();
        if (ask(new FindDossier(who)).enrolments().stream()
                .noneMatch(one -> one.program().equals(Cases.MEDICAL) && one.state() != EnrolmentState.EXITED)) {
            send(new EnrolRegistrant(enrolment, who, Cases.MEDICAL, application));
        }
        send(new GrantEntitlement(
                enrolment,
                entitlement,
                new Money(new BigDecimal("1200"), currency),
                "Operation",
                LocalDate.of(2026, 11, 1),
                null));
        long sequence = send(new RecordPayment(
                        enrolment,
                        entitlement,
                        payment,
                        new Money(new BigDecimal("700.5"), currency),
                        LocalDate.of(2026, 11, 20)))
                .sequence();
        Awaitility.await().until(() -> ask(new FindDossier(who)).hasSeen(enrolment.value(), sequence));
    }

    private static List<Recipient> recipients(Dossier dossier) {
        return dossier.demographics().get(Demographics.NAME).stream()
                .flatMap(value -> value.recipients().stream())
                .toList();
    }
}
