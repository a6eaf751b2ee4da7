package org.selfservice.kernel.program;

import java.util.List;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.EventName;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;

/** What happened to programs. */
public sealed interface ProgramEvent extends Event {
    ProgramCode program();

    @Override
    default String stream() {
        return program().stream();
    }

    @EventName("program.created")
    record ProgramCreated(ProgramCode program, ProgramProfile profile) implements ProgramEvent {}

    @EventName("program.revised")
    record ProgramRevised(ProgramCode program, ProgramProfile profile) implements ProgramEvent {}

    /** @param sha256 of the form version */
    @EventName("program.form-mapped")
    record FormMapped(ProgramCode program, FormCode form, int version, String sha256, OpenDrafts openDrafts)
            implements ProgramEvent {}

    @EventName("program.application-policy-set")
    record ApplicationPolicySet(ProgramCode program, ApplicationPolicy policy) implements ProgramEvent {}

    /** @param version of the rules, from 1 */
    @EventName("program.eligibility-rules-set")
    record EligibilityRulesSet(ProgramCode program, int version, List<EligibilityRule> rules) implements ProgramEvent {}

    @EventName("program.documents-required")
    record DocumentsRequired(ProgramCode program, List<DocumentRequirement> documents) implements ProgramEvent {}

    @EventName("program.rejection-reasons-set")
    record RejectionReasonsSet(ProgramCode program, List<RejectionReason> reasons) implements ProgramEvent {}

    @EventName("program.auto-enrolment-set")
    record AutoEnrolmentSet(ProgramCode program, boolean onApproval) implements ProgramEvent {}

    @EventName("program.retention-set")
    record RetentionSet(ProgramCode program, Retention retention) implements ProgramEvent {}

    /** @param stepUp what sending an application, or what was asked for later, takes */
    @EventName("program.step-up-set")
    record StepUpSet(ProgramCode program, StepUp stepUp) implements ProgramEvent {}

    @EventName("program.opened")
    record ProgramOpened(ProgramCode program) implements ProgramEvent {}

    @EventName("program.suspended")
    record ProgramSuspended(ProgramCode program, LocalizedText reason) implements ProgramEvent {}

    @EventName("program.closed")
    record ProgramClosed(ProgramCode program) implements ProgramEvent {}
}
