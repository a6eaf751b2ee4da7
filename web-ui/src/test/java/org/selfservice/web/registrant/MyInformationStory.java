package org.selfservice.web.registrant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentCommand.GrantEntitlement;
import org.selfservice.kernel.enrolment.EnrolmentCommand.RecordPayment;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;

class MyInformationStory extends PortalUnderTest {
    private static final String NGUYEN = "7000800090";

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
        assertThat(signedIn("6000700080")
                        .post("/me/consents/" + consent + "/withdraw", Map.of())
                        .status())
                .isIn(403, 404);
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
    void everything_is_downloaded_as_one_file() {
        Visitor visitor = signedIn(NGUYEN);
        ApplicationId application = Cases.sent(Cases.registrant(visitor));

        Answer file = visitor.get("/me/download");

        assertThat(file.header("Content-Disposition").orElseThrow()).contains("attachment", "my-information-", ".json");
        assertThat(file.json().get("applications").toString()).contains(application.value(), "Hospital");
        assertThat(file.json().get("information").get("demographics").has("birthdate"))
                .isTrue();
    }

    @Test
    void my_programs_show_enrolment_entitlement_and_payment_in_the_programs_currency() {
        Visitor visitor = signedIn(NGUYEN);
        RegistrantId who = Cases.registrant(visitor);
        ApplicationId application = Cases.sent(who);
        send(new ApproveApplication(application, Personal.of("")));
        EnrolmentId enrolment = bean(Pseudonyms.class).enrolment(who, Cases.MEDICAL);
        String currency = ask(new FindProgram(Cases.MEDICAL)).profile().currency();
        send(new EnrolRegistrant(enrolment, who, Cases.MEDICAL, application));
        send(new GrantEntitlement(
                enrolment,
                "op-1",
                new Money(new java.math.BigDecimal("1200"), currency),
                "Operation",
                LocalDate.of(2026, 11, 1),
                null));
        long sequence = send(new RecordPayment(
                        enrolment,
                        "op-1",
                        "TX-77",
                        new Money(new java.math.BigDecimal("700.5"), currency),
                        LocalDate.of(2026, 11, 20)))
                .sequence();
        org.awaitility.Awaitility.await().until(() -> ask(new FindDossier(who)).hasSeen(enrolment.value(), sequence));

        assertThat(visitor.get("/enrolments").body()).contains("Enrolled", "Operation", "TX-77", "1,200", "700.50");
        assertThat(List.of(visitor.get("/applications/" + application).body()))
                .first()
                .asString()
                .contains("You are enrolled");
    }
}
