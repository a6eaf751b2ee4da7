package org.selfservice.command.enrolment;

import static org.selfservice.command.Samples.FORM;
import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.OMAR;
import static org.selfservice.command.Samples.open;
import static org.selfservice.command.Samples.profile;
import static org.selfservice.command.Samples.published;
import static org.selfservice.command.Samples.registered;
import static org.selfservice.command.World.NOW;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ExitEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.GrantEntitlement;
import org.selfservice.kernel.enrolment.EnrolmentCommand.PauseEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.RecordPayment;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ResumeEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentPaused;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentResumed;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EntitlementGranted;
import org.selfservice.kernel.enrolment.EnrolmentEvent.PaymentRecorded;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.program.ProgramEvent.ProgramCreated;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;

class EnrolmentTest {
    private static final EnrolmentId ID = new World().enrolment(LENA, MEDICAL);
    private static final ApplicationId APPLICATION = new World().application(LENA, MEDICAL, 1);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final RegistrantEnrolled ENROLLED = new RegistrantEnrolled(ID, LENA, MEDICAL, null);
    private static final EnrolmentPaused PAUSED = new EnrolmentPaused(ID, LENA, MEDICAL, Personal.of("Abroad"));
    private static final EnrolmentExited EXITED = new EnrolmentExited(ID, LENA, MEDICAL, Personal.of("Moved"));
    private static final EntitlementGranted GRANTED =
            new EntitlementGranted(ID, LENA, MEDICAL, "t-1", euros("100"), "Knee", TODAY, null);

    private static World world() {
        return new World().happened(published()).happened(open()).happened(registered());
    }

    private static World given(Event... events) {
        return world().given(Enrolment.class, events);
    }

    @Test
    void beginsWithoutAnApplication() {
        given().grants(enrol(null), ENROLLED);
    }

    @Test
    void beginsWithAnApprovedApplication() {
        world().happened(started(), new ApplicationApproved(APPLICATION, LENA, MEDICAL, Personal.of("")))
                .given(Enrolment.class)
                .grants(enrol(APPLICATION), new RegistrantEnrolled(ID, LENA, MEDICAL, APPLICATION));
    }

    @Test
    void doesNotBeginWithAnUndecidedApplication() {
        world().happened(started())
                .given(Enrolment.class)
                .refuses(enrol(APPLICATION), RefusalCode.APPLICATION_STATE, "state", "DRAFT");
    }

    @Test
    void doesNotBeginWithAnApplicationThatDoesNotExist() {
        given().refuses(enrol(APPLICATION), RefusalCode.NOT_FOUND);
    }

    @Test
    void doesNotBeginWithAnotherPersonsApplication() {
        World world = world().happened(registered(OMAR))
                .happened(started(), new ApplicationApproved(APPLICATION, LENA, MEDICAL, Personal.of("")));
        world.given(Enrolment.class)
                .refuses(
                        new EnrolRegistrant(world.enrolment(OMAR, MEDICAL), OMAR, MEDICAL, APPLICATION),
                        RefusalCode.NOT_FOUND);
    }

    @Test
    void hasTheIdOfThePersonAndTheProgram() {
        given().refuses(new EnrolRegistrant(ID, OMAR, MEDICAL, null), RefusalCode.INVALID, "field", "enrolment");
    }

    @Test
    void isOfSomebodyWhoIsRegistered() {
        World world = world();
        world.given(Enrolment.class)
                .refuses(
                        new EnrolRegistrant(world.enrolment(OMAR, MEDICAL), OMAR, MEDICAL, null),
                        RefusalCode.NOT_FOUND);
    }

    @Test
    void isInAProgramThatOpened() {
        new World()
                .happened(new ProgramCreated(MEDICAL, profile()))
                .happened(registered())
                .given(Enrolment.class)
                .refuses(enrol(null), RefusalCode.PROGRAM_STATE, "state", "DRAFT");
    }

    @Test
    void beginsOnce() {
        given(ENROLLED).changesNothing(enrol(null));
    }

    @Test
    void doesNotBeginTwice() {
        given(ENROLLED).refuses(enrol(APPLICATION), RefusalCode.ALREADY_ENROLLED);
    }

    @Test
    void beginsAgainAfterItEnded() {
        given(ENROLLED, EXITED).grants(enrol(null), ENROLLED);
    }

    @Test
    void pauses() {
        given(ENROLLED).grants(new PauseEnrolment(ID, Personal.of("Abroad")), PAUSED);
    }

    @Test
    void pausesOnce() {
        given(ENROLLED, PAUSED).changesNothing(new PauseEnrolment(ID, Personal.of("Abroad")));
    }

    @Test
    void doesNotPauseWithoutAReason() {
        given(ENROLLED).refuses(new PauseEnrolment(ID, Personal.of("")), RefusalCode.REASON_REQUIRED);
    }

    @Test
    void thatEndedDoesNotPause() {
        given(ENROLLED, EXITED).refuses(new PauseEnrolment(ID, Personal.of("Abroad")), RefusalCode.ENROLMENT_STATE);
    }

    @Test
    void resumes() {
        given(ENROLLED, PAUSED).grants(new ResumeEnrolment(ID), new EnrolmentResumed(ID, LENA, MEDICAL));
    }

    @Test
    void thatEndedDoesNotResume() {
        given(ENROLLED, EXITED).refuses(new ResumeEnrolment(ID), RefusalCode.ENROLMENT_STATE);
    }

    @Test
    void ends() {
        given(ENROLLED, PAUSED).grants(new ExitEnrolment(ID, Personal.of("Moved")), EXITED);
    }

    @Test
    void endsOnce() {
        given(ENROLLED, EXITED).changesNothing(new ExitEnrolment(ID, Personal.of("Moved")));
    }

    @Test
    void thatDoesNotExistDoesNotEnd() {
        given().refuses(new ExitEnrolment(ID, Personal.of("Moved")), RefusalCode.NOT_FOUND);
    }

    @Test
    void ofSomebodyWhoWasErasedDoesNotChange() {
        world().happened(new RegistrantErased(LENA))
                .given(Enrolment.class, ENROLLED)
                .refuses(new PauseEnrolment(ID, Personal.of("Abroad")), RefusalCode.REGISTRANT_ERASED);
    }

    @Test
    void entitles() {
        given(ENROLLED).grants(grant("t-1", euros("100")), GRANTED);
    }

    @Test
    void entitlesOnce() {
        given(ENROLLED, GRANTED).changesNothing(grant("t-1", euros("100")));
    }

    @Test
    void doesNotEntitleToSomethingElseUnderTheSameId() {
        given(ENROLLED, GRANTED).refuses(grant("t-1", euros("200")), RefusalCode.INVALID, "field", "entitlement");
    }

    @Test
    void entitlesInTheProgramsCurrency() {
        given(ENROLLED).refuses(grant("t-1", new Money(BigDecimal.TEN, "USD")), RefusalCode.CURRENCY);
    }

    @Test
    void doesNotEntitleToNothing() {
        given(ENROLLED).refuses(grant("t-1", euros("0")), RefusalCode.INVALID, "field", "amount");
    }

    @Test
    void doesNotEntitleBackwardsInTime() {
        given(ENROLLED)
                .refuses(
                        new GrantEntitlement(ID, "t-1", euros("1"), "Knee", TODAY, TODAY.minusDays(1)),
                        RefusalCode.INVALID,
                        "field",
                        "validUntil");
    }

    @Test
    void thatEndedDoesNotEntitle() {
        given(ENROLLED, EXITED).refuses(grant("t-1", euros("100")), RefusalCode.ENROLMENT_STATE);
    }

    @Test
    void recordsAPayment() {
        given(ENROLLED, GRANTED).grants(pay("p-1", euros("60")), paid("p-1", euros("60")));
    }

    @Test
    void recordsItOnce() {
        given(ENROLLED, GRANTED, paid("p-1", euros("60"))).changesNothing(pay("p-1", euros("60")));
    }

    @Test
    void doesNotRecordAnotherPaymentUnderTheSameReference() {
        given(ENROLLED, GRANTED, paid("p-1", euros("60")))
                .refuses(pay("p-1", euros("50")), RefusalCode.INVALID, "field", "reference");
    }

    @Test
    void doesNotPayMoreThanWasGranted() {
        given(ENROLLED, GRANTED, paid("p-1", euros("60")))
                .refuses(pay("p-2", euros("40.01")), RefusalCode.ENTITLEMENT_EXCEEDED, "left", "40.00");
    }

    @Test
    void paysAllThatWasGranted() {
        given(ENROLLED, GRANTED, paid("p-1", euros("60"))).grants(pay("p-2", euros("40")), paid("p-2", euros("40")));
    }

    @Test
    void doesNotPayWhatWasNotGranted() {
        given(ENROLLED).refuses(pay("p-1", euros("60")), RefusalCode.ENTITLEMENT_UNKNOWN);
    }

    @Test
    void doesNotPayInAnotherCurrency() {
        given(ENROLLED, GRANTED).refuses(pay("p-1", new Money(BigDecimal.ONE, "USD")), RefusalCode.CURRENCY);
    }

    @Test
    void doesNotRecordTomorrowsPayment() {
        given(ENROLLED, GRANTED)
                .refuses(
                        new RecordPayment(ID, "t-1", "p-1", euros("60"), TODAY.plusDays(1)),
                        RefusalCode.INVALID,
                        "field",
                        "paidOn");
    }

    @Test
    void thatEndedStillRecordsWhatWasPaid() {
        given(ENROLLED, GRANTED, EXITED).grants(pay("p-1", euros("60")), paid("p-1", euros("60")));
    }

    private static EnrolRegistrant enrol(@Nullable ApplicationId application) {
        return new EnrolRegistrant(ID, LENA, MEDICAL, application);
    }

    private static ApplicationStarted started() {
        return new ApplicationStarted(APPLICATION, LENA, MEDICAL, 1, "MED-1", FORM, 1, "en", NOW);
    }

    private static GrantEntitlement grant(String id, Money amount) {
        return new GrantEntitlement(ID, id, amount, "Knee", TODAY, null);
    }

    private static RecordPayment pay(String reference, Money amount) {
        return new RecordPayment(ID, "t-1", reference, amount, TODAY);
    }

    private static PaymentRecorded paid(String reference, Money amount) {
        return new PaymentRecorded(ID, LENA, MEDICAL, "t-1", reference, amount, TODAY);
    }

    private static Money euros(String amount) {
        return new Money(new BigDecimal(amount), "EUR");
    }
}
