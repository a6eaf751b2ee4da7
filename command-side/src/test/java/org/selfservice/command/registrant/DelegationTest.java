package org.selfservice.command.registrant;

import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.OMAR;
import static org.selfservice.command.Samples.person;
import static org.selfservice.command.Samples.profile;
import static org.selfservice.command.Samples.registered;
import static org.selfservice.command.World.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramEvent.ProgramCreated;
import org.selfservice.kernel.registrant.Permission;
import org.selfservice.kernel.registrant.RegistrantCommand.AcceptDelegation;
import org.selfservice.kernel.registrant.RegistrantCommand.GiveConsent;
import org.selfservice.kernel.registrant.RegistrantCommand.GrantDelegate;
import org.selfservice.kernel.registrant.RegistrantCommand.RevokeDelegate;
import org.selfservice.kernel.registrant.RegistrantCommand.UpdateDemographics;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentGiven;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateGranted;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateRevoked;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegationAccepted;
import org.selfservice.kernel.registrant.Source;

/** Who lets somebody act for them, and what that somebody may do. */
class DelegationTest {
    private static final String CODE = "a1".repeat(32);
    private static final Instant UNTIL = NOW.plus(Duration.ofDays(30));
    private static final Instant ACCEPT_BY = NOW.plus(Duration.ofDays(7));
    private static final Event REGISTERED = registered(LENA);
    private static final Event GRANTED = granted("d-1", MEDICAL, Permission.APPLY);
    private static final Event ACCEPTED = new DelegationAccepted(LENA, "d-1", OMAR);
    private static final Event REVOKED = new DelegateRevoked(LENA, "d-1", OMAR);
    private static final Author OMAR_FOR_LENA =
            new Author(OMAR.value(), null, Author.Role.DELEGATE, LENA.value(), Author.Channel.WEB, null, "test");

    private static World given(Event... events) {
        return new World()
                .happened(new ProgramCreated(MEDICAL, profile()))
                .given(Registrant.class, events)
                .by(person(LENA));
    }

    @Test
    void isGrantedByThePerson() {
        given(REGISTERED).grants(grant(UNTIL, CODE), GRANTED);
    }

    @Test
    void isGrantedOnceHoweverOftenItIsSent() {
        given(REGISTERED, GRANTED).changesNothing(grant(UNTIL, CODE));
    }

    @Test
    void isNotGrantedByAnybodyElse() {
        given(REGISTERED).by(person(OMAR)).refuses(grant(UNTIL, CODE), RefusalCode.NOT_FOUND);
        given(REGISTERED, GRANTED, ACCEPTED).by(OMAR_FOR_LENA).refuses(another(), RefusalCode.ONLY_IN_PERSON);
    }

    @Test
    void endsWithinTwoYears() {
        given(REGISTERED).refuses(grant(NOW, CODE), RefusalCode.INVALID, "field", "until");
        given(REGISTERED).refuses(grant(NOW.plus(Duration.ofDays(800)), CODE), RefusalCode.INVALID, "field", "until");
    }

    @Test
    void needsAnInvitationThatIsAHash() {
        given(REGISTERED).refuses(grant(UNTIL, "ABCD-EFGH"), RefusalCode.INVALID, "field", "invitation");
    }

    @Test
    void isForAProgramThatExists() {
        new World()
                .given(Registrant.class, REGISTERED)
                .by(person(LENA))
                .refuses(grant(UNTIL, CODE), RefusalCode.NOT_FOUND);
    }

    @Test
    void isNotGivenToMoreThanTen() {
        List<Event> ten = new ArrayList<>(List.of(REGISTERED));
        for (int i = 2; i <= 11; i++) {
            ten.add(granted("d-" + i, null, Permission.SEE));
        }
        given(ten.toArray(Event[]::new)).refuses(grant(UNTIL, CODE), RefusalCode.TOO_MANY_DELEGATES);
        given(ten.toArray(Event[]::new))
                .at(ACCEPT_BY)
                .refuses(grant(UNTIL, CODE), RefusalCode.INVALID, "field", "acceptBy");
    }

    @Test
    void isAcceptedByWhoBringsTheCode() {
        given(REGISTERED, GRANTED).by(person(OMAR)).grants(accept(CODE), ACCEPTED);
        given(REGISTERED, GRANTED, ACCEPTED).by(person(OMAR)).changesNothing(accept(CODE));
    }

    @Test
    void isNotAcceptedWithAnotherCodeOrTooLateOrOnceItWasTakenBackOrInSomebodysName() {
        given(REGISTERED, GRANTED).by(person(OMAR)).refuses(accept("b2".repeat(32)), RefusalCode.INVITATION_UNKNOWN);
        given(REGISTERED, GRANTED).at(ACCEPT_BY).by(person(OMAR)).refuses(accept(CODE), RefusalCode.INVITATION_UNKNOWN);
        given(REGISTERED, GRANTED, new DelegateRevoked(LENA, "d-1", null))
                .by(person(OMAR))
                .refuses(accept(CODE), RefusalCode.INVITATION_UNKNOWN);
        given(REGISTERED, GRANTED).refuses(accept(CODE), RefusalCode.NOT_FOUND);
    }

    @Test
    void isNotAcceptedByThePersonThemself() {
        given(REGISTERED, GRANTED).refuses(new AcceptDelegation(LENA, "d-1", LENA, CODE), RefusalCode.OWN_DELEGATE);
    }

    @Test
    void isTakenBackOnce() {
        given(REGISTERED, GRANTED, ACCEPTED).grants(new RevokeDelegate(LENA, "d-1"), REVOKED);
        given(REGISTERED, GRANTED, ACCEPTED, REVOKED).changesNothing(new RevokeDelegate(LENA, "d-1"));
        given(REGISTERED).refuses(new RevokeDelegate(LENA, "d-1"), RefusalCode.DELEGATION_UNKNOWN);
    }

    @Test
    void letsTheDelegateShareWhatAnApplicationNeedsWithThatProgramAlone() {
        given(REGISTERED, GRANTED, ACCEPTED)
                .by(OMAR_FOR_LENA)
                .grants(
                        consent("medical", "application"),
                        new ConsentGiven(LENA, "c-1", "medical", List.of("name"), "application", "1", "en"));
        given(REGISTERED, GRANTED, ACCEPTED)
                .by(OMAR_FOR_LENA)
                .refuses(consent("fuel", "application"), RefusalCode.NOT_DELEGATED);
        given(REGISTERED, GRANTED, ACCEPTED)
                .by(OMAR_FOR_LENA)
                .refuses(consent("national", "sign-in"), RefusalCode.ONLY_IN_PERSON);
    }

    @Test
    void isOverWhenItWasTakenBackOrRanOutOrIsForReading() {
        given(REGISTERED, GRANTED)
                .by(OMAR_FOR_LENA)
                .refuses(consent("medical", "application"), RefusalCode.NOT_DELEGATED);
        given(REGISTERED, GRANTED, ACCEPTED, REVOKED)
                .by(OMAR_FOR_LENA)
                .refuses(consent("medical", "application"), RefusalCode.NOT_DELEGATED);
        given(REGISTERED, GRANTED, ACCEPTED)
                .at(UNTIL)
                .by(OMAR_FOR_LENA)
                .refuses(consent("medical", "application"), RefusalCode.NOT_DELEGATED);
        given(REGISTERED, granted("d-1", null, Permission.SEE), ACCEPTED)
                .by(OMAR_FOR_LENA)
                .refuses(consent("medical", "application"), RefusalCode.NOT_DELEGATED);
    }

    @Test
    void doesNotLetTheDelegateChangeWhatIsKnownOfThePerson() {
        given(REGISTERED, GRANTED, ACCEPTED)
                .by(OMAR_FOR_LENA)
                .refuses(
                        new UpdateDemographics(
                                LENA, Source.self(), Personal.of(Map.of("gender", Answer.text("female")))),
                        RefusalCode.ONLY_IN_PERSON);
    }

    private static GrantDelegate grant(Instant until, String code) {
        return new GrantDelegate(LENA, "d-1", Personal.of("Omar"), MEDICAL, Permission.APPLY, until, code, ACCEPT_BY);
    }

    private static GrantDelegate another() {
        return new GrantDelegate(LENA, "d-2", Personal.of("Ann"), MEDICAL, Permission.APPLY, UNTIL, CODE, ACCEPT_BY);
    }

    private static AcceptDelegation accept(String code) {
        return new AcceptDelegation(LENA, "d-1", OMAR, code);
    }

    private static GiveConsent consent(String recipient, String purpose) {
        return new GiveConsent(LENA, "c-1", recipient, List.of("name"), purpose, "1", "en");
    }

    private static DelegateGranted granted(String delegation, @Nullable ProgramCode program, Permission permission) {
        return new DelegateGranted(LENA, delegation, Personal.of("Omar"), program, permission, UNTIL, CODE, ACCEPT_BY);
    }
}
