package org.selfservice.command.application;

import static org.selfservice.command.Samples.FORM;
import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.OMAR;
import static org.selfservice.command.World.NOW;
import static org.selfservice.command.application.Cases.FIRST;
import static org.selfservice.command.application.Cases.KEPT_UNTIL;
import static org.selfservice.command.application.Cases.started;
import static org.selfservice.command.application.Cases.world;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.Permission;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateGranted;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateRevoked;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegationAccepted;
import org.selfservice.kernel.registrant.RegistrantId;

/** Applications that a delegate begins and changes. */
class DelegatesTest {
    private static final Instant UNTIL = NOW.plus(Duration.ofDays(30));
    private static final Event ACCEPTED = new DelegationAccepted(LENA, "d-1", OMAR);
    private static final Event REVOKED = new DelegateRevoked(LENA, "d-1", OMAR);
    private static final ApplyForProgram APPLY = new ApplyForProgram(FIRST, LENA, MEDICAL, 1, "en");
    private static final WithdrawApplication WITHDRAW = new WithdrawApplication(FIRST, LENA, Personal.of(""));

    @Test
    void areBegunAndChangedByWhoMayActForThePerson() {
        let(MEDICAL, Permission.APPLY)
                .given(Application.class)
                .by(forLena(OMAR))
                .grants(APPLY, new ApplicationStarted(FIRST, LENA, MEDICAL, 1, "MED-1", FORM, 1, "en", KEPT_UNTIL));
        let(null, Permission.APPLY)
                .given(Application.class, started())
                .by(forLena(OMAR))
                .grants(WITHDRAW, new ApplicationWithdrawn(FIRST, LENA, MEDICAL, Personal.of("")));
    }

    @Test
    void areNotForAnotherProgramOrForWhoMayOnlySee() {
        let(new ProgramCode("fuel"), Permission.APPLY)
                .given(Application.class)
                .by(forLena(OMAR))
                .refuses(APPLY, RefusalCode.NOT_DELEGATED);
        let(MEDICAL, Permission.SEE)
                .given(Application.class, started())
                .by(forLena(OMAR))
                .refuses(WITHDRAW, RefusalCode.NOT_DELEGATED);
    }

    @Test
    void areOutOfReachOnceTheRightWasTakenBackOrRanOut() {
        let(MEDICAL, Permission.APPLY)
                .happened(REVOKED)
                .given(Application.class, started())
                .by(forLena(OMAR))
                .refuses(WITHDRAW, RefusalCode.NOT_DELEGATED);
        let(MEDICAL, Permission.APPLY)
                .given(Application.class, started())
                .at(UNTIL)
                .by(forLena(OMAR))
                .refuses(WITHDRAW, RefusalCode.NOT_DELEGATED);
    }

    @Test
    void areOutOfReachOfStrangers() {
        RegistrantId stranger = new RegistrantId("r-" + "s".repeat(24));
        let(MEDICAL, Permission.APPLY)
                .given(Application.class, started())
                .by(forLena(stranger))
                .refuses(WITHDRAW, RefusalCode.NOT_DELEGATED);
    }

    private static World let(@Nullable ProgramCode program, Permission permission) {
        return world().happened(
                        new DelegateGranted(
                                LENA, "d-1", Personal.of("Omar"), program, permission, UNTIL, "a1".repeat(32), UNTIL),
                        ACCEPTED);
    }

    private static Author forLena(RegistrantId delegate) {
        return new Author(delegate.value(), null, Author.Role.DELEGATE, LENA.value(), Author.Channel.WEB, null, "test");
    }
}
