package org.selfservice.kernel.program;

import java.util.List;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.identity.StepUp;

/** What administrators do with programs. */
public sealed interface ProgramCommand extends Command {
    ProgramCode program();

    @Override
    default String stream() {
        return program().stream();
    }

    record CreateProgram(ProgramCode program, ProgramProfile profile) implements ProgramCommand {}

    record ReviseProgram(ProgramCode program, ProgramProfile profile) implements ProgramCommand {}

    record MapForm(ProgramCode program, FormCode form, int version, OpenDrafts openDrafts) implements ProgramCommand {}

    record SetApplicationPolicy(ProgramCode program, ApplicationPolicy policy) implements ProgramCommand {}

    record SetEligibilityRules(ProgramCode program, List<EligibilityRule> rules) implements ProgramCommand {}

    record RequireDocuments(ProgramCode program, List<DocumentRequirement> documents) implements ProgramCommand {}

    /** Reasons that a rejection may have: code and the text that the person reads. */
    record SetRejectionReasons(ProgramCode program, List<RejectionReason> reasons) implements ProgramCommand {}

    /** @param onApproval whether whoever is approved from then on is enrolled at once, by the portal */
    record SetAutoEnrolment(ProgramCode program, boolean onApproval) implements ProgramCommand {}

    /** Holds for applications that were closed earlier, too. */
    record SetRetention(ProgramCode program, Retention retention) implements ProgramCommand {}

    /** Holds for drafts that were begun earlier, too. */
    record SetStepUp(ProgramCode program, StepUp stepUp) implements ProgramCommand {}

    /** From DRAFT or SUSPENDED. */
    record OpenProgram(ProgramCode program) implements ProgramCommand {}

    record SuspendProgram(ProgramCode program, LocalizedText reason) implements ProgramCommand {}

    record CloseProgram(ProgramCode program) implements ProgramCommand {}

    /** What the mapping of a new form version asks of drafts that were begun with an older one. */
    enum OpenDrafts {
        KEEP_VERSION,
        MUST_ADOPT
    }

    record RejectionReason(String code, LocalizedText text) {}
}
