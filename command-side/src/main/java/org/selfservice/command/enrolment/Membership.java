package org.selfservice.command.enrolment;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Streams;
import org.selfservice.command.Streams.Reading;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentPaused;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentResumed;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EntitlementGranted;
import org.selfservice.kernel.enrolment.EnrolmentEvent.PaymentRecorded;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentState;

/**
 * One person in one program.
 *
 * @param enrolled the last enrolment; null only before it exists
 * @param entitlements by id, {@code payments} by the payer's reference
 */
record Membership(
        @Nullable RegistrantEnrolled enrolled,
        EnrolmentState state,
        Map<String, EntitlementGranted> entitlements,
        Map<String, PaymentRecorded> payments) {
    static final Membership NONE = new Membership(null, EnrolmentState.EXITED, Map.of(), Map.of());

    private static final Reading<EnrolmentEvent, Membership> READING =
            new Reading<>(EnrolmentEvent.class, NONE, (membership, event, sequence, at) -> membership.after(event));

    static Membership of(Streams streams, EnrolmentId enrolment) {
        return streams.read(READING, enrolment.value()).facts();
    }

    /** Whether this application led to it, also when the person left since. */
    boolean cameFrom(ApplicationId application) {
        return enrolled != null && application.equals(enrolled.application());
    }

    RegistrantEnrolled member() {
        if (enrolled == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return enrolled;
    }

    /** @throws Refused ENTITLEMENT_UNKNOWN */
    EntitlementGranted entitlement(String id) {
        EntitlementGranted granted = entitlements.get(id);
        if (granted == null) {
            throw new Refused(RefusalCode.ENTITLEMENT_UNKNOWN);
        }
        return granted;
    }

    Money paid(EntitlementGranted granted) {
        Money nothing = new Money(BigDecimal.ZERO, granted.amount().currency());
        return payments.values().stream()
                .filter(payment -> payment.entitlement().equals(granted.entitlement()))
                .map(PaymentRecorded::amount)
                .reduce(nothing, Money::plus);
    }

    Membership after(EnrolmentEvent event) {
        return switch (event) {
            case RegistrantEnrolled e -> new Membership(e, EnrolmentState.ENROLLED, entitlements, payments);
            case EnrolmentPaused _ -> in(EnrolmentState.PAUSED);
            case EnrolmentResumed _ -> in(EnrolmentState.ENROLLED);
            case EnrolmentExited _ -> in(EnrolmentState.EXITED);
            case EntitlementGranted e ->
                new Membership(enrolled, state, plus(entitlements, e.entitlement(), e), payments);
            case PaymentRecorded e -> new Membership(enrolled, state, entitlements, plus(payments, e.reference(), e));
        };
    }

    private Membership in(EnrolmentState newer) {
        return new Membership(enrolled, newer, entitlements, payments);
    }

    private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return Collections.unmodifiableMap(more);
    }
}
