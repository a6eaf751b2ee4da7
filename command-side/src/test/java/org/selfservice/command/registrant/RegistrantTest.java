package org.selfservice.command.registrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.LOGIN;
import static org.selfservice.command.Samples.registered;
import static org.selfservice.command.World.NOW;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.registrant.ContactPreferences;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.GiveConsent;
import org.selfservice.kernel.registrant.RegistrantCommand.RecordClaims;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.SetContactPreferences;
import org.selfservice.kernel.registrant.RegistrantCommand.UpdateDemographics;
import org.selfservice.kernel.registrant.RegistrantCommand.WithdrawConsent;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentGiven;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentWithdrawn;
import org.selfservice.kernel.registrant.RegistrantEvent.ContactPreferencesSet;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsReceived;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsUpdated;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.selfservice.kernel.registrant.Source;

class RegistrantTest {
    private static final Event REGISTERED = registered(LENA);
    private static final Event RECEIVED = new DemographicsReceived(LENA, "national", values("birthdate", "1990-05-01"));
    private static final Event SAID =
            new DemographicsUpdated(LENA, Source.self(), values("phone_number", "+4915112345678"));
    private static final Event CONSENTED =
            new ConsentGiven(LENA, "c-1", "national", List.of("birthdate"), "sign-in", "1", "en");
    private static final Event ERASED = new RegistrantErased(LENA);

    private static World given(Event... events) {
        return new World().given(Registrant.class, events);
    }

    private static World portal(StepUp asked) {
        return new World().contactChangesTake(asked);
    }

    @Test
    void isRegisteredAtTheFirstLogin() {
        given().grants(register(1), REGISTERED);
    }

    @Test
    void staysAsTheyAreAtLaterLogins() {
        given(REGISTERED, RECEIVED).changesNothing(register(1));
    }

    @Test
    void isNotRegisteredUnderAnotherLoginsId() {
        given().refuses(register(2), RefusalCode.INVALID, "field", "registrant");
    }

    @Test
    void whoWasErasedIsNotRegisteredAgainInTheSameGeneration() {
        given(REGISTERED, ERASED).refuses(register(1), RefusalCode.REGISTRANT_ERASED);
    }

    @Test
    void whoIsUnknownHasNoClaims() {
        given().refuses(claims("birthdate", "1990-05-01"), RefusalCode.NOT_FOUND);
    }

    @Test
    void isKnownByWhatTheProviderVouchesFor() {
        given(REGISTERED).grants(claims("birthdate", "1990-05-01"), RECEIVED);
    }

    @Test
    void isNotToldTheSameTwice() {
        given(REGISTERED, RECEIVED).changesNothing(claims("birthdate", "1990-05-01"));
    }

    @Test
    void hasOnlyTheChangedClaimsRecorded() {
        given(REGISTERED, RECEIVED)
                .grants(
                        new RecordClaims(LENA, "national", values("birthdate", "1990-05-01", "gender", "female")),
                        new DemographicsReceived(LENA, "national", values("gender", "female")));
    }

    @Test
    void hasTheSameValueFromAnotherProviderRecorded() {
        given(REGISTERED, RECEIVED)
                .grants(
                        new RecordClaims(LENA, "farmers", values("birthdate", "1990-05-01")),
                        new DemographicsReceived(LENA, "farmers", values("birthdate", "1990-05-01")));
    }

    @Test
    void hasNoEmptyClaims() {
        given(REGISTERED).changesNothing(claims("birthdate", " "));
    }

    @Test
    void hasNoClaimsThatThePortalDoesNotKnow() {
        given(REGISTERED).refuses(claims("shoe_size", "42"), RefusalCode.ATTRIBUTE_UNKNOWN, "attribute", "shoe_size");
    }

    @Test
    void hasNoClaimsWithoutEnd() {
        given(REGISTERED).refuses(claims("name", "x".repeat(2_001)), RefusalCode.VALUE_NOT_VALID, "field", "name");
    }

    @Test
    void saysWhatTheirPhoneNumberIsInAnyNotation() {
        given(REGISTERED).grants(update("phone_number", "+49 151 12345678"), SAID);
    }

    @Test
    void whoSaysTheSameAgainChangesNothing() {
        given(REGISTERED, SAID).changesNothing(update("phone_number", "+49 (151) 1234-5678"));
    }

    @Test
    void whoTypesTheVerifiedValueSaysNothingNew() {
        given(REGISTERED, RECEIVED).changesNothing(update("birthdate", "1990-05-01"));
    }

    @Test
    void mayClaimSomethingElseThanWhatWasVerified() {
        given(REGISTERED, RECEIVED)
                .grants(
                        update("birthdate", "1991-05-01"),
                        new DemographicsUpdated(LENA, Source.self(), values("birthdate", "1991-05-01")));
    }

    @Test
    void doesNotTypeAnIdNumber() {
        given(REGISTERED)
                .refuses(update("individual_id", "123"), RefusalCode.ATTRIBUTE_UNKNOWN, "attribute", "individual_id");
    }

    @Test
    void isNotBornTomorrow() {
        given(REGISTERED)
                .when(update("birthdate", "2026-11-23"))
                .expectNoEvents()
                .expectExceptionDetails(new org.selfservice.kernel.Refused.Refusal(
                        RefusalCode.VALUE_NOT_VALID,
                        Map.of("field", "birthdate", "fields", "birthdate", "problem", "IN_FUTURE")));
    }

    @Test
    void hasAnEmailAddressThatIsOne() {
        given(REGISTERED).refuses(update("email", "not an address"), RefusalCode.VALUE_NOT_VALID);
    }

    @Test
    void hasANameThatEnds() {
        given(REGISTERED).refuses(update("name", "x".repeat(10_000)), RefusalCode.VALUE_NOT_VALID);
    }

    @Test
    void doesNotSpeakForTheProvider() {
        given(REGISTERED)
                .refuses(
                        new UpdateDemographics(LENA, Source.provider("national"), values("name", "Lena")),
                        RefusalCode.INVALID,
                        "field",
                        "source");
    }

    @Test
    void consents() {
        given(REGISTERED).grants(consent(), CONSENTED);
    }

    @Test
    void consentsOnce() {
        given(REGISTERED, CONSENTED).changesNothing(consent());
    }

    @Test
    void whoWithdrewAConsentDoesNotGiveItAgainByARepeatedCommand() {
        given(REGISTERED, CONSENTED, new ConsentWithdrawn(LENA, "c-1"))
                .refuses(consent(), RefusalCode.CONSENT_WITHDRAWN);
    }

    @Test
    void consentsOnlyToWhatThePortalKnows() {
        given(REGISTERED)
                .refuses(
                        new GiveConsent(LENA, "c-1", "national", List.of("shoe_size"), "sign-in", "1", "en"),
                        RefusalCode.ATTRIBUTE_UNKNOWN,
                        "attribute",
                        "shoe_size");
    }

    @Test
    void withdrawsAConsent() {
        given(REGISTERED, CONSENTED).grants(new WithdrawConsent(LENA, "c-1"), new ConsentWithdrawn(LENA, "c-1"));
    }

    @Test
    void withdrawsAConsentOnce() {
        given(REGISTERED, CONSENTED, new ConsentWithdrawn(LENA, "c-1"))
                .changesNothing(new WithdrawConsent(LENA, "c-1"));
    }

    @Test
    void doesNotWithdrawWhatTheyNeverGave() {
        given(REGISTERED).refuses(new WithdrawConsent(LENA, "c-1"), RefusalCode.CONSENT_UNKNOWN);
    }

    @Test
    void saysHowToBeReached() {
        var preferences = new ContactPreferences(ContactPreferences.Via.SMS, "fr");
        given(REGISTERED)
                .grants(new SetContactPreferences(LENA, preferences), new ContactPreferencesSet(LENA, preferences));
    }

    @Test
    void saysHowToBeReachedOnce() {
        var preferences = new ContactPreferences(ContactPreferences.Via.SMS, "fr");
        given(REGISTERED, new ContactPreferencesSet(LENA, preferences))
                .changesNothing(new SetContactPreferences(LENA, preferences));
    }

    @Test
    void isErased() {
        given(REGISTERED, RECEIVED).grants(new EraseRegistrant(LENA), ERASED);
    }

    @Test
    void isErasedOnce() {
        given(REGISTERED, ERASED).changesNothing(new EraseRegistrant(LENA));
    }

    @Test
    void whoWasErasedSaysNothingMore() {
        given(REGISTERED, ERASED).refuses(update("name", "Lena"), RefusalCode.REGISTRANT_ERASED);
    }

    @Test
    void whoseKeyWasDestroyedIsStillRead() {
        given(
                        new org.selfservice.kernel.registrant.RegistrantEvent.RegistrantRegistered(
                                LENA, 1, Personal.erased(), "national", IdType.FOUNDATIONAL, Personal.erased()),
                        new DemographicsReceived(LENA, "national", Personal.erased()),
                        ERASED)
                .changesNothing(new EraseRegistrant(LENA));
    }

    @Test
    void changesContactDetailsOnlyWithTheLoginThatThePortalAsksFor() {
        World sure = portal(new StepUp(Assurance.STRONG, 10)).given(Registrant.class, REGISTERED);
        var bySms = new SetContactPreferences(LENA, new ContactPreferences(ContactPreferences.Via.SMS, "fr"));

        sure.by(lena(Assurance.BASIC, NOW))
                .refuses(update("phone_number", "+49 151 12345678"), RefusalCode.AUTHENTICATION_TOO_WEAK);
        sure.given(Registrant.class, REGISTERED)
                .by(lena(Assurance.STRONG, NOW.minusSeconds(601)))
                .refuses(bySms, RefusalCode.AUTHENTICATION_TOO_OLD);
        sure.given(Registrant.class, REGISTERED)
                .by(lena(Assurance.STRONG, NOW.minusSeconds(600)))
                .grants(update("phone_number", "+49 151 12345678"), SAID);
        sure.given(Registrant.class, REGISTERED)
                .by(lena(Assurance.STRONG, NOW))
                .grants(bySms, new ContactPreferencesSet(LENA, bySms.preferences()));
    }

    @Test
    void changesTheRestAndWhatIsSoAlreadyWithAnyLogin() {
        World sure = portal(new StepUp(Assurance.STRONG, 10)).by(lena(Assurance.BASIC, NOW));
        sure.given(Registrant.class, REGISTERED)
                .grants(
                        update("household_size", "4"),
                        new DemographicsUpdated(LENA, Source.self(), values("household_size", "4")));
        sure.given(Registrant.class, REGISTERED, SAID).changesNothing(update("phone_number", "+49 151 12345678"));
        sure.given(Registrant.class, REGISTERED)
                .grants(claims("phone_number", "+4915112345678"), DemographicsReceived.class, _ -> {});
    }

    @Test
    void besideAnOfficerProvesItThemself() {
        World sure = portal(new StepUp(Assurance.BASIC, 10)).given(Registrant.class, REGISTERED);
        Source source = new Source(Source.Kind.OFFICER, "olga");
        UpdateDemographics update = new UpdateDemographics(LENA, source, values("email", "l@x.org"));
        sure.by(olga(NOW.minusSeconds(601))).refuses(update, RefusalCode.AUTHENTICATION_TOO_OLD);
        sure.given(Registrant.class, REGISTERED)
                .by(olga(NOW))
                .grants(update, new DemographicsUpdated(LENA, source, values("email", "l@x.org")));
    }

    private static Author lena(Assurance assurance, Instant at) {
        Author.Evidence evidence = new Author.Evidence("https://id.example", "acr", at, assurance);
        return new Author(LENA.value(), null, Author.Role.REGISTRANT, null, Author.Channel.WEB, evidence, "test");
    }

    /** @param lenas when Lena, who is with the officer, proved who she is */
    private static Author olga(Instant lenas) {
        Author.Evidence evidence = new Author.Evidence("https://id.example", "acr", lenas, Assurance.BASIC);
        return new Author("olga", "Olga", Author.Role.OFFICER, LENA.value(), Author.Channel.ASSISTED, evidence, "test");
    }

    @Test
    void isBestKnownByTheNewestVerifiedValue() {
        Person person = Person.nobody()
                .after(registered(LENA))
                .after(new DemographicsReceived(LENA, "national", values("birthdate", "1990-05-01")))
                .after(new DemographicsUpdated(
                        LENA, Source.self(), values("birthdate", "1991-05-01", "email", "l@x.org")));

        assertThat(person.best())
                .containsEntry("birthdate", Answer.text("1990-05-01"))
                .containsEntry("email", Answer.text("l@x.org"))
                .containsEntry("name", Answer.text("Lena D."));
    }

    private static RegisterRegistrant register(int generation) {
        return new RegisterRegistrant(
                LENA, generation, Personal.of(LOGIN), "national", IdType.FOUNDATIONAL, Personal.of("Lena D."));
    }

    private static RecordClaims claims(String attribute, String value) {
        return new RecordClaims(LENA, "national", values(attribute, value));
    }

    private static UpdateDemographics update(String attribute, String value) {
        return new UpdateDemographics(LENA, Source.self(), values(attribute, value));
    }

    private static GiveConsent consent() {
        return new GiveConsent(LENA, "c-1", "national", List.of("birthdate"), "sign-in", "1", "en");
    }

    private static Personal<Map<String, Answer>> values(String... pairs) {
        return Personal.of(
                pairs.length == 2
                        ? Map.of(pairs[0], Answer.text(pairs[1]))
                        : Map.of(pairs[0], Answer.text(pairs[1]), pairs[2], Answer.text(pairs[3])));
    }
}
