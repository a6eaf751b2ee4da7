package org.selfservice.kernel.application;

import java.util.List;
import java.util.Map;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormCode;

/**
 * What was sent, frozen: nothing that happens later changes it.
 *
 * @param formSha256 of the form version that the answers were checked against
 * @param programRevision sequence number of the program's stream that the decision to accept relied on
 * @param answers normalized, relevant ones only, by field id
 * @param sources by field id
 * @param trace each eligibility rule with its outcome
 * @param shared demographic attributes whose values the program receives with this, as they were
 * @param owed documents that were not handed in, by field, and why
 * @param declaration version of the declaration that the person agreed to
 * @param language in which the person applied
 * @param sha256 of the canonical JSON of all the above, lower-case hex
 */
public record Submission(
        FormCode form,
        int formVersion,
        String formSha256,
        long programRevision,
        int rulesVersion,
        Personal<Map<String, Answer>> answers,
        Map<String, AnswerSource> sources,
        List<SentDocument> documents,
        List<RuleOutcome> trace,
        Personal<Map<String, Answer>> shared,
        Map<String, Deferral> owed,
        String declaration,
        String language,
        String sha256) {

    /** @param field the question that it answers */
    public record SentDocument(
            DocumentId document, String field, Personal<String> name, String mediaType, long bytes, String sha256) {}

    public record RuleOutcome(String rule, Outcome outcome, boolean hard) {}

    public enum Outcome {
        PASSED,
        FAILED,
        /** An answer that the rule needs is not known. */
        UNKNOWN
    }

    /** Why a document is not handed in now. */
    public enum Deferral {
        REMIND_ME,
        CANNOT_GET,
        DOES_NOT_APPLY,
        NEED_HELP
    }
}
