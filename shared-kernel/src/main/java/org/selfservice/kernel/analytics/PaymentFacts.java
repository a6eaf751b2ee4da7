package org.selfservice.kernel.analytics;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.program.ProgramCode;

/**
 * What is summed of a payment.
 *
 * @param id computed from the enrolment's and the payment's reference, which cannot be found from it
 */
public record PaymentFacts(
        String id,
        @Nullable ProgramCode program,
        @Nullable LocalDate paidOn,
        @Nullable Money amount) {}
