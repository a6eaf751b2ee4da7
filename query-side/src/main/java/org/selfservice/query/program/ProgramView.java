package org.selfservice.query.program;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramEvent;
import org.selfservice.kernel.program.ProgramEvent.ApplicationPolicySet;
import org.selfservice.kernel.program.ProgramEvent.AutoEnrolmentSet;
import org.selfservice.kernel.program.ProgramEvent.DocumentsRequired;
import org.selfservice.kernel.program.ProgramEvent.EligibilityRulesSet;
import org.selfservice.kernel.program.ProgramEvent.FormMapped;
import org.selfservice.kernel.program.ProgramEvent.ProgramClosed;
import org.selfservice.kernel.program.ProgramEvent.ProgramCreated;
import org.selfservice.kernel.program.ProgramEvent.ProgramOpened;
import org.selfservice.kernel.program.ProgramEvent.ProgramRevised;
import org.selfservice.kernel.program.ProgramEvent.ProgramSuspended;
import org.selfservice.kernel.program.ProgramEvent.RejectionReasonsSet;
import org.selfservice.kernel.program.ProgramEvent.RetentionSet;
import org.selfservice.kernel.program.ProgramEvent.StepUpSet;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.program.Retention;
import org.selfservice.query.View;
import org.springframework.stereotype.Component;

/** One document per program. */
@Component
final class ProgramView implements View<ProgramView.Program> {

    /**
     * @param opened whether it ever opened: until then only staff see it
     * @param profiles every one that the program ever had, oldest first
     */
    record Program(ProgramDetails details, boolean opened, List<Since> profiles) {
        /** The profile that held at an event of the program's stream. */
        @Nullable
        ProgramProfile profileAt(long sequence) {
            return profiles.stream()
                    .filter(one -> one.sequence() <= sequence)
                    .reduce((earlier, later) -> later)
                    .map(Since::profile)
                    .orElse(null);
        }
    }

    /** A profile and the event that gave it to the program. */
    record Since(long sequence, ProgramProfile profile) {}

    @Override
    public String name() {
        return "program";
    }

    @Override
    public int revision() {
        return 4;
    }

    @Override
    public Class<Program> document() {
        return Program.class;
    }

    @Override
    public Set<Class<? extends Event>> reads() {
        return Set.of(ProgramEvent.class);
    }

    @Override
    public String id(Event event) {
        return ((ProgramEvent) event).program().value();
    }

    @Override
    public Program empty(String id) {
        return new Program(
                new ProgramDetails(
                        new ProgramCode(id),
                        ProgramState.DRAFT,
                        null,
                        null,
                        ApplicationPolicy.once(),
                        0,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        false,
                        Retention.NO_END,
                        StepUp.NONE,
                        -1),
                false,
                List.of());
    }

    @Override
    public Object shown(Program program) {
        return program.details();
    }

    @Override
    public Program apply(Program program, Event event, Meta meta) {
        Draft draft = new Draft(program);
        switch ((ProgramEvent) event) {
            case ProgramCreated created -> draft.profile(created.profile(), meta.sequence());
            case ProgramRevised revised -> draft.profile(revised.profile(), meta.sequence());
            case FormMapped mapped ->
                draft.form = new ProgramDetails.MappedForm(
                        mapped.form(), mapped.version(), mapped.sha256(), mapped.openDrafts());
            case ApplicationPolicySet set -> draft.policy = set.policy();
            case EligibilityRulesSet set -> {
                draft.rulesVersion = set.version();
                draft.rules = set.rules();
            }
            case DocumentsRequired required -> draft.documents = required.documents();
            case RejectionReasonsSet set -> draft.rejectionReasons = set.reasons();
            case AutoEnrolmentSet set -> draft.enrolsOnApproval = set.onApproval();
            case RetentionSet set -> draft.retention = set.retention();
            case StepUpSet set -> draft.stepUp = set.stepUp();
            case ProgramOpened _ -> {
                draft.state = ProgramState.OPEN;
                draft.suspension = null;
                draft.opened = true;
            }
            case ProgramSuspended suspended -> {
                draft.state = ProgramState.SUSPENDED;
                draft.suspension = suspended.reason();
            }
            case ProgramClosed _ -> {
                draft.state = ProgramState.CLOSED;
                draft.suspension = null;
            }
        }
        return draft.at(meta.sequence());
    }
}
