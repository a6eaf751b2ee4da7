package org.selfservice.kernel.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Channel;
import org.selfservice.kernel.Author.Role;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * That a member of staff or another system was shown what is held about a person. It has ids and no values.
 *
 * @param actor login name of the member of staff, or client id of the other system
 * @param stream of the application or the enrolment that was shown; null when it was the person alone
 * @param program that the application or the enrolment is of; null when it was the person alone
 * @param correlation the same for all that one request showed and caused
 */
public record Look(
        RegistrantId registrant,
        String actor,
        Role role,
        Channel channel,
        Purpose purpose,
        @Nullable String stream,
        @Nullable ProgramCode program,
        Instant at,
        String correlation) {

    /** What for. */
    public enum Purpose {
        /** Working on an application. */
        CASE,
        /** Opening a document of an application. */
        DOCUMENT,
        /** Finding out whether two people are one. */
        DUPLICATES,
        /** Working on an enrolment. */
        ENROLMENT,
        /** The name alone, among others. */
        LIST,
        /** Filling in pages together with the person. */
        ASSISTANCE,
        /** Checking what others did and saw. */
        AUDIT,
        /** All that is held about the person, without any one case. */
        INFORMATION
    }
}
