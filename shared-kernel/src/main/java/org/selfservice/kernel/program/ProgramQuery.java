package org.selfservice.kernel.program;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;

/** What one may ask about programs. */
public sealed interface ProgramQuery<A> extends Query<A> {

    /** Every program that ever opened, and with {@code drafts} those that did not yet. */
    record FindPrograms(boolean drafts) implements ProgramQuery<Programs> {
        @Override
        public Class<Programs> answer() {
            return Programs.class;
        }
    }

    /** The answer's sequence is -1 when there is no such program. */
    record FindProgram(ProgramCode program) implements ProgramQuery<ProgramDetails> {
        @Override
        public Class<ProgramDetails> answer() {
            return ProgramDetails.class;
        }
    }

    /**
     * How the program described itself at a moment of its past.
     *
     * @param sequence in the program's stream; the profile is the one that held once this event had happened
     */
    record FindProfile(ProgramCode program, long sequence) implements ProgramQuery<ProfileThen> {
        @Override
        public Class<ProfileThen> answer() {
            return ProfileThen.class;
        }
    }

    /**
     * Other rules on what was sent to the program, newest first and {@value #MOST} at most, each as of the day of its sending.
     *
     * @param before the rules as they are, {@code version} of them
     * @param zone in which days begin and end
     */
    record ReplayRules(
            ProgramCode program, List<EligibilityRule> before, int version, List<EligibilityRule> after, String zone)
            implements ProgramQuery<Replayed> {
        public static final int MOST = 5_000;

        @Override
        public Class<Replayed> answer() {
            return Replayed.class;
        }
    }

    /**
     * @param looked how many were judged twice
     * @param older whether there are older ones that were not looked at
     * @param erased how many cannot be judged, as what was sent is erased
     * @param same how many are judged as before
     * @param loses how many would not be eligible any more, {@code gains} how many would be now
     * @param doubts how many change otherwise: a soft rule speaks differently, or something is not known
     * @param byRule how many change sides with each rule
     * @param unknown how often each new rule needs what was not sent
     * @param changes those that change sides, newest first, {@value #MOST_CHANGES} at most
     */
    record Replayed(
            int looked,
            boolean older,
            int erased,
            int same,
            int loses,
            int gains,
            int doubts,
            Map<String, Integer> byRule,
            Map<String, Integer> unknown,
            List<Change> changes) {
        public static final int MOST_CHANGES = 200;

        /** @param eligible whether it would be eligible by the new rules */
        public record Change(
                ApplicationId id, String reference, ApplicationState state, boolean eligible, List<String> because) {}
    }

    record Programs(List<ProgramDetails> programs) {}

    /** @param profile null when there was none yet */
    record ProfileThen(@Nullable ProgramProfile profile) {}

    /**
     * All that is known of a program.
     *
     * @param suspension why it is suspended, when it is
     * @param enrolsOnApproval whether whoever is approved is enrolled at once
     * @param stepUp what sending takes beyond a login
     * @param sequence of the last event seen in the program's stream; -1 when there is no such program
     */
    record ProgramDetails(
            ProgramCode code,
            ProgramState state,
            @Nullable ProgramProfile profile,
            @Nullable MappedForm form,
            ApplicationPolicy policy,
            int rulesVersion,
            List<EligibilityRule> rules,
            List<DocumentRequirement> documents,
            List<RejectionReason> rejectionReasons,
            @Nullable LocalizedText suspension,
            boolean enrolsOnApproval,
            Retention retention,
            StepUp stepUp,
            long sequence) {
        public record MappedForm(FormCode form, int version, String sha256, OpenDrafts openDrafts) {}

        public boolean exists() {
            return sequence >= 0;
        }
    }
}
