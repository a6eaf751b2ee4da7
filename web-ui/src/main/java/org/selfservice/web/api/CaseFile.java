package org.selfservice.web.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Decision;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.application.ApplicationQuery.InformationRequest;
import org.selfservice.kernel.application.ApplicationQuery.Suspicion;
import org.selfservice.kernel.application.ApplicationQuery.TimelineEntry;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.RuleOutcome;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * A case as staff see it: what was sent and what happened since, nothing of what its person is still writing. Null stands
 * for what has not happened yet or was erased.
 *
 * @param sequence of the last event seen in the case's stream
 */
record CaseFile(
        ApplicationId id,
        String reference,
        @Nullable RegistrantId registrant,
        @Nullable ProgramCode program,
        int ordinal,
        ApplicationState state,
        @Nullable String reviewer,
        @Nullable Sent submission,
        List<Document> documents,
        Map<String, Deferral> owed,
        @Nullable InformationRequest request,
        List<Given> given,
        @Nullable Decision decision,
        List<TimelineEntry> timeline,
        List<Suspicion> suspicions,
        Instant submittedAt,
        @Nullable Instant decideBy,
        boolean erased,
        long sequence) {

    /** What was sent, frozen. */
    record Sent(
            FormCode form,
            int formVersion,
            String formSha256,
            long programRevision,
            int rulesVersion,
            @Nullable Map<String, Answer> answers,
            Map<String, AnswerSource> sources,
            List<Handed> documents,
            List<RuleOutcome> trace,
            @Nullable Map<String, Answer> shared,
            Map<String, Deferral> owed,
            String declaration,
            String language,
            String sha256) {

        static @Nullable Sent of(@Nullable Submission sent) {
            return sent == null
                    ? null
                    : new Sent(
                            sent.form(),
                            sent.formVersion(),
                            sent.formSha256(),
                            sent.programRevision(),
                            sent.rulesVersion(),
                            sent.answers().orNull(),
                            sent.sources(),
                            sent.documents().stream().map(Handed::of).toList(),
                            sent.trace(),
                            sent.shared().orNull(),
                            sent.owed(),
                            sent.declaration(),
                            sent.language(),
                            sent.sha256());
        }
    }

    /** @param field the question that it answers */
    record Handed(
            DocumentId document, String field, @Nullable String name, String mediaType, long bytes, String sha256) {

        static Handed of(SentDocument sent) {
            return new Handed(
                    sent.document(), sent.field(), sent.name().orNull(), sent.mediaType(), sent.bytes(), sent.sha256());
        }
    }

    /** An answer to a request for information. */
    record Given(@Nullable Map<String, Answer> answers, List<Handed> documents, Instant at) {}

    /** @throws Refused NOT_FOUND for what was not sent: a draft is its person's alone */
    static CaseFile of(ApplicationFile file) {
        Instant submittedAt = file.submittedAt();
        if (!file.exists() || submittedAt == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return new CaseFile(
                file.id(),
                file.reference(),
                file.registrant(),
                file.program(),
                file.ordinal(),
                file.state(),
                file.reviewer(),
                Sent.of(file.submission()),
                file.documents().stream()
                        .filter(document -> document.state() != DocumentState.REMOVED)
                        .toList(),
                file.deferred(),
                file.request(),
                file.given().stream()
                        .map(given -> new Given(
                                given.answers(),
                                given.documents().stream().map(Handed::of).toList(),
                                given.at()))
                        .toList(),
                file.decision(),
                file.timeline(),
                file.suspicions(),
                submittedAt,
                file.decideBy(),
                file.erased(),
                file.sequence());
    }

    /** Without what only staff may read. */
    @Override
    public String toString() {
        return "CaseFile[id=" + id + ", state=" + state + "]";
    }
}
