package org.selfservice.command.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.command.Samples.FORM;
import static org.selfservice.command.Samples.LENA;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.OMAR;
import static org.selfservice.command.Samples.SHA_2;
import static org.selfservice.command.Samples.form;
import static org.selfservice.command.application.Cases.BILL;
import static org.selfservice.command.application.Cases.FIRST;
import static org.selfservice.command.application.Cases.KEPT_UNTIL;
import static org.selfservice.command.application.Cases.asked;
import static org.selfservice.command.application.Cases.ready;
import static org.selfservice.command.application.Cases.saved;
import static org.selfservice.command.application.Cases.started;
import static org.selfservice.command.application.Cases.submitted;
import static org.selfservice.command.application.Cases.world;
import static org.selfservice.kernel.LocalizedText.en;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.command.World;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationCommand.AdoptFormVersion;
import org.selfservice.kernel.application.ApplicationCommand.ExpireDraft;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRemoved;
import org.selfservice.kernel.application.ApplicationEvent.DraftExpired;
import org.selfservice.kernel.application.ApplicationEvent.FormVersionAdopted;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramEvent.FormMapped;
import org.selfservice.kernel.program.ProgramEvent.ProgramClosed;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;

class SavingTest {
    private static World given(Event... events) {
        return world().given(Application.class, events);
    }

    @Test
    void keepsAnswersWhetherRightOrWrong() {
        given(started()).grants(save(0, "amount", "a lot"), saved("amount", "a lot"));
    }

    @Test
    void keepsTheDraftForItsLifetimeFromThen() {
        Instant later = World.NOW.plus(Duration.ofDays(3));
        world().at(later)
                .given(Application.class, started())
                .grants(
                        save(0, "name", "Lena"),
                        AnswersSaved.class,
                        event -> assertThat(event.keptUntil()).isEqualTo(later.plus(Duration.ofDays(30))));
    }

    @Test
    void keepsOnlyWhatChanged() {
        given(started(), saved("name", "Lena"))
                .grants(
                        save(1, Map.of("name", Answer.text("Lena"), "treatment", Answer.text("Knee"))),
                        saved("treatment", "Knee"));
    }

    @Test
    void theSameAgainChangesNothing() {
        given(started(), saved("name", "Lena")).changesNothing(save(0, "name", "Lena"));
    }

    @Test
    void nothingIntoNothingChangesNothing() {
        given(started()).changesNothing(save(0, "name", "  "));
    }

    @Test
    void nothingClearsAnAnswer() {
        given(started(), saved("name", "Lena")).grants(save(1, "name", ""), saved("name", ""));
    }

    @Test
    void isRefusedWhenAnotherTabChangedTheSameAnswer() {
        given(started(), saved("name", "Lena"))
                .refuses(save(0, "name", "Helena"), RefusalCode.ANSWERS_CHANGED_ELSEWHERE, "fields", "name");
    }

    @Test
    void isRefusedWhenAnotherTabClearedTheAnswer() {
        given(started(), saved("name", "Lena"), saved("name", ""))
                .refuses(save(1, "name", "Helena"), RefusalCode.ANSWERS_CHANGED_ELSEWHERE, "fields", "name");
    }

    @Test
    void isAllowedWhenAnotherTabChangedAnotherAnswer() {
        given(started(), saved("name", "Lena")).grants(save(0, "treatment", "Knee"), saved("treatment", "Knee"));
    }

    @Test
    void saysWhichAnswersWereFilledIn() {
        AnswerSource filledIn = new AnswerSource(AnswerSource.Kind.PREFILLED, "name", true);
        given(started())
                .grants(
                        new SaveAnswers(
                                FIRST,
                                LENA,
                                0,
                                Personal.of(Map.of("name", Answer.text("Lena D."))),
                                Map.of("name", filledIn, "treatment", AnswerSource.TYPED)),
                        AnswersSaved.class,
                        event -> assertThat(event.sources()).isEqualTo(Map.of("name", filledIn)));
    }

    @Test
    void storesNothingOfACommandWithAFieldThatTheFormDoesNotHave() {
        given(started())
                .refuses(
                        save(0, Map.of("name", Answer.text("Lena"), "is_admin", Answer.text("yes"))),
                        RefusalCode.UNKNOWN_FIELD,
                        "field",
                        "is_admin");
    }

    @Test
    void saysAnUnknownFieldBackWithoutItsDangerousCharacters() {
        given(started())
                .refuses(save(0, "<script>alert(1)", "x"), RefusalCode.UNKNOWN_FIELD, "field", "?script?alert?1?");
    }

    @Test
    void takesNoAnswerToAFileQuestion() {
        given(started()).refuses(save(0, "bill", "x"), RefusalCode.UNKNOWN_FIELD, "field", "bill");
    }

    @Test
    void takesAWrongLengthAsItTakesEveryWrongAnswer() {
        given(started()).grants(save(0, "name", "x".repeat(10_000)), saved("name", "x".repeat(10_000)));
    }

    @Test
    void takesNoFlood() {
        given(started()).refuses(save(0, "name", "x".repeat(20_001)), RefusalCode.INVALID, "field", "name");
    }

    @Test
    void takesNoFloodOfManyAnswers() {
        Map<String, Answer> answers = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            answers.put("field" + i, Answer.text("x".repeat(19_000)));
        }
        given(started()).refuses(save(0, answers), RefusalCode.INVALID, "field", "answers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"O'Brien \"<b>\" 👩‍🌾", "\u202Eمرحبا\u202C", "e\u0301\u0323", "Zażółć\r\ngęślą"})
    void keepsTextsOfEveryKindAsTheyAre(String text) {
        given(started()).grants(save(0, "treatment", text), saved("treatment", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"half \uD83D pair", "nul \0"})
    void takesNoTextThatCannotBeStored(String text) {
        given(started()).refuses(save(0, "treatment", text), RefusalCode.INVALID, "field", "treatment");
    }

    @Test
    void inAnotherPersonsApplicationFindsNothing() {
        SaveAnswers command =
                new SaveAnswers(FIRST, OMAR, 0, Personal.of(Map.of("name", Answer.text("Omar"))), Map.of());
        given(started()).refuses(command, RefusalCode.NOT_FOUND);
    }

    @Test
    void inAnApplicationThatDoesNotExistFindsNothing() {
        given().refuses(save(0, "name", "Lena"), RefusalCode.NOT_FOUND);
    }

    @Test
    void isStillPossibleWhenTheProgramHasClosed() {
        world().happened(new ProgramClosed(MEDICAL))
                .given(Application.class, started())
                .grants(save(0, "name", "Lena"), saved("name", "Lena"));
    }

    @Test
    void isOverOnceItIsSent() {
        world().given(Application.class, submitted())
                .refuses(save(9, "name", "Helena"), RefusalCode.APPLICATION_STATE, "state", "SUBMITTED");
    }

    @Test
    void isPossibleAgainForWhatWasAskedFor() {
        world().given(Application.class, submitted(asked(List.of("treatment"), List.of())))
                .grants(save(9, "treatment", "Hip"), saved("treatment", "Hip"));
    }

    @Test
    void isRefusedForWhatWasNotAskedFor() {
        world().given(Application.class, submitted(asked(List.of("treatment"), List.of())))
                .refuses(save(9, "name", "Helena"), RefusalCode.NOT_REQUESTED, "fields", "name");
    }

    @Test
    void isOverOnceThePersonIsErased() {
        world().happened(new RegistrantErased(LENA))
                .given(Application.class, started())
                .refuses(save(0, "name", "Lena"), RefusalCode.REGISTRANT_ERASED);
    }

    @Test
    void isOverOnceTheCaseIsErased() {
        given(started(), new ApplicationErased(FIRST, LENA, MEDICAL))
                .refuses(save(0, "name", "Lena"), RefusalCode.REGISTRANT_ERASED);
    }

    @Test
    void isOverOnceTheDraftExpired() {
        given(started(), new DraftExpired(FIRST, LENA, MEDICAL))
                .refuses(save(0, "name", "Lena"), RefusalCode.APPLICATION_STATE, "state", "EXPIRED");
    }

    @Test
    void aDraftExpiresWhenItsTimeIsOver() {
        world().at(KEPT_UNTIL)
                .given(Application.class, started())
                .grants(new ExpireDraft(FIRST), new DraftExpired(FIRST, LENA, MEDICAL));
    }

    @Test
    void aDraftDoesNotExpireBefore() {
        world().at(KEPT_UNTIL.minusMillis(1))
                .given(Application.class, started())
                .refuses(new ExpireDraft(FIRST), RefusalCode.APPLICATION_STATE);
    }

    @Test
    void aDraftExpiresOnce() {
        world().at(KEPT_UNTIL)
                .given(Application.class, started(), new DraftExpired(FIRST, LENA, MEDICAL))
                .changesNothing(new ExpireDraft(FIRST));
    }

    @Test
    void whatWasSentDoesNotExpire() {
        world().at(KEPT_UNTIL)
                .given(Application.class, submitted())
                .refuses(new ExpireDraft(FIRST), RefusalCode.APPLICATION_STATE, "state", "SUBMITTED");
    }

    @Test
    void goesOnWithTheVersionThatTheDraftWasBegunWith() {
        newer(form(Field.of("name", FieldType.TEXT, en("Name"))))
                .given(Application.class, started())
                .grants(save(0, "treatment", "Knee"), saved("treatment", "Knee"));
    }

    @Test
    void aDraftAdoptsTheMappedVersionAndDropsWhatThatDoesNotAsk() {
        newer(form(Field.of("name", FieldType.TEXT, en("Name")), Field.of("urgent", FieldType.TEXT, en("Urgent?"))))
                .given(Application.class, ready())
                .grants(
                        new AdoptFormVersion(FIRST, LENA),
                        new DocumentRemoved(FIRST, LENA, MEDICAL, BILL, "bill"),
                        new FormVersionAdopted(
                                FIRST,
                                LENA,
                                MEDICAL,
                                FORM,
                                2,
                                List.of("birthdate", "treatment", "amount", "urgent", "bill")));
    }

    @Test
    void aDraftThatHasTheMappedVersionHasNothingToAdopt() {
        given(started()).changesNothing(new AdoptFormVersion(FIRST, LENA));
    }

    @Test
    void whatWasSentAdoptsNothing() {
        newer(form())
                .given(Application.class, submitted())
                .refuses(new AdoptFormVersion(FIRST, LENA), RefusalCode.APPLICATION_STATE);
    }

    private static World newer(FormDefinition definition) {
        return world().happened(
                        new FormVersionPublished(FORM, 2, definition, SHA_2),
                        new FormMapped(MEDICAL, FORM, 2, SHA_2, OpenDrafts.KEEP_VERSION));
    }

    private static SaveAnswers save(long basis, String field, String value) {
        return save(basis, Map.of(field, Answer.text(value)));
    }

    private static SaveAnswers save(long basis, Map<String, Answer> answers) {
        return new SaveAnswers(FIRST, LENA, basis, Personal.of(answers), Map.of());
    }
}
