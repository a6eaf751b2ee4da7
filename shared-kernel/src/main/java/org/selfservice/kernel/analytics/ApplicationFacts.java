package org.selfservice.kernel.analytics;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Channel;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.program.ProgramCode;

/**
 * What is counted of an application. Nothing in it names its person, nor leads to its file.
 *
 * @param id computed from the application's, which cannot be found from it
 * @param ordinal the person's n-th application to the program
 * @param channel through which it was begun
 * @param region of the address that was sent; null when there was none, or after it was erased
 * @param answered ids of the form's fields that were answered at some time
 * @param decidedAt of the last decision
 * @param rejectedFor code of a rejection's reason
 * @param corrected whether a decision was corrected
 * @param requests how often information was asked for
 */
public record ApplicationFacts(
        String id,
        @Nullable ProgramCode program,
        @Nullable FormCode form,
        int formVersion,
        int ordinal,
        String language,
        Channel channel,
        ApplicationState state,
        @Nullable String region,
        Set<String> answered,
        @Nullable Instant startedAt,
        @Nullable Instant submittedAt,
        @Nullable Instant decidedAt,
        @Nullable String rejectedFor,
        boolean corrected,
        int requests) {

    public ApplicationFacts withoutRegion() {
        return new ApplicationFacts(
                id,
                program,
                form,
                formVersion,
                ordinal,
                language,
                channel,
                state,
                null,
                answered,
                startedAt,
                submittedAt,
                decidedAt,
                rejectedFor,
                corrected,
                requests);
    }

    /** Whole minutes from its beginning to its first sending; null before. */
    public @Nullable Long minutesToSubmit() {
        return startedAt == null || submittedAt == null
                ? null
                : Duration.between(startedAt, submittedAt).toMinutes();
    }

    /** Whole hours from its first sending to its last decision; null before. */
    public @Nullable Long hoursToDecide() {
        return submittedAt == null || decidedAt == null
                ? null
                : Duration.between(submittedAt, decidedAt).toHours();
    }
}
