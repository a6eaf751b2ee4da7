package org.selfservice.kernel.identity;

import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * Stream ids computed from what must be unique, as keyed hashes (HMAC-SHA-256): the event store judges uniqueness, and
 * whoever holds it alone cannot find a person by guessing ID numbers.
 */
public interface Pseudonyms {
    /** @param generation 1 for a first registration; the next number when the person was erased and came back */
    RegistrantId registrant(String issuer, String subject, int generation);

    /** @param ordinal the person's n-th application to the program, from 1 */
    ApplicationId application(RegistrantId registrant, ProgramCode program, int ordinal);

    EnrolmentId enrolment(RegistrantId registrant, ProgramCode program);
}
