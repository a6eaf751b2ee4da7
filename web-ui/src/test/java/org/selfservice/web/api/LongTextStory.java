package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.DeferDocument;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.document.SampleFiles;

/** Texts that staff write: what is too long is refused with a code and the field's name, never cut, never kept. */
class LongTextStory extends PortalUnderTest {
    private static final int LONGEST = 4_000;

    private static Visitor machine;
    private static ApplicationId application;
    private static String document;
    private static EnrolmentId enrolment;

    @BeforeAll
    static void aCaseAndAnEnrolment() {
        machine = machine("read", "cases:write", "enrolments:write");
        Visitor person = signedIn(ZOE);
        RegistrantId who = Cases.registrant(person);
        ApplicationId approved = Cases.sent(who);
        send(new ApproveApplication(approved, Personal.of("")));
        enrolment = bean(Pseudonyms.class).enrolment(who, Cases.MEDICAL);
        long sequence = send(new EnrolRegistrant(enrolment, who, Cases.MEDICAL, approved))
                .sequence();
        Awaitility.await().until(() -> ask(new FindDossier(who)).hasSeen(enrolment.value(), sequence));
        application = Cases.answered(who);
        String page = "/applications/" + application + "/documents/bills";
        person.get(page);
        person.postFiles(page, Map.of("bill.png", SampleFiles.png()));
        send(new DeferDocument(application, who, "hospital_letter", Deferral.REMIND_ME));
        Cases.seen(send(new SubmitApplication(application, who, "2026-11", "en")));
        document = ask(new FindApplication(application))
                .documents()
                .getFirst()
                .id()
                .value();
    }

    @ParameterizedTest
    @CsvSource({
        "remarks, text, '{\"text\": \"%s\", \"visible\": true}'",
        "approval, note, '{\"note\": \"%s\"}'",
        "rejection, explanation, '{\"reason\": \"not-covered\", \"explanation\": \"%s\"}'",
        "information-request, reason, '{\"fields\": [\"cost\"], \"documents\": [], \"reason\": \"%s\", \"deadline\": \"DEADLINE\"}'",
        "documents/DOCUMENT/rejection, reason, '{\"reason\": \"%s\"}'",
        "assignment, reviewer, '{\"reviewer\": \"%s\"}'",
    })
    void what_is_written_about_a_case_is_refused_whole(String address, String field, String body) {
        ApplicationFile before = ask(new FindApplication(application));
        String deadline = Instant.now().plus(5, ChronoUnit.DAYS).toString();

        Answer answer = machine.send(
                "POST",
                "/api/v1/cases/" + application + "/" + address.replace("DOCUMENT", document),
                body.replace("DEADLINE", deadline).formatted("é".repeat(LONGEST + 1)));

        isRefused(answer, field);
        assertThat(ask(new FindApplication(application))).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "pause, reason, '{\"reason\": \"%s\"}'",
        "exit, reason, '{\"reason\": \"%s\"}'",
        "entitlements, purpose, '{\"entitlement\": \"a\", \"amount\": 1, \"currency\": \"USD\", \"purpose\": \"%s\", \"validFrom\": \"2026-01-01\"}'",
        "entitlements, entitlement, '{\"entitlement\": \"%s\", \"amount\": 1, \"currency\": \"USD\", \"purpose\": \"a\", \"validFrom\": \"2026-01-01\"}'",
    })
    void what_is_written_about_an_enrolment_is_refused_whole(String address, String field, String body) {
        Answer answer = machine.send(
                "POST", "/api/v1/enrolments/" + enrolment + "/" + address, body.formatted("é".repeat(LONGEST + 1)));

        isRefused(answer, field);
    }

    @Test
    void the_longest_that_may_be_is_kept_to_the_last_character_whatever_the_characters() {
        String longest = "👩".repeat(LONGEST - 1) + "!";

        Answer answer = machine.send(
                "POST",
                "/api/v1/cases/" + application + "/remarks",
                "{\"text\": \"" + longest + "\", \"visible\": true}");

        assertThat(answer.status()).as(answer.body()).isLessThan(300);
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(ask(new FindApplication(application)).timeline())
                                .anyMatch(entry -> longest.equals(entry.text())));
    }

    private static void isRefused(Answer answer, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().path("code").asString()).isEqualTo("INVALID");
        assertThat(answer.json().at("/details/field").asString()).isEqualTo(field);
        assertThat(answer.body()).doesNotContain("éé");
    }
}
