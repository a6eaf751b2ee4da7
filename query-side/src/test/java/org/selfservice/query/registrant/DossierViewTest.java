package org.selfservice.query.registrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.FORM;
import static org.selfservice.query.Samples.IN_A_MONTH;
import static org.selfservice.query.Samples.NOON;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.document;
import static org.selfservice.query.Samples.enrolment;
import static org.selfservice.query.Samples.money;
import static org.selfservice.query.Samples.person;
import static org.selfservice.query.Samples.registered;
import static org.selfservice.query.Samples.registrant;
import static org.selfservice.query.Samples.saved;
import static org.selfservice.query.Samples.started;
import static org.selfservice.query.Samples.submitted;
import static org.selfservice.query.Samples.uploaded;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.DocumentDeferred;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRejected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRemoved;
import org.selfservice.kernel.application.ApplicationEvent.DocumentVerified;
import org.selfservice.kernel.application.ApplicationEvent.DraftExpired;
import org.selfservice.kernel.application.ApplicationEvent.FormVersionAdopted;
import org.selfservice.kernel.application.ApplicationEvent.InformationProvided;
import org.selfservice.kernel.application.ApplicationEvent.InformationRequested;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationEvent.ReviewerAssigned;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentPaused;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentResumed;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EntitlementGranted;
import org.selfservice.kernel.enrolment.EnrolmentEvent.PaymentRecorded;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.registrant.ContactPreferences;
import org.selfservice.kernel.registrant.RegistrantCommand;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentGiven;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentWithdrawn;
import org.selfservice.kernel.registrant.RegistrantEvent.ContactPreferencesSet;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsReceived;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsUpdated;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Identity;
import org.selfservice.kernel.registrant.RegistrantQuery.Recipient;
import org.selfservice.kernel.registrant.Source;
import org.selfservice.query.Erased;
import org.selfservice.query.Folds;

class DossierViewTest {
    private static final RegistrantId LENA = registrant(1);
    private static final ApplicationId ID = application(1, 1);

    private final Folds<DossierView.Person> person = new Folds<>(new DossierView(), LENA.value());

    @Test
    void aRegistrationGivesANameAndALogin() {
        Dossier dossier = after(registered(1));

        assertThat(dossier.name()).isEqualTo("Lena Diallo 1");
        assertThat(dossier.identities())
                .containsExactly(new Identity(RegistrantCommand.FIRST, LENA, "national-id", IdType.FOUNDATIONAL, NOON));
        assertThat(dossier.hasSeen(LENA.value(), 0)).isTrue();
        assertThat(dossier.hasSeen(LENA.value(), 1)).isFalse();
    }

    @Test
    void aVerifiedValueAndATypedOneStandSideBySide() {
        Dossier dossier = after(received("name", "Lena Diallo"), typed("name", "Léna"));

        assertThat(dossier.demographics().get("name"))
                .extracting(DemographicValue::value, DemographicValue::verified, DemographicValue::current)
                .containsExactly(
                        tuple(Answer.text("Léna"), false, true), tuple(Answer.text("Lena Diallo"), true, true));
        assertThat(dossier.best("name").value()).isEqualTo(Answer.text("Lena Diallo"));
        assertThat(dossier.name()).isEqualTo("Lena Diallo");
    }

    @Test
    void aNewerValueOfTheSameSourceMakesTheOlderHistory() {
        Dossier dossier = after(typed("phone_number", "+254700000001"), typed("phone_number", "+254700000002"));

        assertThat(dossier.demographics().get("phone_number"))
                .extracting(DemographicValue::value, DemographicValue::current, DemographicValue::event)
                .containsExactly(
                        tuple(Answer.text("+254700000002"), true, LENA + "#1"),
                        tuple(Answer.text("+254700000001"), false, LENA + "#0"));
    }

    @Test
    void anEmptyValueTakesTheSourcesOwnBackAndNoOthers() {
        Dossier dossier =
                after(received("email", "lena@id.example.org"), typed("email", "l@x.org"), typed("email", ""));

        assertThat(dossier.demographics().get("email"))
                .extracting(DemographicValue::current)
                .containsExactly(false, true);
    }

    @Test
    void aProgramThatReceivedAValueIsNamedWithIt() {
        Dossier dossier = after(
                received("name", "Lena Diallo"),
                typed("name", "Léna"),
                typed("email", "l@x.org"),
                started(1, 1),
                submitted(1, 1, Map.of("name", Answer.text("Lena Diallo"), "email", Answer.text("other@x.org"))));

        assertThat(dossier.demographics().get("name"))
                .extracting(DemographicValue::recipients)
                .containsExactly(List.of(), List.of(new Recipient(CASH, ID, NOON.plus(Duration.ofMinutes(4)))));
        assertThat(dossier.demographics().get("email").getFirst().recipients()).isEmpty();
    }

    @Test
    void aConsentIsKnownUntilAndAfterItIsWithdrawn() {
        Dossier given = after(consent());
        assertThat(given.consents()).singleElement().satisfies(consent -> {
            assertThat(consent.claims()).containsExactly("name", "birthdate");
            assertThat(consent.givenAt()).isEqualTo(NOON);
            assertThat(consent.withdrawnAt()).isNull();
        });

        Dossier withdrawn = after(new ConsentWithdrawn(LENA, "login-1"));
        assertThat(withdrawn.consents().getFirst().withdrawnAt()).isEqualTo(NOON.plus(Duration.ofMinutes(1)));
    }

    @Test
    void theLastContactPreferencesCount() {
        assertThat(after(
                                new ContactPreferencesSet(
                                        LENA, new ContactPreferences(ContactPreferences.Via.EMAIL, "en")),
                                new ContactPreferencesSet(
                                        LENA, new ContactPreferences(ContactPreferences.Via.SMS, "fr")))
                        .contact())
                .isEqualTo(new ContactPreferences(ContactPreferences.Via.SMS, "fr"));
    }

    @Test
    void eachApplicationIsALineThatFollowsIt() {
        assertThat(line(started(1, 1)).state()).isEqualTo(ApplicationState.DRAFT);
        assertThat(line(saved(1, 1, Map.of())).changedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(1)));
        assertThat(line(uploaded(1, 1, 7, "id_card")).changedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(2)));
        assertThat(line(new DocumentRemoved(ID, LENA, CASH, document(7), "id_card"))
                        .state())
                .isEqualTo(ApplicationState.DRAFT);
        assertThat(line(submitted(1, 1, Map.of())).submittedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(4)));
        assertThat(line(new ReviewerAssigned(ID, LENA, CASH, "omar")).state()).isEqualTo(ApplicationState.IN_REVIEW);
        assertThat(line(new DocumentVerified(ID, LENA, CASH, document(7), "id_card"))
                        .state())
                .isEqualTo(ApplicationState.IN_REVIEW);
        assertThat(line(requested()).deadline()).isEqualTo(IN_A_MONTH);
        assertThat(line(new Remarked(ID, LENA, CASH, Personal.of("x"), true)).deadline())
                .isEqualTo(IN_A_MONTH);
        assertThat(line(new InformationProvided(ID, LENA, CASH, Personal.of(Map.of()), List.of()))
                        .deadline())
                .isNull();
        assertThat(line(new DocumentRejected(ID, LENA, CASH, document(7), "id_card", Personal.of("x")))
                        .state())
                .isEqualTo(ApplicationState.IN_REVIEW);
        ApplicationSummary approved = line(new ApplicationApproved(ID, LENA, CASH, Personal.of("x")));
        assertThat(approved.state()).isEqualTo(ApplicationState.APPROVED);
        assertThat(approved.decidedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(11)));
        assertThat(person.document().dossier().seen()).isEqualTo(Map.of(ID.value(), 11L));
    }

    @Test
    void anApplicationMayEndWithoutBeingApproved() {
        assertThat(line(started(1, 1), new ApplicationRejected(ID, LENA, CASH, "income", Personal.of("x")))
                        .decidedAt())
                .isNotNull();
        assertThat(line(started(1, 1), new ApplicationWithdrawn(ID, LENA, CASH, Personal.of("x")))
                        .state())
                .isEqualTo(ApplicationState.WITHDRAWN);
        assertThat(line(started(1, 1), new DraftExpired(ID, LENA, CASH)).state())
                .isEqualTo(ApplicationState.EXPIRED);
    }

    @Test
    void documentsAreOwedUntilTheyAreHandedInOrDoNotApply() {
        assertThat(line(started(1, 1), deferred("id_card", Deferral.REMIND_ME), deferred("proxy", Deferral.NEED_HELP))
                        .owes())
                .isEqualTo(2);
        assertThat(line(deferred("proxy", Deferral.DOES_NOT_APPLY)).owes()).isEqualTo(1);
        assertThat(line(submitted(1, 1, Map.of())).owes()).isEqualTo(2);
        assertThat(line(uploaded(1, 1, 7, "land_record")).owes()).isEqualTo(1);
        assertThat(line(new FormVersionAdopted(ID, LENA, CASH, FORM, 2, List.of("id_card")))
                        .owes())
                .isZero();
    }

    @Test
    void anEnrolmentFollowsItsStateEntitlementsAndPayments() {
        assertThat(enrolmentAfter(new RegistrantEnrolled(enrolment(1), LENA, CASH, ID))
                        .state())
                .isEqualTo(EnrolmentState.ENROLLED);
        EnrolmentSummary paused = enrolmentAfter(new EnrolmentPaused(enrolment(1), LENA, CASH, Personal.of("Abroad")));
        assertThat(paused.state()).isEqualTo(EnrolmentState.PAUSED);
        assertThat(paused.reason()).isEqualTo("Abroad");
        EnrolmentSummary resumed = enrolmentAfter(new EnrolmentResumed(enrolment(1), LENA, CASH));
        assertThat(resumed.state()).isEqualTo(EnrolmentState.ENROLLED);
        assertThat(resumed.reason()).isNull();
        enrolmentAfter(new EntitlementGranted(
                enrolment(1), LENA, CASH, "g-1", money("100"), "Food", LocalDate.parse("2026-12-01"), null));
        enrolmentAfter(pay("p-1", "40.50"));
        EnrolmentSummary paid = enrolmentAfter(pay("p-2", "9.50"));
        assertThat(paid.entitlements().getFirst().paid()).isEqualTo(money("50"));
        assertThat(paid.payments()).hasSize(2);
        EnrolmentSummary exited =
                enrolmentAfter(new EnrolmentExited(enrolment(1), LENA, CASH, Personal.of("Graduated")));
        assertThat(exited.state()).isEqualTo(EnrolmentState.EXITED);
        EnrolmentSummary again = enrolmentAfter(new RegistrantEnrolled(enrolment(1), LENA, CASH, null));
        assertThat(again.state()).isEqualTo(EnrolmentState.ENROLLED);
        assertThat(again.payments()).hasSize(2);
    }

    @Test
    void anEnrolmentThatNeverBeganCannotBeFolded() {
        assertThatThrownBy(() -> after(new EnrolmentResumed(enrolment(1), LENA, CASH)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anErasedPersonIsWhatARebuildWithoutTheKeysWouldGive() {
        Event[] life = {
            registered(1),
            received("name", "Lena Diallo"),
            typed("email", "l@x.org"),
            consent(),
            started(1, 1),
            submitted(1, 1, Map.of("name", Answer.text("Lena Diallo"))),
            new RegistrantEnrolled(enrolment(1), LENA, CASH, ID),
            new EnrolmentPaused(enrolment(1), LENA, CASH, Personal.of("Abroad"))
        };
        Event[] end = {new RegistrantErased(LENA), new ApplicationErased(ID, LENA, CASH)};

        Dossier erased =
                person.by(person(LENA), life).by(OFFICER, end).document().dossier();

        var withoutKeys = new Folds<>(new DossierView(), LENA.value());
        for (Event event : life) {
            withoutKeys.by(person(LENA), Erased.of(event));
        }
        assertThat(erased).isEqualTo(withoutKeys.by(OFFICER, end).document().dossier());
        assertThat(erased.erased()).isTrue();
        assertThat(erased.name()).isNull();
        assertThat(erased.applications()).hasSize(1);
        assertThat(erased.consents()).hasSize(1);
    }

    @Test
    void anErasedCaseIsNoLongerARecipient() {
        Dossier dossier = after(
                typed("name", "Lena"),
                started(1, 1),
                submitted(1, 1, Map.of("name", Answer.text("Lena"))),
                new ApplicationErased(ID, LENA, CASH));

        assertThat(dossier.demographics().get("name").getFirst().recipients()).isEmpty();
    }

    private static DemographicsReceived received(String attribute, String value) {
        return new DemographicsReceived(LENA, "national-id", Personal.of(Map.of(attribute, Answer.text(value))));
    }

    private static DemographicsUpdated typed(String attribute, String value) {
        return new DemographicsUpdated(LENA, Source.self(), Personal.of(Map.of(attribute, Answer.text(value))));
    }

    private static ConsentGiven consent() {
        return new ConsentGiven(
                LENA, "login-1", "national-id", List.of("name", "birthdate"), "sign-in", "2026-1", "en");
    }

    private static DocumentDeferred deferred(String field, Deferral why) {
        return new DocumentDeferred(ID, LENA, CASH, field, why);
    }

    private static InformationRequested requested() {
        return new InformationRequested(ID, LENA, CASH, List.of(), List.of("id_card"), Personal.of("x"), IN_A_MONTH);
    }

    private static PaymentRecorded pay(String reference, String amount) {
        return new PaymentRecorded(
                enrolment(1), LENA, CASH, "g-1", reference, money(amount), LocalDate.parse("2026-12-02"));
    }

    private Dossier after(Event... events) {
        return person.by(person(LENA), events).document().dossier();
    }

    private ApplicationSummary line(Event... events) {
        return after(events).applications().getLast();
    }

    private EnrolmentSummary enrolmentAfter(Event event) {
        return after(event).enrolments().getFirst();
    }
}
