package org.selfservice.kernel.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/** What one may ask about the past. What a person never sent is not told to anybody. */
public sealed interface AuditQuery<A> extends Query<A> {

    /** What these events changed; of events that are not there nothing is said. */
    record FindChanges(List<Place> events) implements AuditQuery<Changes> {
        @Override
        public Class<Changes> answer() {
            return Changes.class;
        }
    }

    record Changes(List<Changed> all) {}

    /** The version of a form whose questions an application's answers are named by. */
    record Questions(FormCode form, int version) {}

    /**
     * @param questions of what else than an application, null
     * @param unsent whether it is of an application that was never sent, and so nothing is told
     * @param changes between what the same folds as those of the views make of the stream before it and after it
     */
    record Changed(
            Place event,
            @Nullable RegistrantId registrant,
            @Nullable ProgramCode program,
            @Nullable Questions questions,
            boolean unsent,
            List<Change> changes) {}

    /**
     * An application, a person's dossier or a program as it was.
     *
     * @param of the stream's id
     * @param later what to compare with; null for nothing
     */
    record FindThen(String of, Moment then, @Nullable Moment later) implements AuditQuery<Then> {
        @Override
        public Class<Then> answer() {
            return Then.class;
        }
    }

    /**
     * @param questions at that time, or later when there was nothing yet; of what else than an application, null
     * @param events how many it was made of; 0 when there was nothing yet
     * @param unsent whether it is an application that was never sent, and so nothing is told
     * @param erased whether some of what was known then is erased since
     * @param changes up to the later moment
     */
    record Then(
            String of,
            @Nullable RegistrantId registrant,
            @Nullable ProgramCode program,
            @Nullable Questions questions,
            long events,
            boolean unsent,
            boolean erased,
            List<Fact> facts,
            List<Change> changes) {}

    /**
     * @param what the way to it, such as {@code answers.household_size}
     * @param value null when it is erased
     */
    record Fact(String what, @Nullable String value) {
        @Override
        public String toString() {
            return "Fact[what=" + what + "]";
        }
    }

    /**
     * @param before null when there was none
     * @param after null when there is none any more
     * @param erased whether what it was cannot be read any more
     */
    record Change(
            String what, @Nullable String before, @Nullable String after, boolean erased) {
        @Override
        public String toString() {
            return "Change[what=" + what + "]";
        }
    }
}
