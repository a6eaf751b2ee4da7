package org.selfservice.kernel.application;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/** What staff may ask about the queue of applications that were sent. */
public sealed interface CaseQuery<A> extends Query<A> {

    /**
     * A page of cases.
     *
     * @param after the last page's {@link Cases#next()}, in the same order; null for the first page
     * @param limit 1 to 100
     */
    record FindCases(Wanted wanted, Order order, @Nullable String after, int limit) implements CaseQuery<Cases> {
        @Override
        public Class<Cases> answer() {
            return Cases.class;
        }
    }

    record CountCases(Wanted wanted) implements CaseQuery<CaseCount> {
        @Override
        public Class<CaseCount> answer() {
            return CaseCount.class;
        }
    }

    enum Order {
        /** What was sent first comes first. */
        OLDEST,
        NEWEST,
        /** What was promised first comes first. */
        PROMISED
    }

    /**
     * Which cases; null and false leave a condition out. Refused with INVALID, detail {@code field}, when it cannot be.
     *
     * @param states at least one, of sent applications
     * @param reviewer who took it; {@link #NOBODY} for those that nobody took, {@link #SOMEBODY} for the others
     * @param suspected those with a suspicion that is in the way of an approval
     * @param owing those with documents that are still to come
     * @param unanswered those whose request for information was not answered in time
     * @param sentUntil sent then or before
     * @param promisedUntil to be decided then or before
     * @param within of these programs alone; null for all
     */
    record Wanted(
            @Nullable ProgramCode program,
            List<ApplicationState> states,
            @Nullable String reviewer,
            boolean suspected,
            boolean owing,
            boolean unanswered,
            @Nullable Instant sentUntil,
            @Nullable Instant promisedUntil,
            @Nullable Set<ProgramCode> within) {
        public static final String NOBODY = "";
        public static final String SOMEBODY = "*";

        /** All that wait for a decision. */
        public static Wanted waiting() {
            return in(List.of(
                    ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW, ApplicationState.INFORMATION_REQUESTED));
        }

        public static Wanted in(List<ApplicationState> states) {
            return new Wanted(null, states, null, false, false, false, null, null, null);
        }

        public Wanted of(@Nullable ProgramCode other) {
            return new Wanted(other, states, reviewer, suspected, owing, unanswered, sentUntil, promisedUntil, within);
        }

        public Wanted with(@Nullable String other) {
            return new Wanted(program, states, other, suspected, owing, unanswered, sentUntil, promisedUntil, within);
        }

        public Wanted suspected(boolean only) {
            return new Wanted(program, states, reviewer, only, owing, unanswered, sentUntil, promisedUntil, within);
        }

        public Wanted owing(boolean only) {
            return new Wanted(program, states, reviewer, suspected, only, unanswered, sentUntil, promisedUntil, within);
        }

        public Wanted unanswered(boolean only) {
            return new Wanted(program, states, reviewer, suspected, owing, only, sentUntil, promisedUntil, within);
        }

        public Wanted sentUntil(@Nullable Instant then) {
            return new Wanted(program, states, reviewer, suspected, owing, unanswered, then, promisedUntil, within);
        }

        public Wanted promisedUntil(@Nullable Instant then) {
            return new Wanted(program, states, reviewer, suspected, owing, unanswered, sentUntil, then, within);
        }

        public Wanted within(Set<ProgramCode> only) {
            return new Wanted(
                    program,
                    states,
                    reviewer,
                    suspected,
                    owing,
                    unanswered,
                    sentUntil,
                    promisedUntil,
                    Set.copyOf(only));
        }
    }

    record CaseCount(long cases) {}

    record Cases(List<Line> lines, @Nullable String next) {
        /**
         * @param reviewer login name of who took it; null while nobody did
         * @param deadline of the open request for information; null when there is none
         * @param sequence of the last event seen in the application's stream
         */
        public record Line(
                ApplicationId id,
                String reference,
                RegistrantId registrant,
                ProgramCode program,
                ApplicationState state,
                @Nullable String reviewer,
                Instant submittedAt,
                Instant decideBy,
                @Nullable Instant deadline,
                boolean suspected,
                boolean owing,
                boolean unanswered,
                long sequence) {}
    }
}
