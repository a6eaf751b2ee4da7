package org.selfservice.command.application;

import static org.selfservice.command.Decide.refuseIf;
import static org.selfservice.kernel.application.ApplicationState.APPROVED;
import static org.selfservice.kernel.application.ApplicationState.DRAFT;
import static org.selfservice.kernel.application.ApplicationState.EXPIRED;
import static org.selfservice.kernel.application.ApplicationState.REJECTED;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.selfservice.command.Texts;
import org.selfservice.command.application.Evidence.Held;
import org.selfservice.command.application.Evidence.Mark;
import org.selfservice.command.program.Offer;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.AssignReviewer;
import org.selfservice.kernel.application.ApplicationCommand.CorrectDecision;
import org.selfservice.kernel.application.ApplicationCommand.RejectApplication;
import org.selfservice.kernel.application.ApplicationCommand.RejectDocument;
import org.selfservice.kernel.application.ApplicationCommand.Remark;
import org.selfservice.kernel.application.ApplicationCommand.VerifyDocument;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.DecisionCorrected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRejected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentVerified;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationEvent.ReviewerAssigned;
import org.selfservice.kernel.application.ApplicationEvent.ReviewerReleased;
import org.selfservice.kernel.document.DocumentId;

/**
 * What staff do with a case. It is decided while it is with them: SUBMITTED, IN_REVIEW or INFORMATION_REQUESTED, as a clear
 * case needs neither a reviewer who took it nor an answer that never came.
 */
record Reviewing(Case file, Author by) {

    /** A case that another reviewer took is handed on by that reviewer or by an administrator. */
    List<ApplicationEvent> assign(AssignReviewer command) {
        file.mustBeWithStaff();
        Texts.check("reviewer", command.reviewer(), 1, 200);
        if (command.reviewer().equals(file.review().reviewer())) {
            return List.of();
        }
        file.review().mustBeOpenTo(by);
        return List.of(new ReviewerAssigned(on().application(), on().registrant(), on().program(), command.reviewer()));
    }

    List<ApplicationEvent> release() {
        file.mustBeWithStaff();
        file.review().mustBeOpenTo(by);
        return file.review().reviewer() == null
                ? List.of()
                : List.of(new ReviewerReleased(on().application(), on().registrant(), on().program()));
    }

    List<ApplicationEvent> remark(Remark command) {
        refuseIf(file.state() == DRAFT || file.state() == EXPIRED, RefusalCode.APPLICATION_STATE);
        Texts.check("text", command.text().or(""), 1, Texts.LONGEST_NOTE);
        return List.of(
                new Remarked(on().application(), on().registrant(), on().program(), command.text(), command.visible()));
    }

    List<ApplicationEvent> verify(VerifyDocument command) {
        Held held = toJudge(command.document());
        return held.mark() == Mark.VERIFIED
                ? List.of()
                : List.of(new DocumentVerified(
                        on().application(),
                        on().registrant(),
                        on().program(),
                        command.document(),
                        held.document().field()));
    }

    List<ApplicationEvent> reject(RejectDocument command) {
        Held held = toJudge(command.document());
        Texts.checkReason("reason", command.reason());
        return held.mark() == Mark.REJECTED
                ? List.of()
                : List.of(new DocumentRejected(
                        on().application(),
                        on().registrant(),
                        on().program(),
                        command.document(),
                        held.document().field(),
                        command.reason()));
    }

    List<ApplicationEvent> approve(ApproveApplication command) {
        if (file.state() == APPROVED) {
            return List.of();
        }
        mustBeDecidable();
        Texts.checkNote("note", command.note());
        List<ApplicationEvent> events = new ArrayList<>(new Suspecting(file).beforeApproval(command.override()));
        events.add(new ApplicationApproved(on().application(), on().registrant(), on().program(), command.note()));
        return events;
    }

    List<ApplicationEvent> reject(RejectApplication command, Offer offer) {
        if (file.state() == REJECTED && command.reason().equals(file.review().reason())) {
            return List.of();
        }
        mustBeDecidable();
        checkReason(command.reason(), offer);
        Texts.checkNote("explanation", command.explanation());
        return List.of(new ApplicationRejected(
                on().application(), on().registrant(), on().program(), command.reason(), command.explanation()));
    }

    /** What was decided so already is not corrected; the suspicions that are in the way of an approval are in the way here too. */
    List<ApplicationEvent> correct(CorrectDecision command, Offer offer, boolean isEnrolled) {
        file.mustBe(APPROVED, REJECTED);
        String reason = command.approved() ? null : Objects.requireNonNullElse(command.reason(), "");
        if (command.approved() == (file.state() == APPROVED)
                && Objects.equals(reason, file.review().reason())) {
            return List.of();
        }
        Texts.checkReason("explanation", command.explanation());
        if (reason != null) {
            checkReason(reason, offer);
            refuseIf(isEnrolled, RefusalCode.ENROLLED);
        }
        List<ApplicationEvent> events = new ArrayList<>();
        if (command.approved()) {
            events.addAll(new Suspecting(file).beforeApproval(command.override()));
        }
        events.add(new DecisionCorrected(
                on().application(),
                on().registrant(),
                on().program(),
                command.approved(),
                reason,
                command.explanation()));
        return events;
    }

    private static void checkReason(String reason, Offer offer) {
        refuseIf(reason.isBlank(), RefusalCode.REASON_REQUIRED);
        refuseIf(offer.reasons().stream().noneMatch(one -> one.code().equals(reason)), RefusalCode.REASON_UNKNOWN);
    }

    private void mustBeDecidable() {
        file.mustBeWithStaff();
        file.review().mustBeOpenTo(by);
    }

    private Held toJudge(DocumentId document) {
        file.mustBeWithStaff();
        Held held = file.evidence().held(document);
        refuseIf(held.mark() == Mark.REMOVED, RefusalCode.DOCUMENT_UNKNOWN);
        return held;
    }

    private ApplicationStarted on() {
        return file.begun();
    }
}
