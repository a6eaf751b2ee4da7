package org.selfservice.kernel.enrolment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/** What staff may ask about enrolments. What is personal about one is in its person's dossier. */
public sealed interface EnrolmentQuery<A> extends Query<A> {

    /** The answer's sequence is -1 when there is no such enrolment. */
    record FindEnrolment(EnrolmentId enrolment) implements EnrolmentQuery<EnrolmentLine> {
        @Override
        public Class<EnrolmentLine> answer() {
            return EnrolmentLine.class;
        }
    }

    /**
     * A page of enrolments, those that changed last first.
     *
     * @param after the last page's {@link Enrolments#next()}; null for the first page
     * @param limit 1 to 100
     */
    record FindEnrolments(
            @Nullable ProgramCode program,
            @Nullable EnrolmentState state,
            @Nullable String after,
            int limit) implements EnrolmentQuery<Enrolments> {
        @Override
        public Class<Enrolments> answer() {
            return Enrolments.class;
        }
    }

    /** How many people are in a program now, those who are paused among them. */
    record CountEnrolments(ProgramCode program) implements EnrolmentQuery<EnrolmentCounts> {
        @Override
        public Class<EnrolmentCounts> answer() {
            return EnrolmentCounts.class;
        }
    }

    record EnrolmentCounts(long enrolled, long paused) {
        public long members() {
            return enrolled + paused;
        }
    }

    record Enrolments(List<EnrolmentLine> lines, @Nullable String next) {}

    /**
     * @param since when it came into its state
     * @param sequence of the last event seen in the enrolment's stream
     */
    record EnrolmentLine(
            EnrolmentId id,
            @Nullable RegistrantId registrant,
            @Nullable ProgramCode program,
            EnrolmentState state,
            @Nullable Instant since,
            @Nullable ApplicationId application,
            long sequence) {
        public boolean exists() {
            return sequence >= 0;
        }
    }
}
