package org.selfservice.kernel.enrolment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.program.ProgramCode;

/**
 * One enrolment as its person sees it.
 *
 * @param enrolledAt when the person came into the program, for the last time
 * @param since when it came into its state
 */
public record EnrolmentSummary(
        EnrolmentId id,
        ProgramCode program,
        EnrolmentState state,
        Instant enrolledAt,
        Instant since,
        @Nullable ApplicationId application,
        @Nullable String reason,
        List<Entitlement> entitlements,
        List<Payment> payments) {

    /** @param validUntil last day; null for no end */
    public record Entitlement(
            String id,
            Money amount,
            String purpose,
            LocalDate validFrom,
            @Nullable LocalDate validUntil,
            Money paid) {}

    /** @param reference of the payer, unique within the enrolment */
    public record Payment(String reference, String entitlement, Money amount, LocalDate paidOn) {}

    /** Without what only its person may read. */
    @Override
    public String toString() {
        return "EnrolmentSummary[id=" + id + ", state=" + state + "]";
    }
}
