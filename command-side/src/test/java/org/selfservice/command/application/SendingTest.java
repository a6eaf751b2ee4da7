package org.selfservice.command.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.command.Samples.FORM;
import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.OMAR;
import static org.selfservice.command.Samples.SHA_1;
import static org.selfservice.command.Samples.SHA_2;
import static org.selfservice.command.Samples.form;
import static org.selfservice.command.Samples.right;
import static org.selfservice.command.World.NOW;
import static org.selfservice.command.application.Cases.BILL;
import static org.selfservice.command.application.Cases.FIRST;
import static org.selfservice.command.application.Cases.KEPT_UNTIL;
import static org.selfservice.command.application.Cases.approved;
import static org.selfservice.command.application.Cases.ready;
import static org.selfservice.command.application.Cases.saved;
import static org.selfservice.command.application.Cases.sent;
import static org.selfservice.command.application.Cases.started;
import static org.selfservice.command.application.Cases.submitted;
import static org.selfservice.command.application.Cases.uploaded;
import static org.selfservice.command.application.Cases.withdrawn;
import static org.selfservice.command.application.Cases.world;
import static org.selfservice.kernel.LocalizedText.en;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.command.Canonical;
import org.selfservice.command.World;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.DocumentDeferred;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRemoved;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.Outcome;
import org.selfservice.kernel.application.Submission.RuleOutcome;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramEvent.DocumentsRequired;
import org.selfservice.kernel.program.ProgramEvent.EligibilityRulesSet;
import org.selfservice.kernel.program.ProgramEvent.FormMapped;
import org.selfservice.kernel.program.ProgramEvent.ProgramClosed;
import org.selfservice.kernel.program.ProgramEvent.ProgramSuspended;

class SendingTest {
    private static final SubmitApplication SEND = new SubmitApplication(FIRST, LENA, "declaration-1", "fr");
    private static final DocumentDeferred PUT_OFF =
            new DocumentDeferred(FIRST, LENA, MEDICAL, "bill", Deferral.CANNOT_GET);

    @Test
    void freezesWhatTheDecisionReliedOn() {
        world().given(Application.class, ready()).grants(SEND, ApplicationSubmitted.class, event -> {
            Submission submission = event.submission();
            assertThat(event.reference()).isEqualTo("MED-1");
            assertThat(event.decideBy()).isEqualTo(NOW.plus(Duration.ofDays(14)));
            assertThat(submission.form()).isEqualTo(FORM);
            assertThat(submission.formVersion()).isEqualTo(1);
            assertThat(submission.formSha256()).isEqualTo(SHA_1);
            assertThat(submission.programRevision()).isEqualTo(4);
            assertThat(submission.documents()).containsExactly(sent(BILL, "bill"));
            assertThat(submission.owed()).isEmpty();
            assertThat(submission.declaration()).isEqualTo("declaration-1");
            assertThat(submission.language()).isEqualTo("fr");
        });
    }

    @Test
    void normalizesTheAnswers() {
        world().given(Application.class, ready())
                .grants(
                        SEND,
                        ApplicationSubmitted.class,
                        event -> assertThat(event.submission().answers().orNull())
                                .containsEntry("birthdate", Answer.text("1990-05-01"))
                                .containsEntry("amount", Answer.text("1200.50"))
                                .containsOnlyKeys("name", "birthdate", "treatment", "amount", "urgent"));
    }

    @Test
    void sealsAllOfItWithAHash() {
        world().given(Application.class, ready())
                .grants(
                        SEND,
                        ApplicationSubmitted.class,
                        event -> assertThat(event.submission().sha256())
                                .isEqualTo(Canonical.sha256Without(event.submission(), "sha256"))
                                .hasSize(64));
    }

    @Test
    void leavesOutAnswersToQuestionsThatAreNoLongerAsked() {
        world().given(Application.class, started(), saved(right()), saved("why", "Pain"), uploaded(BILL, "bill"))
                .grants(
                        SEND,
                        ApplicationSubmitted.class,
                        event -> assertThat(event.submission().answers().orNull())
                                .doesNotContainKey("why"));
    }

    @Test
    void sharesTheNameAndWhatFilledInTheForm() {
        filledIn("birthdate", right().get("birthdate")).grants(SEND, ApplicationSubmitted.class, event -> {
            assertThat(event.submission().shared().orNull())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("name", Answer.text("Lena D."), "birthdate", Answer.text("1990-05-01")));
            assertThat(event.submission().sources())
                    .isEqualTo(Map.of("birthdate", new AnswerSource(AnswerSource.Kind.PREFILLED, "birthdate", true)));
        });
    }

    @Test
    void doesNotCallAnAnswerFilledInThatIsNotWhatIsKnown() {
        filledIn("birthdate", new Answer.Parts(Map.of("day", "2", "month", "5", "year", "1990")))
                .grants(SEND, ApplicationSubmitted.class, event -> {
                    assertThat(event.submission().sources()).isEmpty();
                    assertThat(event.submission().shared().orNull()).containsOnlyKeys("name");
                });
    }

    @Test
    void twiceIsOnce() {
        world().given(Application.class, submitted()).changesNothing(SEND);
    }

    @Test
    void againAfterTheDecisionIsStillOnce() {
        world().given(Application.class, submitted(approved())).changesNothing(SEND);
    }

    @Test
    void isNotForOthers() {
        world().given(Application.class, ready())
                .refuses(new SubmitApplication(FIRST, OMAR, "1", "en"), RefusalCode.NOT_FOUND);
    }

    @Test
    void needsTheDeclaration() {
        world().given(Application.class, ready())
                .refuses(new SubmitApplication(FIRST, LENA, " ", "en"), RefusalCode.DECLARATION_MISSING);
    }

    @Test
    void isRefusedWhileTheProgramIsSuspended() {
        world().happened(new ProgramSuspended(MEDICAL, en("No money")))
                .given(Application.class, ready())
                .refuses(SEND, RefusalCode.PROGRAM_NOT_OPEN, "state", "SUSPENDED");
    }

    @Test
    void isRefusedOnceTheProgramIsClosed() {
        world().happened(new ProgramClosed(MEDICAL))
                .given(Application.class, ready())
                .refuses(SEND, RefusalCode.PROGRAM_NOT_OPEN, "state", "CLOSED");
    }

    @Test
    void refusesWhatTheFormDoesNotAllowAndNamesEveryField() {
        Map<String, Answer> wrong = new HashMap<>(right());
        wrong.put("amount", Answer.text("a lot"));
        wrong.put("urgent", Answer.text("maybe"));
        wrong.put("name", Answer.text("x".repeat(10_000)));
        world().given(Application.class, started(), saved(wrong), uploaded(BILL, "bill"))
                .refuses(SEND, RefusalCode.ANSWERS_NOT_VALID, "fields", "name, amount, urgent");
    }

    @Test
    void refusesADraftWithoutItsDocument() {
        world().given(Application.class, started(), saved(right()))
                .refuses(SEND, RefusalCode.ANSWERS_NOT_VALID, "fields", "bill");
    }

    @Test
    void refusesADraftWhoseDocumentWasRemoved() {
        world().given(
                        Application.class,
                        started(),
                        saved(right()),
                        uploaded(BILL, "bill"),
                        new DocumentRemoved(FIRST, LENA, MEDICAL, BILL, "bill"))
                .refuses(SEND, RefusalCode.ANSWERS_NOT_VALID, "fields", "bill");
    }

    @Test
    void takesADocumentThatIsOwed() {
        world().given(Application.class, started(), saved(right()), PUT_OFF)
                .grants(
                        SEND,
                        ApplicationSubmitted.class,
                        event -> assertThat(event.submission().owed()).isEqualTo(Map.of("bill", Deferral.CANNOT_GET)));
    }

    @Test
    void takesNoPromiseForADocumentThatTheProgramNeedsNow() {
        world().happened(
                        new DocumentsRequired(MEDICAL, List.of(new DocumentRequirement("bill", en("The bill"), false))))
                .given(Application.class, started(), saved(right()), PUT_OFF)
                .refuses(SEND, RefusalCode.ANSWERS_NOT_VALID, "fields", "bill");
    }

    @Test
    void ofAnOlderFormVersionIsTakenWhereTheProgramKeepsIt() {
        newer(OpenDrafts.KEEP_VERSION)
                .given(Application.class, ready())
                .grants(
                        SEND,
                        ApplicationSubmitted.class,
                        event -> assertThat(event.submission().formVersion()).isEqualTo(1));
    }

    @Test
    void ofAnOlderFormVersionIsRefusedWhereTheProgramAsksForTheNewOne() {
        newer(OpenDrafts.MUST_ADOPT)
                .given(Application.class, ready())
                .refuses(SEND, RefusalCode.FORM_OUTDATED, "version", "2");
    }

    @Test
    void isRefusedWhenAHardRuleSaysNo() {
        ruled(true).given(Application.class, ready()).refuses(SEND, RefusalCode.NOT_ELIGIBLE, "rules", "elderly");
    }

    @Test
    void recordsWhatASoftRuleSays() {
        ruled(false).given(Application.class, ready()).grants(SEND, ApplicationSubmitted.class, event -> {
            assertThat(event.submission().rulesVersion()).isEqualTo(1);
            assertThat(event.submission().trace()).containsExactly(new RuleOutcome("elderly", Outcome.FAILED, false));
        });
    }

    @Test
    void isRefusedOnceItIsWithdrawn() {
        world().given(Application.class, submitted(withdrawn()))
                .refuses(SEND, RefusalCode.APPLICATION_STATE, "state", "WITHDRAWN");
    }

    @Test
    void mayBeTakenBackWhileItIsUndecided() {
        world().given(Application.class, submitted())
                .grants(new WithdrawApplication(FIRST, LENA, Personal.of("")), withdrawn());
    }

    @Test
    void isTakenBackOnce() {
        world().given(Application.class, submitted(withdrawn()))
                .changesNothing(new WithdrawApplication(FIRST, LENA, Personal.of("")));
    }

    @Test
    void isNotTakenBackAfterTheDecision() {
        world().given(Application.class, submitted(approved()))
                .refuses(
                        new WithdrawApplication(FIRST, LENA, Personal.of("")),
                        RefusalCode.APPLICATION_STATE,
                        "state",
                        "APPROVED");
    }

    private static World filledIn(String field, Answer answer) {
        Map<String, Answer> answers = new HashMap<>(right());
        answers.put(field, answer);
        AnswersSaved saved = new AnswersSaved(
                FIRST,
                LENA,
                MEDICAL,
                Personal.of(answers),
                Map.of(field, new AnswerSource(AnswerSource.Kind.PREFILLED, field, true)),
                KEPT_UNTIL);
        return world().given(Application.class, started(), saved, uploaded(BILL, "bill"));
    }

    private static World newer(OpenDrafts openDrafts) {
        return world().happened(
                        new FormVersionPublished(FORM, 2, form(), SHA_2),
                        new FormMapped(MEDICAL, FORM, 2, SHA_2, openDrafts));
    }

    private static World ruled(boolean hard) {
        EligibilityRule rule =
                new EligibilityRule("elderly", "age(person.birthdate) >= 65", LocalizedText.en("Too young"), hard);
        return world().happened(new EligibilityRulesSet(MEDICAL, 1, List.of(rule)));
    }
}
