package org.selfservice.query.program;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails.MappedForm;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.program.Retention;

/** A program while an event changes it. */
final class Draft {
    private final ProgramCode code;
    ProgramState state;

    private @Nullable ProgramProfile profile;

    @Nullable
    MappedForm form;

    ApplicationPolicy policy;
    int rulesVersion;
    List<EligibilityRule> rules;
    List<DocumentRequirement> documents;
    List<RejectionReason> rejectionReasons;

    @Nullable
    LocalizedText suspension;

    boolean enrolsOnApproval;
    Retention retention;
    StepUp stepUp;
    boolean opened;
    private final List<ProgramView.Since> profiles;

    Draft(ProgramView.Program program) {
        ProgramDetails details = program.details();
        code = details.code();
        state = details.state();
        profile = details.profile();
        form = details.form();
        policy = details.policy();
        rulesVersion = details.rulesVersion();
        rules = details.rules();
        documents = details.documents();
        rejectionReasons = details.rejectionReasons();
        suspension = details.suspension();
        enrolsOnApproval = details.enrolsOnApproval();
        retention = details.retention();
        stepUp = details.stepUp();
        opened = program.opened();
        profiles = new ArrayList<>(program.profiles());
    }

    void profile(ProgramProfile next, long sequence) {
        profile = next;
        profiles.add(new ProgramView.Since(sequence, next));
    }

    ProgramView.Program at(long sequence) {
        return new ProgramView.Program(
                new ProgramDetails(
                        code,
                        state,
                        profile,
                        form,
                        policy,
                        rulesVersion,
                        rules,
                        documents,
                        rejectionReasons,
                        suspension,
                        enrolsOnApproval,
                        retention,
                        stepUp,
                        sequence),
                opened,
                List.copyOf(profiles));
    }
}
