package org.selfservice.command.application;

import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.REVIEWER;
import static org.selfservice.command.Samples.staff;
import static org.selfservice.command.World.NOW;
import static org.selfservice.command.application.Cases.BILL;
import static org.selfservice.command.application.Cases.FIRST;
import static org.selfservice.command.application.Cases.approved;
import static org.selfservice.command.application.Cases.asked;
import static org.selfservice.command.application.Cases.document;
import static org.selfservice.command.application.Cases.ready;
import static org.selfservice.command.application.Cases.saved;
import static org.selfservice.command.application.Cases.sent;
import static org.selfservice.command.application.Cases.submitted;
import static org.selfservice.command.application.Cases.taken;
import static org.selfservice.command.application.Cases.told;
import static org.selfservice.command.application.Cases.uploaded;
import static org.selfservice.command.application.Cases.world;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.AssignReviewer;
import org.selfservice.kernel.application.ApplicationCommand.EraseApplication;
import org.selfservice.kernel.application.ApplicationCommand.ProvideInformation;
import org.selfservice.kernel.application.ApplicationCommand.RejectApplication;
import org.selfservice.kernel.application.ApplicationCommand.RejectDocument;
import org.selfservice.kernel.application.ApplicationCommand.Remark;
import org.selfservice.kernel.application.ApplicationCommand.RequestInformation;
import org.selfservice.kernel.application.ApplicationCommand.VerifyDocument;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentDeferred;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRejected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentVerified;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Answer;

class ReviewTest {
    private static final ApproveApplication APPROVE = new ApproveApplication(FIRST, Personal.of(""));
    private static final ApplicationRejected REJECTED =
            new ApplicationRejected(FIRST, LENA, MEDICAL, "not-covered", Personal.of("Sorry"));
    private static final ProvideInformation PROVIDE = new ProvideInformation(FIRST, LENA);

    private static World given(Event... later) {
        return world().by(REVIEWER).given(Application.class, submitted(later));
    }

    @Test
    void beginsWhenSomebodyTakesTheCase() {
        given().grants(new AssignReviewer(FIRST, "rita"), taken("rita"));
    }

    @Test
    void ofACaseThatIsTakenGoesOn() {
        given(taken("rita")).changesNothing(new AssignReviewer(FIRST, "rita"));
    }

    @Test
    void isHandedOnByWhoTookTheCase() {
        given(taken("rita")).grants(new AssignReviewer(FIRST, "paul"), taken("paul"));
    }

    @Test
    void isNotTakenAwayByAnother() {
        given(taken("paul")).refuses(new AssignReviewer(FIRST, "rita"), RefusalCode.ASSIGNED_TO_ANOTHER);
    }

    @Test
    void isTakenAwayByAnAdministrator() {
        world().by(staff("ada", Author.Role.PROGRAM_ADMIN))
                .given(Application.class, submitted(taken("paul")))
                .grants(new AssignReviewer(FIRST, "rita"), taken("rita"));
    }

    @Test
    void doesNotBeginBeforeTheCaseIsSent() {
        world().by(REVIEWER)
                .given(Application.class, ready())
                .refuses(new AssignReviewer(FIRST, "rita"), RefusalCode.APPLICATION_STATE, "state", "DRAFT");
    }

    @Test
    void asksForInformation() {
        given(taken("rita"))
                .grants(ask(List.of("treatment"), List.of("letter")), asked(List.of("treatment"), List.of("letter")));
    }

    @Test
    void asksForSomething() {
        given().refuses(ask(List.of(), List.of()), RefusalCode.NOTHING_REQUESTED);
    }

    @Test
    void asksForWhatTheFormAsks() {
        given().refuses(ask(List.of("shoe_size"), List.of()), RefusalCode.UNKNOWN_FIELD, "field", "shoe_size");
    }

    @Test
    void asksForDocumentsWhereDocumentsAre() {
        given().refuses(ask(List.of(), List.of("treatment")), RefusalCode.UNKNOWN_FIELD, "field", "treatment");
    }

    @Test
    void saysWhyItAsks() {
        given().refuses(
                        new RequestInformation(
                                FIRST, List.of("treatment"), List.of(), Personal.of(" "), NOW.plusSeconds(60)),
                        RefusalCode.REASON_REQUIRED);
    }

    @Test
    void leavesTimeToAnswer() {
        given().refuses(
                        new RequestInformation(FIRST, List.of("treatment"), List.of(), Personal.of("Please"), NOW),
                        RefusalCode.INVALID,
                        "field",
                        "deadline");
    }

    @Test
    void asksOneThingAtATime() {
        given(asked(List.of("treatment"), List.of()))
                .refuses(ask(List.of("name"), List.of()), RefusalCode.APPLICATION_STATE);
    }

    @Test
    void goesOnWithTheAnswerAndTheDocuments() {
        given(asked(List.of("amount"), List.of("letter")), saved("amount", "1,300"), uploaded(document(2), "letter"))
                .grants(PROVIDE, told(Map.of("amount", Answer.text("1300.00")), sent(document(2), "letter")));
    }

    @Test
    void goesOnOnce() {
        given(asked(List.of("amount"), List.of()), told(Map.of("amount", Answer.text("1300.00"))))
                .changesNothing(PROVIDE);
    }

    @Test
    void takesNoWrongAnswer() {
        given(asked(List.of("amount"), List.of()), saved("amount", "a lot"))
                .refuses(PROVIDE, RefusalCode.ANSWERS_NOT_VALID, "fields", "amount");
    }

    @Test
    void takesNoAnswerWithoutTheDocument() {
        given(asked(List.of(), List.of("bill"))).refuses(PROVIDE, RefusalCode.ANSWERS_NOT_VALID, "fields", "bill");
    }

    @Test
    void asksAnewForWhatWasPutOff() {
        given(putOff(Deferral.REMIND_ME))
                .grants(ask(List.of(), List.of("letter")), putOff(null), asked(List.of(), List.of("letter")));
    }

    @Test
    void takesAPromiseWhereTheProgramDoes() {
        given(asked(List.of(), List.of("letter")), putOff(Deferral.CANNOT_GET)).grants(PROVIDE, told(Map.of()));
    }

    @Test
    void takesNoAnswerThatNobodyAskedFor() {
        given().refuses(PROVIDE, RefusalCode.APPLICATION_STATE, "state", "SUBMITTED");
    }

    @Test
    void verifiesADocument() {
        given().grants(new VerifyDocument(FIRST, BILL), new DocumentVerified(FIRST, LENA, MEDICAL, BILL, "bill"));
    }

    @Test
    void verifiesItOnce() {
        given(new DocumentVerified(FIRST, LENA, MEDICAL, BILL, "bill")).changesNothing(new VerifyDocument(FIRST, BILL));
    }

    @Test
    void verifiesNothingUnknown() {
        given().refuses(new VerifyDocument(FIRST, document(9)), RefusalCode.DOCUMENT_UNKNOWN);
    }

    @Test
    void rejectsADocumentWithAReason() {
        given().grants(
                        reject(BILL, "Blurred"),
                        new DocumentRejected(FIRST, LENA, MEDICAL, BILL, "bill", Personal.of("Blurred")));
    }

    @Test
    void rejectsNoDocumentWithoutAReason() {
        given().refuses(reject(BILL, ""), RefusalCode.REASON_REQUIRED);
    }

    @Test
    void isRemarkedOn() {
        given().grants(
                        new Remark(FIRST, Personal.of("Looks fine"), false),
                        new Remarked(FIRST, LENA, MEDICAL, Personal.of("Looks fine"), false));
    }

    @Test
    void isNotRemarkedOnWithNothing() {
        given().refuses(new Remark(FIRST, Personal.of(""), false), RefusalCode.INVALID, "field", "text");
    }

    @Test
    void ofADraftHasNoRemarks() {
        world().by(REVIEWER)
                .given(Application.class, ready())
                .refuses(new Remark(FIRST, Personal.of("Hm"), false), RefusalCode.APPLICATION_STATE);
    }

    @Test
    void endsWithAnApproval() {
        given(taken("rita")).grants(APPROVE, approved());
    }

    @Test
    void mayEndAtOnce() {
        given().grants(APPROVE, approved());
    }

    @Test
    void mayEndWithoutAnAnswer() {
        given(taken("rita"), asked(List.of("name"), List.of())).grants(APPROVE, approved());
    }

    @Test
    void endsOnce() {
        given(approved()).changesNothing(APPROVE);
    }

    @Test
    void doesNotEndTwice() {
        given(approved()).refuses(reject("not-covered"), RefusalCode.APPLICATION_STATE, "state", "APPROVED");
    }

    @Test
    void isNotEndedByAnotherReviewer() {
        given(taken("paul")).refuses(APPROVE, RefusalCode.ASSIGNED_TO_ANOTHER);
    }

    @Test
    void ofADraftDoesNotEnd() {
        world().by(REVIEWER)
                .given(Application.class, ready())
                .refuses(APPROVE, RefusalCode.APPLICATION_STATE, "state", "DRAFT");
    }

    @Test
    void endsWithARejectionAndItsReason() {
        given(taken("rita")).grants(reject("not-covered"), REJECTED);
    }

    @Test
    void endsWithTheSameRejectionOnce() {
        given(REJECTED).changesNothing(reject("not-covered"));
    }

    @Test
    void doesNotEndWithARejectionWithoutAReason() {
        given().refuses(reject(""), RefusalCode.REASON_REQUIRED);
    }

    @Test
    void doesNotEndWithAReasonThatTheProgramDoesNotHave() {
        given().refuses(reject("because"), RefusalCode.REASON_UNKNOWN);
    }

    @Test
    void leavesNothingPersonalOnceTheCaseIsErased() {
        world().given(Application.class, submitted(approved()))
                .grants(new EraseApplication(FIRST), new ApplicationErased(FIRST, LENA, MEDICAL));
    }

    @Test
    void ofAnErasedCaseIsErasedOnce() {
        world().given(Application.class, submitted(approved(), new ApplicationErased(FIRST, LENA, MEDICAL)))
                .changesNothing(new EraseApplication(FIRST));
    }

    private static DocumentDeferred putOff(@Nullable Deferral why) {
        return new DocumentDeferred(FIRST, LENA, MEDICAL, "letter", why);
    }

    private static RequestInformation ask(List<String> fields, List<String> documents) {
        return new RequestInformation(FIRST, fields, documents, Personal.of("Please"), NOW.plus(Duration.ofDays(7)));
    }

    private static RejectApplication reject(String reason) {
        return new RejectApplication(FIRST, reason, Personal.of("Sorry"));
    }

    private static RejectDocument reject(DocumentId document, String reason) {
        return new RejectDocument(FIRST, document, Personal.of(reason));
    }
}
