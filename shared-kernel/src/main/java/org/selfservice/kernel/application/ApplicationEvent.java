package org.selfservice.kernel.application;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.EventName;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/** What happened to applications. Each names its registrant and program, as views of a person and of a program need them. */
public sealed interface ApplicationEvent extends Event {
    ApplicationId application();

    RegistrantId registrant();

    ProgramCode program();

    @Override
    default String stream() {
        return application().value();
    }

    /** @param keptUntil the draft expires then unless it is saved again */
    @EventName("application.started")
    record ApplicationStarted(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            int ordinal,
            String reference,
            FormCode form,
            int formVersion,
            String language,
            Instant keptUntil)
            implements ApplicationEvent {}

    /** Changed answers only; an empty answer clears the field. */
    @EventName("application.answers-saved")
    record AnswersSaved(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            Personal<Map<String, Answer>> answers,
            Map<String, AnswerSource> sources,
            Instant keptUntil)
            implements ApplicationEvent {}

    /** @param dropped ids of questions that the new version does not have, or asks in another way */
    @EventName("application.form-version-adopted")
    record FormVersionAdopted(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            FormCode form,
            int formVersion,
            List<String> dropped)
            implements ApplicationEvent {}

    @EventName("application.document-uploaded")
    record DocumentUploaded(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            DocumentId document,
            String field,
            Personal<String> name,
            String mediaType,
            long bytes,
            String sha256,
            boolean scanned)
            implements ApplicationEvent {}

    @EventName("application.document-removed")
    record DocumentRemoved(
            ApplicationId application, RegistrantId registrant, ProgramCode program, DocumentId document, String field)
            implements ApplicationEvent {}

    @EventName("application.document-deferred")
    record DocumentDeferred(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            String field,
            @Nullable Deferral why)
            implements ApplicationEvent {}

    /** @param decideBy the program's service promise, from now */
    @EventName("application.submitted")
    record ApplicationSubmitted(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            String reference,
            Submission submission,
            Instant decideBy)
            implements ApplicationEvent {}

    @EventName("application.withdrawn")
    record ApplicationWithdrawn(
            ApplicationId application, RegistrantId registrant, ProgramCode program, Personal<String> reason)
            implements ApplicationEvent {}

    @EventName("application.reviewer-assigned")
    record ReviewerAssigned(ApplicationId application, RegistrantId registrant, ProgramCode program, String reviewer)
            implements ApplicationEvent {}

    @EventName("application.reviewer-released")
    record ReviewerReleased(ApplicationId application, RegistrantId registrant, ProgramCode program)
            implements ApplicationEvent {}

    @EventName("application.information-requested")
    record InformationRequested(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            List<String> fields,
            List<String> documents,
            Personal<String> reason,
            Instant deadline)
            implements ApplicationEvent {}

    /** @param answers the answers asked for, normalized; {@code documents} those handed in since the request */
    @EventName("application.information-provided")
    record InformationProvided(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            Personal<Map<String, Answer>> answers,
            List<SentDocument> documents)
            implements ApplicationEvent {}

    /** Nobody answered by the deadline: staff go on with what there is. */
    @EventName("application.request-expired")
    record RequestExpired(ApplicationId application, RegistrantId registrant, ProgramCode program)
            implements ApplicationEvent {}

    @EventName("application.remarked")
    record Remarked(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            Personal<String> text,
            boolean visible)
            implements ApplicationEvent {}

    @EventName("application.document-verified")
    record DocumentVerified(
            ApplicationId application, RegistrantId registrant, ProgramCode program, DocumentId document, String field)
            implements ApplicationEvent {}

    @EventName("application.document-rejected")
    record DocumentRejected(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            DocumentId document,
            String field,
            Personal<String> reason)
            implements ApplicationEvent {}

    @EventName("application.approved")
    record ApplicationApproved(
            ApplicationId application, RegistrantId registrant, ProgramCode program, Personal<String> note)
            implements ApplicationEvent {}

    @EventName("application.rejected")
    record ApplicationRejected(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            String reason,
            Personal<String> explanation)
            implements ApplicationEvent {}

    /**
     * From now on this is the decision; what was decided before stays on record.
     *
     * @param reason of a rejection; null for an approval
     * @param explanation why it was corrected, which the person reads
     */
    @EventName("application.decision-corrected")
    record DecisionCorrected(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            boolean approved,
            @Nullable String reason,
            Personal<String> explanation)
            implements ApplicationEvent {}

    @EventName("application.draft-expired")
    record DraftExpired(ApplicationId application, RegistrantId registrant, ProgramCode program)
            implements ApplicationEvent {}

    /** @param kinds what the two have in common that was not known before */
    @EventName("application.duplicate-suspected")
    record DuplicateSuspected(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            ApplicationId other,
            Set<Likeness> kinds)
            implements ApplicationEvent {}

    @EventName("application.suspicion-resolved")
    record SuspicionResolved(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            ApplicationId other,
            Verdict verdict,
            Personal<String> reason)
            implements ApplicationEvent {}

    /** The application was approved all the same. */
    @EventName("application.suspicion-overridden")
    record SuspicionOverridden(
            ApplicationId application,
            RegistrantId registrant,
            ProgramCode program,
            List<ApplicationId> others,
            Personal<String> reason)
            implements ApplicationEvent {}

    /** The case's key was destroyed, with its registrant or by a retention rule: no personal value of it can be read again. */
    @EventName("application.erased")
    record ApplicationErased(ApplicationId application, RegistrantId registrant, ProgramCode program)
            implements ApplicationEvent {}
}
