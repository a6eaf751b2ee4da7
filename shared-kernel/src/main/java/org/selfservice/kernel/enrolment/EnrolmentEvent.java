package org.selfservice.kernel.enrolment;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.EventName;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/** What happened to enrolments. Personal values have the registrant's scope. */
public sealed interface EnrolmentEvent extends Event {
    EnrolmentId enrolment();

    RegistrantId registrant();

    ProgramCode program();

    @Override
    default String stream() {
        return enrolment().value();
    }

    @Override
    default String scope() {
        return registrant().value();
    }

    @EventName("enrolment.enrolled")
    record RegistrantEnrolled(
            EnrolmentId enrolment,
            RegistrantId registrant,
            ProgramCode program,
            @Nullable ApplicationId application) implements EnrolmentEvent {}

    @EventName("enrolment.paused")
    record EnrolmentPaused(EnrolmentId enrolment, RegistrantId registrant, ProgramCode program, Personal<String> reason)
            implements EnrolmentEvent {}

    @EventName("enrolment.resumed")
    record EnrolmentResumed(EnrolmentId enrolment, RegistrantId registrant, ProgramCode program)
            implements EnrolmentEvent {}

    @EventName("enrolment.exited")
    record EnrolmentExited(EnrolmentId enrolment, RegistrantId registrant, ProgramCode program, Personal<String> reason)
            implements EnrolmentEvent {}

    @EventName("enrolment.entitlement-granted")
    record EntitlementGranted(
            EnrolmentId enrolment,
            RegistrantId registrant,
            ProgramCode program,
            String entitlement,
            Money amount,
            String purpose,
            LocalDate validFrom,
            @Nullable LocalDate validUntil)
            implements EnrolmentEvent {}

    @EventName("enrolment.payment-recorded")
    record PaymentRecorded(
            EnrolmentId enrolment,
            RegistrantId registrant,
            ProgramCode program,
            String entitlement,
            String reference,
            Money amount,
            LocalDate paidOn)
            implements EnrolmentEvent {}
}
