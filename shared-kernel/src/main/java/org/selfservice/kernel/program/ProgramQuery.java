package org.selfservice.kernel.program;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.form.FormCode;
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

    record Programs(List<ProgramDetails> programs) {}

    /** @param profile null when there was none yet */
    record ProfileThen(@Nullable ProgramProfile profile) {}

    /**
     * All that is known of a program.
     *
     * @param suspension why it is suspended, when it is
     * @param enrolsOnApproval whether whoever is approved is enrolled at once
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
            long sequence) {
        public record MappedForm(FormCode form, int version, String sha256, OpenDrafts openDrafts) {}

        public boolean exists() {
            return sequence >= 0;
        }
    }
}
