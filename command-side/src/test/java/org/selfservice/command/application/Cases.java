package org.selfservice.command.application;

import static org.selfservice.command.Samples.FORM;
import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.SHA_1;
import static org.selfservice.command.Samples.open;
import static org.selfservice.command.Samples.published;
import static org.selfservice.command.Samples.registered;
import static org.selfservice.command.Samples.right;
import static org.selfservice.command.World.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.selfservice.command.World;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.UploadDocument;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.DocumentUploaded;
import org.selfservice.kernel.application.ApplicationEvent.InformationProvided;
import org.selfservice.kernel.application.ApplicationEvent.InformationRequested;
import org.selfservice.kernel.application.ApplicationEvent.ReviewerAssigned;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Answer;

/** What happens to Lena's application for medical assistance. */
final class Cases {
    static final ApplicationId FIRST = new World().application(LENA, MEDICAL, 1);
    static final Instant KEPT_UNTIL = NOW.plus(Duration.ofDays(30));
    static final DocumentId BILL = document(1);
    static final String SHA = "a".repeat(64);

    private Cases() {}

    /** The program is open, the form published, and Lena registered. */
    static World world() {
        return new World().happened(published()).happened(open()).happened(registered());
    }

    static DocumentId document(int number) {
        return new DocumentId("d-" + "0".repeat(24) + number);
    }

    static ApplicationStarted started() {
        return started(1, 1);
    }

    static ApplicationStarted started(int ordinal, int formVersion) {
        return new ApplicationStarted(
                new World().application(LENA, MEDICAL, ordinal),
                LENA,
                MEDICAL,
                ordinal,
                "MED-1",
                FORM,
                formVersion,
                "en",
                KEPT_UNTIL);
    }

    static AnswersSaved saved(Map<String, Answer> answers) {
        return new AnswersSaved(FIRST, LENA, MEDICAL, Personal.of(answers), Map.of(), KEPT_UNTIL);
    }

    static AnswersSaved saved(String field, String value) {
        return saved(Map.of(field, Answer.text(value)));
    }

    static DocumentUploaded uploaded(DocumentId document, String field) {
        return new DocumentUploaded(
                FIRST, LENA, MEDICAL, document, field, Personal.of("bill.pdf"), "application/pdf", 1_000, SHA, false);
    }

    static UploadDocument upload(DocumentId document, String field) {
        return new UploadDocument(
                FIRST, LENA, document, field, Personal.of("bill.pdf"), "application/pdf", 1_000, SHA, false);
    }

    static SentDocument sent(DocumentId document, String field) {
        return new SentDocument(document, field, Personal.of("bill.pdf"), "application/pdf", 1_000, SHA);
    }

    static ApplicationSubmitted submitted(Map<String, Deferral> owed) {
        Submission submission = new Submission(
                FORM,
                1,
                SHA_1,
                4,
                0,
                Personal.of(right()),
                Map.of(),
                List.of(),
                List.of(),
                Personal.of(Map.of()),
                owed,
                "1",
                "en",
                SHA);
        return new ApplicationSubmitted(FIRST, LENA, MEDICAL, "MED-1", submission, NOW.plus(Duration.ofDays(14)));
    }

    static ReviewerAssigned taken(String reviewer) {
        return new ReviewerAssigned(FIRST, LENA, MEDICAL, reviewer);
    }

    static InformationRequested asked(List<String> fields, List<String> documents) {
        return new InformationRequested(
                FIRST, LENA, MEDICAL, fields, documents, Personal.of("Please"), NOW.plus(Duration.ofDays(7)));
    }

    static InformationProvided told(Map<String, Answer> answers, SentDocument... documents) {
        return new InformationProvided(FIRST, LENA, MEDICAL, Personal.of(answers), List.of(documents));
    }

    static ApplicationApproved approved() {
        return new ApplicationApproved(FIRST, LENA, MEDICAL, Personal.of(""));
    }

    static ApplicationWithdrawn withdrawn() {
        return new ApplicationWithdrawn(FIRST, LENA, MEDICAL, Personal.of(""));
    }

    /** A complete draft. */
    static List<Event> ready() {
        return List.of(started(), saved(right()), uploaded(BILL, "bill"));
    }

    /** Sent with a bill. */
    static List<Event> submitted(Event... later) {
        List<Event> events = new ArrayList<>(ready());
        events.add(submitted(Map.of()));
        events.addAll(List.of(later));
        return events;
    }
}
