package org.selfservice.command.application;

import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.OMAR;
import static org.selfservice.command.application.Cases.BILL;
import static org.selfservice.command.application.Cases.FIRST;
import static org.selfservice.command.application.Cases.SHA;
import static org.selfservice.command.application.Cases.approved;
import static org.selfservice.command.application.Cases.asked;
import static org.selfservice.command.application.Cases.document;
import static org.selfservice.command.application.Cases.started;
import static org.selfservice.command.application.Cases.submitted;
import static org.selfservice.command.application.Cases.upload;
import static org.selfservice.command.application.Cases.uploaded;
import static org.selfservice.command.application.Cases.world;
import static org.selfservice.kernel.LocalizedText.en;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.ApplicationCommand.DeferDocument;
import org.selfservice.kernel.application.ApplicationCommand.RemoveDocument;
import org.selfservice.kernel.application.ApplicationCommand.UploadDocument;
import org.selfservice.kernel.application.ApplicationEvent.DocumentDeferred;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRejected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRemoved;
import org.selfservice.kernel.application.ApplicationEvent.DocumentVerified;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.ProgramEvent.DocumentsRequired;

class HandingInTest {
    private static final DocumentRemoved REMOVED = new DocumentRemoved(FIRST, LENA, MEDICAL, BILL, "bill");
    private static final DocumentDeferred PUT_OFF =
            new DocumentDeferred(FIRST, LENA, MEDICAL, "bill", Deferral.REMIND_ME);

    private static World given(Event... events) {
        return world().given(Application.class, events);
    }

    @Test
    void namesADocument() {
        given(started()).grants(upload(BILL, "bill"), uploaded(BILL, "bill"));
    }

    @Test
    void namesItOnce() {
        given(started(), uploaded(BILL, "bill")).changesNothing(upload(BILL, "bill"));
    }

    @Test
    void doesNotGiveTwoDocumentsOneId() {
        given(started(), uploaded(BILL, "bill"))
                .refuses(upload(BILL, "letter"), RefusalCode.INVALID, "field", "document");
    }

    @Test
    void takesTwoDocumentsWithTheSameContent() {
        given(started(), uploaded(BILL, "bill")).grants(upload(document(2), "bill"), uploaded(document(2), "bill"));
    }

    @Test
    void takesNoMoreThanTheQuestionAllows() {
        given(started(), uploaded(BILL, "bill"), uploaded(document(2), "bill"))
                .refuses(upload(document(3), "bill"), RefusalCode.TOO_MANY_DOCUMENTS, "limit", "2");
    }

    @Test
    void takesAnotherOneForOneThatWasRemoved() {
        given(started(), uploaded(BILL, "bill"), uploaded(document(2), "bill"), REMOVED)
                .grants(upload(document(3), "bill"), uploaded(document(3), "bill"));
    }

    @Test
    void takesNoDocumentForAQuestionThatIsNotForFiles() {
        given(started()).refuses(upload(BILL, "name"), RefusalCode.UNKNOWN_FIELD, "field", "name");
    }

    @Test
    void takesNoEmptyDocument() {
        given(started()).refuses(bill("a.pdf", "application/pdf", 0), RefusalCode.DOCUMENT_EMPTY);
    }

    @Test
    void takesNoDocumentAboveTheLimit() {
        given(started())
                .refuses(
                        bill("a.pdf", "application/pdf", 1_000_001),
                        RefusalCode.DOCUMENT_TOO_LARGE,
                        "limit",
                        "1000000");
    }

    @Test
    void takesNoDocumentOfAnotherType() {
        given(started()).refuses(bill("a.exe", "application/x-msdownload", 1), RefusalCode.DOCUMENT_TYPE);
    }

    @Test
    void takesNoNameOf300Characters() {
        given(started()).refuses(bill("x".repeat(300), "application/pdf", 1), RefusalCode.INVALID, "field", "name");
    }

    @Test
    void takesNoHashThatIsNone() {
        given(started())
                .refuses(
                        new UploadDocument(
                                FIRST, LENA, BILL, "bill", Personal.of("a"), "application/pdf", 1, "abc", false),
                        RefusalCode.INVALID,
                        "field",
                        "sha256");
    }

    @Test
    void takesNothingForAnotherPerson() {
        given(started())
                .refuses(
                        new UploadDocument(
                                FIRST, OMAR, BILL, "bill", Personal.of("a"), "application/pdf", 1, SHA, false),
                        RefusalCode.NOT_FOUND);
    }

    @Test
    void removesADocument() {
        given(started(), uploaded(BILL, "bill")).grants(new RemoveDocument(FIRST, LENA, BILL), REMOVED);
    }

    @Test
    void removesItOnce() {
        given(started(), uploaded(BILL, "bill"), REMOVED).changesNothing(new RemoveDocument(FIRST, LENA, BILL));
    }

    @Test
    void removesNothingThatIsUnknown() {
        given(started()).refuses(new RemoveDocument(FIRST, LENA, BILL), RefusalCode.DOCUMENT_UNKNOWN);
    }

    @Test
    void doesNotRemoveWhatWasSent() {
        world().given(Application.class, submitted())
                .refuses(new RemoveDocument(FIRST, LENA, BILL), RefusalCode.APPLICATION_STATE);
    }

    @Test
    void putsOffADocumentThatMayBeOwed() {
        given(started()).grants(new DeferDocument(FIRST, LENA, "bill", Deferral.REMIND_ME), PUT_OFF);
    }

    @Test
    void putsItOffOnce() {
        given(started(), PUT_OFF).changesNothing(new DeferDocument(FIRST, LENA, "bill", Deferral.REMIND_ME));
    }

    @Test
    void putsItOffNoLonger() {
        given(started(), PUT_OFF)
                .grants(
                        new DeferDocument(FIRST, LENA, "bill", null),
                        new DocumentDeferred(FIRST, LENA, MEDICAL, "bill", null));
    }

    @Test
    void putsOffWhatIsOptional() {
        given(started())
                .grants(
                        new DeferDocument(FIRST, LENA, "letter", Deferral.DOES_NOT_APPLY),
                        new DocumentDeferred(FIRST, LENA, MEDICAL, "letter", Deferral.DOES_NOT_APPLY));
    }

    @Test
    void doesNotPutOffWhatTheProgramNeeds() {
        world().happened(
                        new DocumentsRequired(MEDICAL, List.of(new DocumentRequirement("bill", en("The bill"), false))))
                .given(Application.class, started())
                .refuses(
                        new DeferDocument(FIRST, LENA, "bill", Deferral.REMIND_ME),
                        RefusalCode.NOT_ALLOWED,
                        "field",
                        "bill");
    }

    @Test
    void afterSendingTakesWhatIsOwed() {
        given(started(), PUT_OFF, submitted(Map.of("bill", Deferral.REMIND_ME)))
                .grants(upload(BILL, "bill"), uploaded(BILL, "bill"));
    }

    @Test
    void afterSendingDoesNotForgetWhatIsOwed() {
        given(started(), PUT_OFF, submitted(Map.of("bill", Deferral.REMIND_ME)))
                .refuses(new DeferDocument(FIRST, LENA, "bill", null), RefusalCode.NOT_REQUESTED, "fields", "bill");
    }

    @Test
    void afterSendingTakesAnotherOneForOneThatWasRejected() {
        world().given(
                        Application.class,
                        submitted(new DocumentRejected(
                                FIRST, LENA, MEDICAL, BILL, "bill", Personal.of("Cannot be read"))))
                .grants(upload(document(2), "bill"), uploaded(document(2), "bill"));
    }

    @Test
    void afterSendingTakesWhatWasAskedFor() {
        world().given(Application.class, submitted(asked(List.of(), List.of("letter"))))
                .grants(upload(document(2), "letter"), uploaded(document(2), "letter"));
    }

    @Test
    void afterSendingTakesNothingElse() {
        world().given(Application.class, submitted(asked(List.of(), List.of("letter"))))
                .refuses(upload(document(2), "bill"), RefusalCode.NOT_REQUESTED, "fields", "bill");
    }

    @Test
    void afterSendingTakesBackWhatWasNotSentYet() {
        world().given(
                        Application.class,
                        submitted(asked(List.of(), List.of("letter")), uploaded(document(2), "letter")))
                .grants(
                        new RemoveDocument(FIRST, LENA, document(2)),
                        new DocumentRemoved(FIRST, LENA, MEDICAL, document(2), "letter"));
    }

    @Test
    void doesNotTakeBackWhatWasVerified() {
        world().given(
                        Application.class,
                        submitted(
                                asked(List.of(), List.of("letter")),
                                uploaded(document(2), "letter"),
                                new DocumentVerified(FIRST, LENA, MEDICAL, document(2), "letter")))
                .refuses(new RemoveDocument(FIRST, LENA, document(2)), RefusalCode.APPLICATION_STATE);
    }

    @Test
    void afterTheDecisionTakesNothing() {
        world().given(Application.class, submitted(approved()))
                .refuses(upload(document(2), "bill"), RefusalCode.APPLICATION_STATE, "state", "APPROVED");
    }

    private static UploadDocument bill(String name, String mediaType, long bytes) {
        return new UploadDocument(FIRST, LENA, BILL, "bill", Personal.of(name), mediaType, bytes, SHA, false);
    }
}
