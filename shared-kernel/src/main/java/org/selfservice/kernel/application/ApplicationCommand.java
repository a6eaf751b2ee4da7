package org.selfservice.kernel.application;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * What people do with applications. The registrant in a command is who it acts for: an application that is not theirs is
 * NOT_FOUND.
 */
public sealed interface ApplicationCommand extends Command {
    ApplicationId application();

    @Override
    default String stream() {
        return application().value();
    }

    /** Commands of the person; the rest are staff's. */
    sealed interface ByRegistrant extends ApplicationCommand {
        RegistrantId registrant();

        @Override
        default Set<String> reliesOn() {
            return Set.of(registrant().value());
        }
    }

    /**
     * Begins a draft. The same ordinal twice is the same application: it is answered with its position and nothing happens.
     *
     * @param application the pseudonym of (registrant, program, ordinal); another one is refused as INVALID
     * @param ordinal the person's n-th application to the program, from 1
     */
    record ApplyForProgram(
            ApplicationId application, RegistrantId registrant, ProgramCode program, int ordinal, String language)
            implements ByRegistrant {
        @Override
        public Set<String> reliesOn() {
            return Set.of(registrant.value(), program.stream());
        }
    }

    /**
     * Saves what is there, valid or not; only changed answers become an event. An answer that is empty clears the field.
     *
     * @param basis the application's sequence number when the page was read: answers that changed since are refused with
     *     ANSWERS_CHANGED_ELSEWHERE unless they are the same
     * @param sources of answers that were not typed; those missing count as typed
     */
    record SaveAnswers(
            ApplicationId application,
            RegistrantId registrant,
            long basis,
            Personal<Map<String, Answer>> answers,
            Map<String, AnswerSource> sources)
            implements ByRegistrant {}

    /** Brings a draft to the form version that the program maps now; answers to questions that are no more are dropped. */
    record AdoptFormVersion(ApplicationId application, RegistrantId registrant) implements ByRegistrant {}

    /**
     * Names a document whose bytes are stored already.
     *
     * @param name 1 to 255 code points, as the person sees it
     * @param scanned whether a virus scanner found it clean; false when none is configured
     */
    record UploadDocument(
            ApplicationId application,
            RegistrantId registrant,
            DocumentId document,
            String field,
            Personal<String> name,
            String mediaType,
            long bytes,
            String sha256,
            boolean scanned)
            implements ByRegistrant {}

    record RemoveDocument(ApplicationId application, RegistrantId registrant, DocumentId document)
            implements ByRegistrant {}

    /** @param why null takes an earlier deferral back */
    record DeferDocument(
            ApplicationId application,
            RegistrantId registrant,
            String field,
            @Nullable Deferral why) implements ByRegistrant {}

    /**
     * Sends it. Sent again, it is answered with its position and nothing happens.
     *
     * @param declaration version of the declaration that the person agreed to; blank when they did not
     */
    record SubmitApplication(ApplicationId application, RegistrantId registrant, String declaration, String language)
            implements ByRegistrant {}

    record WithdrawApplication(ApplicationId application, RegistrantId registrant, Personal<String> reason)
            implements ByRegistrant {}

    /** Sends what was asked for; refused with ANSWERS_NOT_VALID while something asked for is missing or wrong. */
    record ProvideInformation(ApplicationId application, RegistrantId registrant) implements ByRegistrant {}

    /** Takes a case. */
    record AssignReviewer(ApplicationId application, String reviewer) implements ApplicationCommand {}

    /** Gives a case back, so that somebody else can take it. */
    record ReleaseCase(ApplicationId application) implements ApplicationCommand {}

    /**
     * @param fields questions to be answered again; {@code documents} file questions to be handed in (again)
     * @param reason what the person reads
     * @param deadline in the future
     */
    record RequestInformation(
            ApplicationId application,
            List<String> fields,
            List<String> documents,
            Personal<String> reason,
            Instant deadline)
            implements ApplicationCommand {}

    /** @param visible whether the person sees it */
    record Remark(ApplicationId application, Personal<String> text, boolean visible) implements ApplicationCommand {}

    record VerifyDocument(ApplicationId application, DocumentId document) implements ApplicationCommand {}

    record RejectDocument(ApplicationId application, DocumentId document, Personal<String> reason)
            implements ApplicationCommand {}

    /**
     * Refused with DUPLICATE_SUSPECTED while a suspicion is open or was confirmed, unless there is a reason to pass over it.
     *
     * @param override the reason, which is recorded; null for none
     */
    record ApproveApplication(
            ApplicationId application,
            Personal<String> note,
            @Nullable Personal<String> override) implements ApplicationCommand {
        public ApproveApplication(ApplicationId application, Personal<String> note) {
            this(application, note, null);
        }
    }

    /** @param reason one of the program's rejection reasons; the person reads its text and the explanation */
    record RejectApplication(ApplicationId application, String reason, Personal<String> explanation)
            implements ApplicationCommand {}

    /**
     * Puts a decision right by the other one; both stay on record. Refused with ENROLLED while the person is enrolled because
     * of the approval: that is ended first.
     *
     * @param reason of a rejection, one of the program's; null for an approval
     * @param explanation why it is corrected, which the person reads
     * @param override as for an approval
     */
    record CorrectDecision(
            ApplicationId application,
            boolean approved,
            @Nullable String reason,
            Personal<String> explanation,
            @Nullable Personal<String> override)
            implements ApplicationCommand {}

    /** Sent by the portal when a request for information was not answered in time; refused while its deadline is to come. */
    record ExpireRequest(ApplicationId application) implements ApplicationCommand {}

    /** Sent by the portal when an application has something in common with another person's; what is known changes nothing. */
    record SuspectDuplicate(ApplicationId application, ApplicationId other, Set<Likeness> kinds)
            implements ApplicationCommand {}

    /** It stays so until there is evidence of another kind. */
    record ResolveSuspicion(ApplicationId application, ApplicationId other, Verdict verdict, Personal<String> reason)
            implements ApplicationCommand {}

    /** Sent by the portal when a draft's lifetime is over; refused while it is not. */
    record ExpireDraft(ApplicationId application) implements ApplicationCommand {}

    /** Sent by the portal when its program keeps it no longer; refused while it does. Destroys the case's key. */
    record ForgetApplication(ApplicationId application) implements ApplicationCommand {}

    /** Sent by the portal for each application of a registrant who is erased; destroys the case's key. */
    record EraseApplication(ApplicationId application) implements ApplicationCommand {}
}
