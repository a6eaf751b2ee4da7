package org.selfservice.command.application;

import static org.selfservice.command.Samples.FORM;
import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.OMAR;
import static org.selfservice.command.Samples.open;
import static org.selfservice.command.Samples.profile;
import static org.selfservice.command.Samples.published;
import static org.selfservice.command.Samples.registered;
import static org.selfservice.command.application.Cases.FIRST;
import static org.selfservice.command.application.Cases.KEPT_UNTIL;
import static org.selfservice.command.application.Cases.approved;
import static org.selfservice.command.application.Cases.started;
import static org.selfservice.command.application.Cases.submitted;
import static org.selfservice.command.application.Cases.withdrawn;
import static org.selfservice.command.application.Cases.world;
import static org.selfservice.kernel.LocalizedText.en;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramEvent.ApplicationPolicySet;
import org.selfservice.kernel.program.ProgramEvent.ProgramSuspended;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;

class ApplyingTest {
    private static World given(Event... events) {
        return world().given(Application.class, events);
    }

    @Test
    void beginsADraftWithTheMappedForm() {
        given().grants(apply(1), new ApplicationStarted(FIRST, LENA, MEDICAL, 1, "MED-1", FORM, 1, "en", KEPT_UNTIL));
    }

    @Test
    void twiceIsOneApplication() {
        given(started()).changesNothing(apply(1));
    }

    @Test
    void againAfterAllIsDecidedIsStillTheSameApplication() {
        world().given(Application.class, submitted(approved())).changesNothing(apply(1));
    }

    @Test
    void underAnotherIdIsRefused() {
        given().refuses(
                        new ApplyForProgram(FIRST, LENA, MEDICAL, 2, "en"),
                        RefusalCode.INVALID,
                        "field",
                        "application");
    }

    @Test
    void underAnotherPersonsIdIsRefused() {
        given().refuses(
                        new ApplyForProgram(FIRST, OMAR, MEDICAL, 1, "en"),
                        RefusalCode.INVALID,
                        "field",
                        "application");
    }

    @Test
    void beginsWithOne() {
        given().refuses(apply(0), RefusalCode.INVALID, "field", "ordinal");
    }

    @Test
    void forAProgramThatDoesNotExistIsRefused() {
        ProgramCode other = new ProgramCode("other");
        World world = world();
        world.given(Application.class)
                .refuses(
                        new ApplyForProgram(world.application(LENA, other, 1), LENA, other, 1, "en"),
                        RefusalCode.NOT_FOUND);
    }

    @Test
    void bySomebodyWhoIsNotRegisteredIsRefused() {
        World world = world();
        world.given(Application.class)
                .refuses(
                        new ApplyForProgram(world.application(OMAR, MEDICAL, 1), OMAR, MEDICAL, 1, "en"),
                        RefusalCode.NOT_FOUND);
    }

    @Test
    void bySomebodyWhoWasErasedIsRefused() {
        world().happened(new RegistrantErased(LENA))
                .given(Application.class)
                .refuses(apply(1), RefusalCode.REGISTRANT_ERASED);
    }

    @Test
    void whileTheProgramIsSuspendedIsRefused() {
        world().happened(new ProgramSuspended(MEDICAL, en("No money")))
                .given(Application.class)
                .refuses(apply(1), RefusalCode.PROGRAM_NOT_OPEN, "state", "SUSPENDED");
    }

    @Test
    void onTheLastDayIsInTime() {
        lasting(LocalDate.of(2026, 11, 22))
                .at(Instant.parse("2026-11-22T23:59:59Z"))
                .given(Application.class)
                .when(apply(1))
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void afterTheLastDayIsTooLate() {
        lasting(LocalDate.of(2026, 11, 21))
                .given(Application.class)
                .refuses(apply(1), RefusalCode.OUTSIDE_APPLICATION_WINDOW, "closesOn", "2026-11-21");
    }

    @Test
    void beforeTheFirstDayIsTooEarly() {
        new World()
                .happened(published())
                .happened(open(profile(LocalDate.of(2026, 11, 23), null)))
                .happened(registered())
                .given(Application.class)
                .refuses(apply(1), RefusalCode.OUTSIDE_APPLICATION_WINDOW, "opensOn", "2026-11-23");
    }

    @Test
    void forTheSecondTimeNeedsTheFirst() {
        again(ApplicationPolicy.oneOpen()).refuses(apply(2), RefusalCode.ORDINAL_OUT_OF_ORDER);
    }

    @Test
    void againWhileTheFirstIsADraftIsRefused() {
        again(ApplicationPolicy.oneOpen(), started()).refuses(apply(2), RefusalCode.APPLICATION_STILL_OPEN);
    }

    @Test
    void againAfterTheFirstWasDecidedIsAllowedWhereTheProgramSaysSo() {
        again(ApplicationPolicy.oneOpen(), submitted(approved()).toArray(Event[]::new))
                .grants(apply(2), ApplicationStarted.class, event -> {});
    }

    @Test
    void againWhereItIsPossibleOnceOnlyIsRefused() {
        again(ApplicationPolicy.once(), submitted(approved()).toArray(Event[]::new))
                .refuses(apply(2), RefusalCode.ALREADY_APPLIED);
    }

    @Test
    void againAfterAWithdrawalIsAllowed() {
        again(ApplicationPolicy.once(), started(), withdrawn()).grants(apply(2), ApplicationStarted.class, event -> {});
    }

    @Test
    void moreOftenThanThePeriodAllowsIsRefusedWithTheDayFromWhichItIsAllowed() {
        again(ApplicationPolicy.perPeriod(1, 30), submitted(approved()).toArray(Event[]::new))
                .refuses(apply(2), RefusalCode.PERIOD_LIMIT_REACHED, "from", "2026-12-22");
    }

    private static World again(ApplicationPolicy policy, Event... first) {
        return world().happened(new ApplicationPolicySet(MEDICAL, policy))
                .happened(first)
                .given(Application.class);
    }

    private static World lasting(LocalDate until) {
        return new World()
                .happened(published())
                .happened(open(profile(null, until)))
                .happened(registered());
    }

    private static ApplyForProgram apply(int ordinal) {
        return new ApplyForProgram(new World().application(LENA, MEDICAL, ordinal), LENA, MEDICAL, ordinal, "en");
    }
}
