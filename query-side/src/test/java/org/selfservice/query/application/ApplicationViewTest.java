package org.selfservice.query.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.FORM;
import static org.selfservice.query.Samples.IN_A_MONTH;
import static org.selfservice.query.Samples.NOON;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.SHA;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.document;
import static org.selfservice.query.Samples.person;
import static org.selfservice.query.Samples.registrant;
import static org.selfservice.query.Samples.saved;
import static org.selfservice.query.Samples.started;
import static org.selfservice.query.Samples.submitted;
import static org.selfservice.query.Samples.uploaded;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.AnswerSource;
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
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.application.ApplicationQuery.TimelineEntry;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.query.Erased;
import org.selfservice.query.Folds;

class ApplicationViewTest {
    private static final ApplicationId ID = application(1, 1);
    private static final RegistrantId LENA = registrant(1);

    private final Folds<ApplicationFile> file = new Folds<ApplicationFile>(new ApplicationView(), ID.value());

    @Test
    void aStartedApplicationIsADraftThatIsKeptForAWhile() {
        ApplicationFile draft = lena(started(1, 1));

        assertThat(draft.state()).isEqualTo(ApplicationState.DRAFT);
        assertThat(draft.registrant()).isEqualTo(LENA);
        assertThat(draft.program()).isEqualTo(CASH);
        assertThat(draft.ordinal()).isEqualTo(1);
        assertThat(draft.reference()).isEqualTo("CASH-000001-01");
        assertThat(draft.form()).isEqualTo(FORM);
        assertThat(draft.formVersion()).isEqualTo(1);
        assertThat(draft.language()).isEqualTo("fr");
        assertThat(draft.startedAt()).isEqualTo(NOON);
        assertThat(draft.keptUntil()).isEqualTo(IN_A_MONTH);
        assertThat(draft.sequence()).isZero();
    }

    @Test
    void savedAnswersCarryTheirSourceAndWhenTheyChanged() {
        ApplicationFile draft = lena(
                started(1, 1), saved(1, 1, Map.of("name", Answer.text("Lena"))), saved(1, 1, Map.of("age", age("7"))));

        assertThat(draft.answers()).isEqualTo(Map.of("name", Answer.text("Lena"), "age", age("7")));
        assertThat(draft.sources())
                .isEqualTo(Map.of(
                        "name",
                        new AnswerSource(AnswerSource.Kind.PREFILLED, "name", true),
                        "age",
                        AnswerSource.TYPED));
        assertThat(draft.answersSeenAt()).isEqualTo(Map.of("name", 1L, "age", 2L));
        assertThat(draft.savedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(2)));
    }

    @Test
    void anEmptyAnswerClearsTheField() {
        ApplicationFile draft =
                lena(started(1, 1), saved(1, 1, Map.of("age", age("7"))), saved(1, 1, Map.of("age", age(" "))));

        assertThat(draft.answers()).isEmpty();
        assertThat(draft.sources()).isEmpty();
        assertThat(draft.answersSeenAt()).isEqualTo(Map.of("age", 2L));
    }

    @Test
    void aNewFormVersionDropsWhatItDoesNotAsk() {
        ApplicationFile draft = lena(
                started(1, 1),
                saved(1, 1, Map.of("name", Answer.text("Lena"), "age", age("7"))),
                new FormVersionAdopted(ID, LENA, CASH, FORM, 2, List.of("age")));

        assertThat(draft.formVersion()).isEqualTo(2);
        assertThat(draft.answers()).containsOnlyKeys("name");
        assertThat(draft.sources()).containsOnlyKeys("name");
        assertThat(draft.answersSeenAt()).containsEntry("age", 2L);
    }

    @Test
    void anUploadedDocumentIsReadyAndEndsItsDeferral() {
        ApplicationFile draft = lena(
                started(1, 1),
                new DocumentDeferred(ID, LENA, CASH, "id_card", Deferral.REMIND_ME),
                uploaded(1, 1, 7, "id_card"));

        assertThat(draft.deferred()).isEmpty();
        assertThat(draft.documents()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(document(7));
            assertThat(one.name()).isEqualTo("card 7.jpg");
            assertThat(one.state()).isEqualTo(DocumentState.READY);
            assertThat(one.scanned()).isTrue();
        });
    }

    @Test
    void aDeferralCanBeTakenBack() {
        assertThat(lena(started(1, 1), new DocumentDeferred(ID, LENA, CASH, "id_card", Deferral.NEED_HELP))
                        .deferred())
                .isEqualTo(Map.of("id_card", Deferral.NEED_HELP));
        assertThat(lena(new DocumentDeferred(ID, LENA, CASH, "id_card", null)).deferred())
                .isEmpty();
    }

    @Test
    void aRemovedDocumentStaysInTheFileAsRemoved() {
        ApplicationFile draft = lena(
                started(1, 1),
                uploaded(1, 1, 7, "id_card"),
                uploaded(1, 1, 8, "id_card"),
                new DocumentRemoved(ID, LENA, CASH, document(7), "id_card"));

        assertThat(draft.documents())
                .extracting(one -> one.state())
                .containsExactly(DocumentState.REMOVED, DocumentState.READY);
    }

    @Test
    void whatWasSentIsInTheFileAsItWasSent() {
        ApplicationFile sent = lena(started(1, 1), submitted(1, 1, Map.of()));

        assertThat(sent.state()).isEqualTo(ApplicationState.SUBMITTED);
        assertThat(sent.submission()).isEqualTo(submitted(1, 1, Map.of()).submission());
        assertThat(sent.submissionEvent()).isEqualTo(ID.value() + "#1");
        assertThat(sent.submittedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(1)));
        assertThat(sent.decideBy()).isEqualTo(IN_A_MONTH);
        assertThat(sent.language()).isEqualTo("ar");
        assertThat(sent.keptUntil()).isNull();
    }

    @Test
    void answersAreAsTypedUntilTheyAreSentAndNormalizedFromThenOn() {
        lena(started(1, 1), saved(1, 1, Map.of("name", Answer.text(" Lena "), "not_asked", age("7"))));
        ApplicationFile sent = lena(submitted(1, 1, Map.of()));
        assertThat(sent.answers())
                .isEqualTo(submitted(1, 1, Map.of()).submission().answers().orNull());

        lena(saved(1, 1, Map.of("age", age(" 8"))));
        assertThat(lena(new InformationProvided(ID, LENA, CASH, Personal.of(Map.of("age", age("8"))), List.of()))
                        .answers())
                .containsEntry("age", age("8"));
    }

    @Test
    void aRequestForInformationIsOpenUntilItIsAnswered() {
        lena(started(1, 1), submitted(1, 1, Map.of()));
        ApplicationFile asked = staff(new ReviewerAssigned(ID, LENA, CASH, "omar"), requested());
        assertThat(asked.state()).isEqualTo(ApplicationState.INFORMATION_REQUESTED);
        assertThat(asked.reviewer()).isEqualTo("omar");
        assertThat(asked.request().open()).isTrue();
        assertThat(asked.request().reason()).isEqualTo("The photo is blurred");

        ApplicationFile answered = lena(
                saved(1, 1, Map.of("age", age("8"))),
                new InformationProvided(ID, LENA, CASH, Personal.of(Map.of("age", age("8"))), List.of(sent())));
        assertThat(answered.state()).isEqualTo(ApplicationState.IN_REVIEW);
        assertThat(answered.request().open()).isFalse();
        assertThat(answered.keptUntil()).isNull();
        assertThat(answered.given()).singleElement().satisfies(given -> {
            assertThat(given.answers()).isEqualTo(Map.of("age", age("8")));
            assertThat(given.documents()).containsExactly(sent());
        });
    }

    @Test
    void aVerifiedDocumentSaysSoAndARejectedOneSaysWhy() {
        lena(started(1, 1), uploaded(1, 1, 7, "id_card"), uploaded(1, 1, 8, "id_card"));

        ApplicationFile checked = staff(
                new DocumentVerified(ID, LENA, CASH, document(7), "id_card"),
                new DocumentRejected(ID, LENA, CASH, document(8), "id_card", Personal.of("Not readable")));

        assertThat(checked.documents())
                .extracting(one -> one.state())
                .containsExactly(DocumentState.VERIFIED, DocumentState.REJECTED);
        assertThat(checked.documents().getLast().rejection()).isEqualTo("Not readable");
    }

    @Test
    void anApprovalIsADecisionWithItsNote() {
        ApplicationFile approved = decided(new ApplicationApproved(ID, LENA, CASH, Personal.of("Welcome")));

        assertThat(approved.state()).isEqualTo(ApplicationState.APPROVED);
        assertThat(approved.decision().approved()).isTrue();
        assertThat(approved.decision().text()).isEqualTo("Welcome");
        assertThat(approved.decision().by()).isEqualTo("Omar");
    }

    @Test
    void aRejectionIsADecisionWithItsReasonAndExplanation() {
        ApplicationFile rejected = decided(new ApplicationRejected(ID, LENA, CASH, "income", Personal.of("Too high")));

        assertThat(rejected.state()).isEqualTo(ApplicationState.REJECTED);
        assertThat(rejected.decision().approved()).isFalse();
        assertThat(rejected.decision().reason()).isEqualTo("income");
        assertThat(rejected.decision().text()).isEqualTo("Too high");
    }

    @Test
    void aWithdrawnApplicationHasNoOpenRequest() {
        lena(started(1, 1), submitted(1, 1, Map.of()));
        staff(requested());

        ApplicationFile withdrawn = lena(new ApplicationWithdrawn(ID, LENA, CASH, Personal.of("I moved")));

        assertThat(withdrawn.state()).isEqualTo(ApplicationState.WITHDRAWN);
        assertThat(withdrawn.request().open()).isFalse();
        assertThat(withdrawn.timeline().getLast().text()).isEqualTo("I moved");
    }

    @Test
    void anExpiredDraftIsNotKeptAnyLonger() {
        ApplicationFile expired = lena(started(1, 1), new DraftExpired(ID, LENA, CASH));

        assertThat(expired.state()).isEqualTo(ApplicationState.EXPIRED);
        assertThat(expired.keptUntil()).isNull();
    }

    @Test
    void theTimelineTellsWhatHappenedInOrderAndWhoMaySeeIt() {
        lena(started(1, 1), saved(1, 1, Map.of("age", age("7"))), submitted(1, 1, Map.of()));
        ApplicationFile told = staff(
                new ReviewerAssigned(ID, LENA, CASH, "omar"),
                new Remarked(ID, LENA, CASH, Personal.of("Ask her neighbour"), false),
                new Remarked(ID, LENA, CASH, Personal.of("We called you"), true));

        assertThat(told.timeline())
                .extracting(
                        TimelineEntry::event,
                        TimelineEntry::by,
                        TimelineEntry::name,
                        TimelineEntry::text,
                        TimelineEntry::visible,
                        TimelineEntry::sequence)
                .containsExactly(
                        row("application.started", "REGISTRANT", null, null, true, 0L),
                        row("application.submitted", "REGISTRANT", null, null, true, 2L),
                        row("application.reviewer-assigned", "REVIEWER", "Omar", null, true, 3L),
                        row("application.remarked", "REVIEWER", "Omar", "Ask her neighbour", false, 4L),
                        row("application.remarked", "REVIEWER", "Omar", "We called you", true, 5L));
    }

    @Test
    void anErasedApplicationIsWhatARebuildWithoutTheKeyWouldGive() {
        lena(
                started(1, 1),
                saved(1, 1, Map.of("age", age("7"))),
                uploaded(1, 1, 7, "id_card"),
                submitted(1, 1, Map.of("name", Answer.text("Lena"))));
        staff(
                requested(),
                new DocumentRejected(ID, LENA, CASH, document(7), "id_card", Personal.of("Not readable")),
                new Remarked(ID, LENA, CASH, Personal.of("Ask her neighbour"), false));
        lena(new InformationProvided(ID, LENA, CASH, Personal.of(Map.of("age", age("8"))), List.of(sent())));
        staff(new ApplicationRejected(ID, LENA, CASH, "income", Personal.of("Too high")));
        ApplicationFile erased = staff(new ApplicationErased(ID, LENA, CASH));

        var withoutKey = new Folds<ApplicationFile>(new ApplicationView(), ID.value());
        withoutKey.by(
                person(LENA),
                started(1, 1),
                Erased.of(saved(1, 1, Map.of("age", age("7")))),
                Erased.of(uploaded(1, 1, 7, "id_card")),
                Erased.of(submitted(1, 1, Map.of())));
        withoutKey.by(
                OFFICER,
                new InformationRequested(
                        ID, LENA, CASH, List.of("age"), List.of("id_card"), Personal.erased(), IN_A_MONTH),
                new DocumentRejected(ID, LENA, CASH, document(7), "id_card", Personal.erased()),
                new Remarked(ID, LENA, CASH, Personal.erased(), false));
        withoutKey.by(
                person(LENA), new InformationProvided(ID, LENA, CASH, Personal.erased(), List.of(Erased.of(sent()))));
        withoutKey.by(
                OFFICER,
                new ApplicationRejected(ID, LENA, CASH, "income", Personal.erased()),
                new ApplicationErased(ID, LENA, CASH));

        assertThat(erased).isEqualTo(withoutKey.document());
        assertThat(erased.erased()).isTrue();
        assertThat(erased.toString()).doesNotContain("neighbour", "Too high", "card 7");
    }

    private static Tuple row(Object... values) {
        return Tuple.tuple(values);
    }

    private static Answer age(String age) {
        return Answer.text(age);
    }

    private static SentDocument sent() {
        return new SentDocument(document(9), "id_card", Personal.of("card 9.jpg"), "image/jpeg", 1234, SHA);
    }

    private static InformationRequested requested() {
        return new InformationRequested(
                ID, LENA, CASH, List.of("age"), List.of("id_card"), Personal.of("The photo is blurred"), IN_A_MONTH);
    }

    private ApplicationFile decided(Event decision) {
        lena(started(1, 1), submitted(1, 1, Map.of()));
        return staff(decision);
    }

    private ApplicationFile lena(Event... events) {
        return file.by(person(LENA), events).document();
    }

    private ApplicationFile staff(Event... events) {
        return file.by(OFFICER, events).document();
    }
}
