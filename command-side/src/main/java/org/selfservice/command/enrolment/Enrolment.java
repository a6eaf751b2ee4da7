package org.selfservice.command.enrolment;

import static org.selfservice.command.Decide.append;
import static org.selfservice.command.Decide.now;
import static org.selfservice.command.Decide.refuseIf;
import static org.selfservice.command.Decide.unchanged;
import static org.selfservice.kernel.enrolment.EnrolmentState.ENROLLED;
import static org.selfservice.kernel.enrolment.EnrolmentState.EXITED;
import static org.selfservice.kernel.enrolment.EnrolmentState.PAUSED;

import java.time.LocalDate;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.OfProgram;
import org.selfservice.command.Streams;
import org.selfservice.command.Texts;
import org.selfservice.command.application.Case;
import org.selfservice.command.program.Offer;
import org.selfservice.command.registrant.Person;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.enrolment.EnrolmentCommand;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ExitEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.GrantEntitlement;
import org.selfservice.kernel.enrolment.EnrolmentCommand.PauseEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.RecordPayment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ResumeEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentPaused;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentResumed;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EntitlementGranted;
import org.selfservice.kernel.enrolment.EnrolmentEvent.PaymentRecorded;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.registrant.RegistrantId;

/** A payment may be recorded after a person left: money that was paid is a fact. */
@Aggregate(cache = "aggregates")
class Enrolment implements OfProgram {
    @AggregateIdentifier
    private String stream;

    private Membership membership = Membership.NONE;

    Enrolment() {}

    @Override
    public @Nullable ProgramCode program() {
        return membership.enrolled() == null ? null : membership.enrolled().program();
    }

    @CommandHandlerInterceptor
    void refuseErased(EnrolmentCommand command, Streams streams) {
        RegistrantEnrolled member = membership.enrolled();
        refuseIf(member != null && Person.isErased(streams, member.registrant()), RefusalCode.REGISTRANT_ERASED);
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Position handle(EnrolRegistrant command, Streams streams, Pseudonyms pseudonyms) {
        boolean isTheirs =
                pseudonyms.enrolment(command.registrant(), command.program()).equals(command.enrolment());
        refuseIf(!isTheirs, RefusalCode.INVALID, "field", "enrolment");
        if (membership.state() != EXITED) {
            boolean isSame =
                    Objects.equals(command.application(), membership.member().application());
            refuseIf(!isSame, RefusalCode.ALREADY_ENROLLED);
            return unchanged(stream);
        }
        Person.of(streams, command.registrant());
        Offer offer = Offer.of(streams, command.program()).facts();
        refuseIf(
                offer.state() == ProgramState.DRAFT,
                RefusalCode.PROGRAM_STATE,
                "state",
                offer.state().name());
        if (command.application() != null) {
            mustBeApproved(streams, command.application(), command.registrant(), command.program());
        }
        return append(new RegistrantEnrolled(
                command.enrolment(), command.registrant(), command.program(), command.application()));
    }

    @CommandHandler
    Position handle(PauseEnrolment command) {
        refuseIf(membership.state() == EXITED, RefusalCode.ENROLMENT_STATE);
        Texts.checkReason("reason", command.reason());
        RegistrantEnrolled on = membership.member();
        return to(PAUSED, new EnrolmentPaused(on.enrolment(), on.registrant(), on.program(), command.reason()));
    }

    @CommandHandler
    Position handle(ResumeEnrolment command) {
        refuseIf(membership.state() == EXITED, RefusalCode.ENROLMENT_STATE);
        RegistrantEnrolled on = membership.member();
        return to(ENROLLED, new EnrolmentResumed(on.enrolment(), on.registrant(), on.program()));
    }

    @CommandHandler
    Position handle(ExitEnrolment command) {
        Texts.checkReason("reason", command.reason());
        RegistrantEnrolled on = membership.member();
        return to(EXITED, new EnrolmentExited(on.enrolment(), on.registrant(), on.program(), command.reason()));
    }

    @CommandHandler
    Position handle(GrantEntitlement command, Streams streams) {
        RegistrantEnrolled on = membership.member();
        EntitlementGranted granted = new EntitlementGranted(
                on.enrolment(),
                on.registrant(),
                on.program(),
                command.entitlement(),
                command.amount(),
                command.purpose(),
                command.validFrom(),
                command.validUntil());
        EntitlementGranted same = membership.entitlements().get(command.entitlement());
        if (granted.equals(same)) {
            return unchanged(stream);
        }
        refuseIf(same != null, RefusalCode.INVALID, "field", "entitlement");
        refuseIf(membership.state() == EXITED, RefusalCode.ENROLMENT_STATE);
        Texts.check("entitlement", command.entitlement(), 1, 100);
        Texts.check("purpose", command.purpose(), 1, 200);
        checkAmount(command.amount(), offer(streams));
        LocalDate until = command.validUntil();
        refuseIf(until != null && until.isBefore(command.validFrom()), RefusalCode.INVALID, "field", "validUntil");
        return append(granted);
    }

    @CommandHandler
    Position handle(RecordPayment command, Streams streams) {
        RegistrantEnrolled on = membership.member();
        PaymentRecorded payment = new PaymentRecorded(
                on.enrolment(),
                on.registrant(),
                on.program(),
                command.entitlement(),
                command.reference(),
                command.amount(),
                command.paidOn());
        PaymentRecorded same = membership.payments().get(command.reference());
        if (payment.equals(same)) {
            return unchanged(stream);
        }
        refuseIf(same != null, RefusalCode.INVALID, "field", "reference");
        Texts.check("reference", command.reference(), 1, 100);
        EntitlementGranted granted = membership.entitlement(command.entitlement());
        Offer offer = offer(streams);
        checkAmount(command.amount(), offer);
        refuseIf(command.paidOn().isAfter(offer.today(now())), RefusalCode.INVALID, "field", "paidOn");
        Money paid = membership.paid(granted);
        refuseIf(
                paid.plus(command.amount()).exceeds(granted.amount()),
                RefusalCode.ENTITLEMENT_EXCEEDED,
                "left",
                granted.amount().amount().subtract(paid.amount()).toPlainString());
        return append(payment);
    }

    @EventSourcingHandler
    void on(EnrolmentEvent event) {
        stream = event.stream();
        membership = membership.after(event);
    }

    private Position to(EnrolmentState state, EnrolmentEvent event) {
        return membership.state() == state ? unchanged(stream) : append(event);
    }

    private Offer offer(Streams streams) {
        return Offer.of(streams, membership.member().program()).facts();
    }

    private static void checkAmount(Money amount, Offer offer) {
        refuseIf(!amount.currency().equals(offer.terms().currency()), RefusalCode.CURRENCY);
        refuseIf(amount.amount().signum() == 0, RefusalCode.INVALID, "field", "amount");
    }

    private static void mustBeApproved(
            Streams streams, ApplicationId application, RegistrantId registrant, ProgramCode program) {
        Case file = Case.of(streams, application).facts();
        boolean isTheirs = file.begun().registrant().equals(registrant)
                && file.begun().program().equals(program);
        if (!isTheirs) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        refuseIf(
                file.state() != ApplicationState.APPROVED,
                RefusalCode.APPLICATION_STATE,
                "state",
                file.state().name());
    }
}
