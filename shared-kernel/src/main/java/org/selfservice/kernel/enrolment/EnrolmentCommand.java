package org.selfservice.kernel.enrolment;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/** What staff do with enrolments. */
public sealed interface EnrolmentCommand extends Command {
    EnrolmentId enrolment();

    @Override
    default String stream() {
        return enrolment().value();
    }

    /**
     * @param enrolment the pseudonym of (registrant, program); another one is refused as INVALID
     * @param application the approved application that led to it; null when there was none
     */
    record EnrolRegistrant(
            EnrolmentId enrolment,
            RegistrantId registrant,
            ProgramCode program,
            @Nullable ApplicationId application) implements EnrolmentCommand {}

    record PauseEnrolment(EnrolmentId enrolment, Personal<String> reason) implements EnrolmentCommand {}

    record ResumeEnrolment(EnrolmentId enrolment) implements EnrolmentCommand {}

    record ExitEnrolment(EnrolmentId enrolment, Personal<String> reason) implements EnrolmentCommand {}

    /** @param entitlement made by the sender; the same again changes nothing */
    record GrantEntitlement(
            EnrolmentId enrolment,
            String entitlement,
            Money amount,
            String purpose,
            LocalDate validFrom,
            @Nullable LocalDate validUntil)
            implements EnrolmentCommand {}

    /** @param reference of the payer; the same again changes nothing */
    record RecordPayment(EnrolmentId enrolment, String entitlement, String reference, Money amount, LocalDate paidOn)
            implements EnrolmentCommand {}
}
