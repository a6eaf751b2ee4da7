package org.selfservice.query.registrant;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentPaused;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentResumed;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EntitlementGranted;
import org.selfservice.kernel.enrolment.EnrolmentEvent.PaymentRecorded;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.enrolment.EnrolmentSummary.Entitlement;
import org.selfservice.kernel.enrolment.EnrolmentSummary.Payment;

/** The part of the dossier's fold that is about enrolments. */
final class Enrolments {
    private Enrolments() {}

    static EnrolmentSummary after(@Nullable EnrolmentSummary before, EnrolmentEvent event, Meta meta) {
        if (event instanceof RegistrantEnrolled enrolled) {
            return new EnrolmentSummary(
                    enrolled.enrolment(),
                    enrolled.program(),
                    EnrolmentState.ENROLLED,
                    meta.at(),
                    meta.at(),
                    enrolled.application(),
                    null,
                    before == null ? List.of() : before.entitlements(),
                    before == null ? List.of() : before.payments());
        }
        if (before == null) {
            throw new IllegalStateException("an enrolment begins with being enrolled");
        }
        return switch (event) {
            case EnrolmentPaused paused -> in(before, EnrolmentState.PAUSED, meta, paused.reason());
            case EnrolmentResumed _ -> in(before, EnrolmentState.ENROLLED, meta, Personal.erased());
            case EnrolmentExited exited -> in(before, EnrolmentState.EXITED, meta, exited.reason());
            case EntitlementGranted granted ->
                with(before, add(before.entitlements(), entitlement(granted)), before.payments());
            case PaymentRecorded paid ->
                with(
                        before,
                        before.entitlements().stream()
                                .map(one -> one.id().equals(paid.entitlement()) ? paid(one, paid.amount()) : one)
                                .toList(),
                        add(
                                before.payments(),
                                new Payment(paid.reference(), paid.entitlement(), paid.amount(), paid.paidOn())));
            case RegistrantEnrolled _ -> before;
        };
    }

    private static EnrolmentSummary in(
            EnrolmentSummary enrolment, EnrolmentState state, Meta meta, Personal<String> reason) {
        return new EnrolmentSummary(
                enrolment.id(),
                enrolment.program(),
                state,
                enrolment.enrolledAt(),
                meta.at(),
                enrolment.application(),
                reason.orNull(),
                enrolment.entitlements(),
                enrolment.payments());
    }

    private static EnrolmentSummary with(
            EnrolmentSummary enrolment, List<Entitlement> entitlements, List<Payment> payments) {
        return new EnrolmentSummary(
                enrolment.id(),
                enrolment.program(),
                enrolment.state(),
                enrolment.enrolledAt(),
                enrolment.since(),
                enrolment.application(),
                enrolment.reason(),
                entitlements,
                payments);
    }

    private static Entitlement entitlement(EntitlementGranted granted) {
        return new Entitlement(
                granted.entitlement(),
                granted.amount(),
                granted.purpose(),
                granted.validFrom(),
                granted.validUntil(),
                new Money(BigDecimal.ZERO, granted.amount().currency()));
    }

    private static Entitlement paid(Entitlement entitlement, Money amount) {
        return new Entitlement(
                entitlement.id(),
                entitlement.amount(),
                entitlement.purpose(),
                entitlement.validFrom(),
                entitlement.validUntil(),
                entitlement.paid().plus(amount));
    }

    private static <T> List<T> add(List<T> list, T last) {
        return Stream.concat(list.stream(), Stream.of(last)).toList();
    }
}
