package org.selfservice.command.registrant;

import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.LOGIN;
import static org.selfservice.command.Samples.OMAR;
import static org.selfservice.command.Samples.registered;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.registrant.RegistrantCommand;
import org.selfservice.kernel.registrant.RegistrantCommand.JoinLogin;
import org.selfservice.kernel.registrant.RegistrantCommand.LinkIdentity;
import org.selfservice.kernel.registrant.RegistrantCommand.NoteSameNumber;
import org.selfservice.kernel.registrant.RegistrantCommand.RecordClaims;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.ReleaseLogin;
import org.selfservice.kernel.registrant.RegistrantCommand.ReportTakenLogin;
import org.selfservice.kernel.registrant.RegistrantCommand.UnlinkIdentity;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityLinked;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityUnlinked;
import org.selfservice.kernel.registrant.RegistrantEvent.LoginJoined;
import org.selfservice.kernel.registrant.RegistrantEvent.LoginReleased;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantRegistered;
import org.selfservice.kernel.registrant.RegistrantEvent.SameNumberFound;
import org.selfservice.kernel.registrant.RegistrantEvent.TakenLoginReported;
import org.selfservice.kernel.registrant.RegistrantId;

/** A second login of a person, judged by the login's own stream. */
class LinkingTest {
    private static final Login FARMER = new Login("https://farmers.example", "f-17");
    private static final RegistrantId FARMERS = new World().registrant(FARMER.issuer(), FARMER.subject(), 1);
    private static final Event REGISTERED = registered(LENA);
    private static final Event JOINED = new LoginJoined(FARMERS, "l-1", LENA, "farmer", IdType.FUNCTIONAL);
    private static final Event LINKED = new IdentityLinked(LENA, "l-1", FARMERS, "farmer", IdType.FUNCTIONAL);
    private static final Event UNLINKED = new IdentityUnlinked(LENA, "l-1", FARMERS);
    private static final Event FIRST_UNLINKED = new IdentityUnlinked(LENA, RegistrantCommand.FIRST, LENA);
    private static final RegistrantRegistered OWN = new RegistrantRegistered(
            FARMERS, 1, Personal.of(FARMER), "farmer", IdType.FUNCTIONAL, Personal.of("Lena D."));

    private static World login(Event... events) {
        return new World().given(Registrant.class, events);
    }

    @Test
    void aLoginThatNobodyUsedYetIsJoined() {
        login().happened(REGISTERED).grants(join("l-1", LENA), JOINED);
    }

    @Test
    void joiningTwiceChangesNothing() {
        login(JOINED).happened(REGISTERED, LINKED).changesNothing(join("l-1", LENA));
    }

    @Test
    void aLoginLeadsToOneRegistrantOnly() {
        login(JOINED)
                .happened(REGISTERED, LINKED, registered(OMAR))
                .refuses(join("l-2", OMAR), RefusalCode.LOGIN_TAKEN, "holder", LENA.value());
    }

    @Test
    void whoIsRegisteredWithALoginKeepsIt() {
        login(OWN).happened(REGISTERED).refuses(join("l-1", LENA), RefusalCode.LOGIN_TAKEN, "holder", FARMERS.value());
    }

    @Test
    void aLoginOfWhoWasErasedIsFreeInItsNextGeneration() {
        login(OWN, new RegistrantErased(FARMERS))
                .happened(REGISTERED)
                .refuses(join("l-1", LENA), RefusalCode.REGISTRANT_ERASED);
        login(JOINED)
                .happened(REGISTERED, LINKED, new RegistrantErased(LENA), registered(OMAR))
                .refuses(join("l-2", OMAR), RefusalCode.REGISTRANT_ERASED);
    }

    @Test
    void aFirstLoginThatWasTakenAwayIsFreeInItsNextGeneration() {
        login(REGISTERED, LINKED, FIRST_UNLINKED)
                .happened(registered(OMAR))
                .refuses(
                        new JoinLogin(LENA, 1, Personal.of(LOGIN), "l-2", OMAR, "national", IdType.FOUNDATIONAL),
                        RefusalCode.LOGIN_UNLINKED);
        login(REGISTERED, LINKED, FIRST_UNLINKED).refuses(register(LENA, LOGIN), RefusalCode.LOGIN_UNLINKED);
    }

    @Test
    void aReleasedLoginIsAnybodysAgain() {
        login(JOINED, new LoginReleased(FARMERS, "l-1"))
                .happened(registered(OMAR))
                .grants(join("l-2", OMAR), new LoginJoined(FARMERS, "l-2", OMAR, "farmer", IdType.FUNCTIONAL));
        login(JOINED, new LoginReleased(FARMERS, "l-1")).grants(register(FARMERS, FARMER), OWN);
    }

    @Test
    void nobodyJoinsWhoDoesNotExist() {
        login().refuses(join("l-1", LENA), RefusalCode.NOT_FOUND);
        login().happened(REGISTERED, new RegistrantErased(LENA)).refuses(join("l-1", LENA), RefusalCode.NOT_FOUND);
    }

    @Test
    void aLoginIsJoinedUnderItsOwnIdOnly() {
        login().happened(REGISTERED)
                .refuses(
                        new JoinLogin(FARMERS, 1, Personal.of(LOGIN), "l-1", LENA, "farmer", IdType.FUNCTIONAL),
                        RefusalCode.INVALID,
                        "field",
                        "registrant");
    }

    @Test
    void aPersonHasAtMostFiveLogins() {
        List<Event> five = new ArrayList<>(List.of(REGISTERED));
        for (int i = 2; i <= 5; i++) {
            five.add(new IdentityLinked(LENA, "l-" + i, OMAR, "farmer", IdType.FUNCTIONAL));
        }
        login().happened(five.toArray(Event[]::new)).refuses(join("l-9", LENA), RefusalCode.TOO_MANY_IDENTITIES);
    }

    @Test
    void aLoginThatLeadsElsewhereRegistersNobodyAndSaysWhere() {
        login(JOINED)
                .happened(REGISTERED, LINKED)
                .refuses(register(FARMERS, FARMER), RefusalCode.LOGIN_LEADS_ELSEWHERE, "registrant", LENA.value());
        login(JOINED)
                .happened(REGISTERED, LINKED, new RegistrantErased(LENA))
                .refuses(register(FARMERS, FARMER), RefusalCode.REGISTRANT_ERASED);
    }

    @Test
    void aLoginThatLeadsElsewhereIsNobody() {
        login(JOINED).refuses(new RecordClaims(FARMERS, "farmer", Personal.of(Map.of())), RefusalCode.NOT_FOUND);
    }

    @Test
    void aPersonHasTheLoginThatLeadsToThem() {
        login(REGISTERED).happened(JOINED).grants(link("l-1"), LINKED);
        login(REGISTERED, LINKED).happened(JOINED).changesNothing(link("l-1"));
    }

    @Test
    void aPersonHasNoLoginThatLeadsElsewhere() {
        login(REGISTERED).refuses(link("l-1"), RefusalCode.LINK_UNKNOWN);
        login(REGISTERED).happened(JOINED).refuses(link("l-2"), RefusalCode.LINK_UNKNOWN);
        login(REGISTERED)
                .happened(new LoginJoined(FARMERS, "l-1", OMAR, "farmer", IdType.FUNCTIONAL))
                .refuses(link("l-1"), RefusalCode.LINK_UNKNOWN);
    }

    @Test
    void whatWasUnlinkedIsNotLinkedAgainByAMessageThatComesLate() {
        login(REGISTERED, LINKED, UNLINKED).happened(JOINED).changesNothing(link("l-1"));
    }

    @Test
    void anyOfSeveralLoginsMayGo() {
        login(REGISTERED, LINKED).grants(new UnlinkIdentity(LENA, "l-1"), UNLINKED);
        login(REGISTERED, LINKED).grants(new UnlinkIdentity(LENA, RegistrantCommand.FIRST), FIRST_UNLINKED);
        login(REGISTERED, LINKED, UNLINKED).changesNothing(new UnlinkIdentity(LENA, "l-1"));
    }

    @Test
    void theLastLoginStays() {
        login(REGISTERED).refuses(new UnlinkIdentity(LENA, RegistrantCommand.FIRST), RefusalCode.LAST_IDENTITY);
        login(REGISTERED, LINKED, FIRST_UNLINKED).refuses(new UnlinkIdentity(LENA, "l-1"), RefusalCode.LAST_IDENTITY);
    }

    @Test
    void noLinkThatIsUnknownIsTakenAway() {
        login(REGISTERED).refuses(new UnlinkIdentity(LENA, "l-1"), RefusalCode.LINK_UNKNOWN);
    }

    @Test
    void aLoginIsReleasedOnceItsPersonDoesNotHaveItAnyMore() {
        login(JOINED)
                .happened(REGISTERED, LINKED, UNLINKED)
                .grants(new ReleaseLogin(FARMERS, "l-1"), new LoginReleased(FARMERS, "l-1"));
        login(JOINED).happened(REGISTERED, LINKED).refuses(new ReleaseLogin(FARMERS, "l-1"), RefusalCode.NOT_ALLOWED);
        login(JOINED).changesNothing(new ReleaseLogin(FARMERS, "l-0"));
    }

    @Test
    void aLoginThatIsAnothersIsReportedOnce() {
        login(REGISTERED)
                .grants(new ReportTakenLogin(LENA, "farmer", OMAR), new TakenLoginReported(LENA, "farmer", OMAR));
        login(REGISTERED, new TakenLoginReported(LENA, "farmer", OMAR))
                .changesNothing(new ReportTakenLogin(LENA, "farmer", OMAR));
    }

    @Test
    void aNumberThatAnotherHasTooIsNotedOnce() {
        login(REGISTERED)
                .grants(
                        new NoteSameNumber(LENA, "individual_id", OMAR),
                        new SameNumberFound(LENA, "individual_id", OMAR));
        login(REGISTERED, new SameNumberFound(LENA, "individual_id", OMAR))
                .changesNothing(new NoteSameNumber(LENA, "individual_id", OMAR));
    }

    @Test
    void nobodyLinksForThePerson() {
        Author officer =
                new Author("olga", "Olga", Author.Role.OFFICER, LENA.value(), Author.Channel.ASSISTED, null, "test");
        login().happened(REGISTERED).by(officer).refuses(join("l-1", LENA), RefusalCode.ONLY_IN_PERSON);
        login(REGISTERED, LINKED).by(officer).refuses(new UnlinkIdentity(LENA, "l-1"), RefusalCode.ONLY_IN_PERSON);
    }

    @Test
    void nobodyLinksToAnybodyElse() {
        Author omar = new Author(OMAR.value(), null, Author.Role.REGISTRANT, null, Author.Channel.WEB, null, "test");
        login().happened(REGISTERED).by(omar).refuses(join("l-1", LENA), RefusalCode.NOT_FOUND);
    }

    private static JoinLogin join(String link, RegistrantId to) {
        return new JoinLogin(FARMERS, 1, Personal.of(FARMER), link, to, "farmer", IdType.FUNCTIONAL);
    }

    private static LinkIdentity link(String link) {
        return new LinkIdentity(LENA, link, FARMERS, "farmer", IdType.FUNCTIONAL);
    }

    private static RegisterRegistrant register(RegistrantId registrant, Login login) {
        return new RegisterRegistrant(
                registrant, 1, Personal.of(login), "farmer", IdType.FUNCTIONAL, Personal.of("Lena D."));
    }
}
