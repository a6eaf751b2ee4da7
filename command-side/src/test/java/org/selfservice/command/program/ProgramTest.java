package org.selfservice.command.program;

import static org.selfservice.command.Samples.FORM;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.SHA_1;
import static org.selfservice.command.Samples.profile;
import static org.selfservice.command.Samples.published;
import static org.selfservice.kernel.LocalizedText.en;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.selfservice.command.World;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Expectation;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.form.FormEvent.FormVersionRetired;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.CloseProgram;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramCommand.RequireDocuments;
import org.selfservice.kernel.program.ProgramCommand.ReviseProgram;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.program.ProgramCommand.SetAutoEnrolment;
import org.selfservice.kernel.program.ProgramCommand.SetEligibilityRules;
import org.selfservice.kernel.program.ProgramCommand.SetRejectionReasons;
import org.selfservice.kernel.program.ProgramCommand.SetRetention;
import org.selfservice.kernel.program.ProgramCommand.SetStepUp;
import org.selfservice.kernel.program.ProgramCommand.SuspendProgram;
import org.selfservice.kernel.program.ProgramEvent.ApplicationPolicySet;
import org.selfservice.kernel.program.ProgramEvent.AutoEnrolmentSet;
import org.selfservice.kernel.program.ProgramEvent.DocumentsRequired;
import org.selfservice.kernel.program.ProgramEvent.EligibilityRulesSet;
import org.selfservice.kernel.program.ProgramEvent.FormMapped;
import org.selfservice.kernel.program.ProgramEvent.ProgramClosed;
import org.selfservice.kernel.program.ProgramEvent.ProgramCreated;
import org.selfservice.kernel.program.ProgramEvent.ProgramOpened;
import org.selfservice.kernel.program.ProgramEvent.ProgramRevised;
import org.selfservice.kernel.program.ProgramEvent.ProgramSuspended;
import org.selfservice.kernel.program.ProgramEvent.RejectionReasonsSet;
import org.selfservice.kernel.program.ProgramEvent.RetentionSet;
import org.selfservice.kernel.program.ProgramEvent.StepUpSet;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.Retention;

class ProgramTest {
    private static final ProgramCreated CREATED = new ProgramCreated(MEDICAL, profile());
    private static final FormMapped MAPPED = new FormMapped(MEDICAL, FORM, 1, SHA_1, OpenDrafts.KEEP_VERSION);
    private static final ProgramOpened OPENED = new ProgramOpened(MEDICAL);
    private static final ProgramSuspended SUSPENDED = new ProgramSuspended(MEDICAL, en("No money"));
    private static final ProgramClosed CLOSED = new ProgramClosed(MEDICAL);

    private final World world = new World().happened(published());

    private World given(Event... events) {
        return world.given(Program.class, events);
    }

    @Test
    void isCreated() {
        given().grants(new CreateProgram(MEDICAL, profile()), CREATED);
    }

    @Test
    void isCreatedOnce() {
        given(CREATED).refuses(new CreateProgram(MEDICAL, profile()), RefusalCode.PROGRAM_EXISTS);
    }

    @Test
    void thatDoesNotExistIsNotOpened() {
        given().refuses(new OpenProgram(MEDICAL), RefusalCode.NOT_FOUND);
    }

    @Test
    void doesNotCloseBeforeItOpens() {
        ProgramProfile backwards = profile(LocalDate.of(2026, 12, 2), LocalDate.of(2026, 12, 1));
        given().refuses(new CreateProgram(MEDICAL, backwards), RefusalCode.INVALID, "field", "closesOn");
    }

    @Test
    void hasACurrencyThatExists() {
        given().refuses(new CreateProgram(MEDICAL, with("EURO", "UTC")), RefusalCode.INVALID, "field", "currency");
    }

    @Test
    void hasATimeZoneThatExists() {
        given().refuses(new CreateProgram(MEDICAL, with("EUR", "Mars")), RefusalCode.INVALID, "field", "zone");
    }

    @Test
    void isRevised() {
        ProgramProfile longer = profile(null, LocalDate.of(2027, 1, 1));
        given(CREATED).grants(new ReviseProgram(MEDICAL, longer), new ProgramRevised(MEDICAL, longer));
    }

    @Test
    void thatIsRevisedToWhatItIsDoesNotChange() {
        given(CREATED).changesNothing(new ReviseProgram(MEDICAL, profile()));
    }

    @Test
    void thatIsOpenKeepsItsTexts() {
        given(CREATED, MAPPED, OPENED)
                .refuses(
                        new ReviseProgram(MEDICAL, without(profile())),
                        RefusalCode.PROGRAM_INCOMPLETE,
                        "missing",
                        "dataUse");
    }

    @Test
    void mapsAFormWithItsHash() {
        given(CREATED).grants(new MapForm(MEDICAL, FORM, 1, OpenDrafts.KEEP_VERSION), MAPPED);
    }

    @Test
    void mapsTheSameFormOnce() {
        given(CREATED, MAPPED).changesNothing(new MapForm(MEDICAL, FORM, 1, OpenDrafts.KEEP_VERSION));
    }

    @Test
    void doesNotMapAFormVersionThatDoesNotExist() {
        given(CREATED)
                .refuses(new MapForm(MEDICAL, FORM, 2, OpenDrafts.KEEP_VERSION), RefusalCode.FORM_VERSION_UNKNOWN);
    }

    @Test
    void doesNotMapARetiredFormVersion() {
        world.happened(new FormVersionRetired(FORM, 1));
        given(CREATED)
                .refuses(new MapForm(MEDICAL, FORM, 1, OpenDrafts.KEEP_VERSION), RefusalCode.FORM_VERSION_RETIRED);
    }

    @Test
    void doesNotMapAFormWithoutTheQuestionsForItsDocuments() {
        given(CREATED, new DocumentsRequired(MEDICAL, List.of(document("passport"))))
                .refuses(
                        new MapForm(MEDICAL, FORM, 1, OpenDrafts.KEEP_VERSION),
                        RefusalCode.UNKNOWN_FIELD,
                        "field",
                        "passport");
    }

    @Test
    void thatIsClosedMapsNoForm() {
        given(CREATED, MAPPED, OPENED, CLOSED)
                .refuses(new MapForm(MEDICAL, FORM, 1, OpenDrafts.MUST_ADOPT), RefusalCode.PROGRAM_STATE);
    }

    @Test
    void saysHowOftenOneMayApply() {
        given(CREATED)
                .grants(
                        new SetApplicationPolicy(MEDICAL, ApplicationPolicy.perPeriod(2, 365)),
                        new ApplicationPolicySet(MEDICAL, ApplicationPolicy.perPeriod(2, 365)));
    }

    @Test
    void numbersItsRules() {
        given(
                        CREATED,
                        MAPPED,
                        new EligibilityRulesSet(MEDICAL, 1, List.of(rule("adult", "age(person.birthdate) >= 18"))))
                .grants(
                        new SetEligibilityRules(MEDICAL, List.of(rule("adult", "age(answers.birthdate) >= 18"))),
                        new EligibilityRulesSet(MEDICAL, 2, List.of(rule("adult", "age(answers.birthdate) >= 18"))));
    }

    @Test
    void refusesARuleThatCannotBeUnderstood() {
        given(CREATED)
                .refuses(new SetEligibilityRules(MEDICAL, List.of(rule("adult", "age(("))), RefusalCode.RULE_NOT_VALID);
    }

    @Test
    void refusesTwoRulesWithOneId() {
        given(CREATED)
                .refuses(
                        new SetEligibilityRules(
                                MEDICAL,
                                List.of(
                                        rule("adult", "age(person.birthdate) >= 18"),
                                        rule("adult", "age(person.birthdate) >= 21"))),
                        RefusalCode.RULE_NOT_VALID);
    }

    @Test
    void refusesARuleOnAQuestionThatItsFormDoesNotAsk() {
        given(CREATED, MAPPED)
                .refuses(
                        new SetEligibilityRules(MEDICAL, List.of(rule("rich", "answers.income == 'none'"))),
                        RefusalCode.RULE_NOT_VALID);
    }

    @Test
    void requiresDocuments() {
        given(CREATED, MAPPED)
                .grants(
                        new RequireDocuments(MEDICAL, List.of(document("bill"))),
                        new DocumentsRequired(MEDICAL, List.of(document("bill"))));
    }

    @Test
    void requiresNoDocumentThatItsFormDoesNotTake() {
        given(CREATED, MAPPED)
                .refuses(
                        new RequireDocuments(MEDICAL, List.of(document("treatment"))),
                        RefusalCode.UNKNOWN_FIELD,
                        "field",
                        "treatment");
    }

    @Test
    void hasReasonsForRejection() {
        var reasons = List.of(new RejectionReason("not-covered", en("Not covered")));
        given(CREATED).grants(new SetRejectionReasons(MEDICAL, reasons), new RejectionReasonsSet(MEDICAL, reasons));
    }

    @Test
    void hasReasonsThatCanBeRead() {
        var reasons = List.of(new RejectionReason("not-covered", LocalizedText.EMPTY));
        given(CREATED).refuses(new SetRejectionReasons(MEDICAL, reasons), RefusalCode.INVALID, "field", "text");
    }

    @Test
    void opens() {
        given(CREATED, MAPPED).grants(new OpenProgram(MEDICAL), OPENED);
    }

    @Test
    void opensOnce() {
        given(CREATED, MAPPED, OPENED).changesNothing(new OpenProgram(MEDICAL));
    }

    @Test
    void opensOnlyWithAForm() {
        given(CREATED).refuses(new OpenProgram(MEDICAL), RefusalCode.PROGRAM_INCOMPLETE, "missing", "form");
    }

    @Test
    void opensOnlyWithAllItsTexts() {
        given(new ProgramCreated(MEDICAL, without(profile())), MAPPED)
                .refuses(new OpenProgram(MEDICAL), RefusalCode.PROGRAM_INCOMPLETE, "missing", "dataUse");
    }

    @Test
    void opensAgainAfterASuspension() {
        given(CREATED, MAPPED, OPENED, SUSPENDED).grants(new OpenProgram(MEDICAL), OPENED);
    }

    @Test
    void thatIsClosedDoesNotOpen() {
        given(CREATED, MAPPED, OPENED, CLOSED).refuses(new OpenProgram(MEDICAL), RefusalCode.PROGRAM_STATE);
    }

    @Test
    void isSuspendedWithAReason() {
        given(CREATED, MAPPED, OPENED).grants(new SuspendProgram(MEDICAL, en("No money")), SUSPENDED);
    }

    @Test
    void isNotSuspendedWithoutAReason() {
        given(CREATED, MAPPED, OPENED)
                .refuses(new SuspendProgram(MEDICAL, LocalizedText.EMPTY), RefusalCode.REASON_REQUIRED);
    }

    @Test
    void thatNeverOpenedIsNotSuspended() {
        given(CREATED).refuses(new SuspendProgram(MEDICAL, en("No money")), RefusalCode.PROGRAM_STATE);
    }

    @Test
    void closes() {
        given(CREATED, MAPPED, OPENED).grants(new CloseProgram(MEDICAL), CLOSED);
    }

    @Test
    void closesOnce() {
        given(CREATED, MAPPED, OPENED, CLOSED).changesNothing(new CloseProgram(MEDICAL));
    }

    @Test
    void thatNeverOpenedDoesNotClose() {
        given(CREATED).refuses(new CloseProgram(MEDICAL), RefusalCode.PROGRAM_STATE);
    }

    @Test
    void enrolsOnApprovalFromWhenItSaysSo() {
        given(CREATED).grants(new SetAutoEnrolment(MEDICAL, true), new AutoEnrolmentSet(MEDICAL, true));
        given(CREATED, new AutoEnrolmentSet(MEDICAL, true)).changesNothing(new SetAutoEnrolment(MEDICAL, true));
        given(CREATED, MAPPED, OPENED, CLOSED, new AutoEnrolmentSet(MEDICAL, true))
                .grants(new SetAutoEnrolment(MEDICAL, false), new AutoEnrolmentSet(MEDICAL, false));
    }

    @Test
    void keepsWhatWasClosedAsLongAsItSays() {
        Retention year = new Retention(365, 30, null);
        given(CREATED).grants(new SetRetention(MEDICAL, year), new RetentionSet(MEDICAL, year));
        given(CREATED).changesNothing(new SetRetention(MEDICAL, Retention.NO_END));
        given(CREATED, MAPPED, OPENED, CLOSED, new RetentionSet(MEDICAL, year))
                .grants(new SetRetention(MEDICAL, Retention.NO_END), new RetentionSet(MEDICAL, Retention.NO_END));
    }

    @Test
    void asksForAsSureAndRecentALoginAsItSays() {
        StepUp sure = new StepUp(Assurance.STRONG, 15);
        given(CREATED).grants(new SetStepUp(MEDICAL, sure), new StepUpSet(MEDICAL, sure));
        given(CREATED).changesNothing(new SetStepUp(MEDICAL, StepUp.NONE));
        given(CREATED, MAPPED, OPENED, CLOSED, new StepUpSet(MEDICAL, sure))
                .grants(new SetStepUp(MEDICAL, StepUp.NONE), new StepUpSet(MEDICAL, StepUp.NONE));
        new World().given(Program.class).refuses(new SetStepUp(MEDICAL, sure), RefusalCode.NOT_FOUND);
    }

    private static EligibilityRule rule(String id, String expression) {
        return new EligibilityRule(id, expression, en("No"), true);
    }

    private static DocumentRequirement document(String field) {
        return new DocumentRequirement(field, en("A document"), true);
    }

    private static ProgramProfile without(ProgramProfile p) {
        return new ProgramProfile(
                p.referencePrefix(),
                p.name(),
                p.audience(),
                p.benefit(),
                p.description(),
                p.afterwards(),
                LocalizedText.EMPTY,
                p.target(),
                p.currency(),
                null,
                null,
                null,
                10,
                14,
                30,
                p.zone());
    }

    private static ProgramProfile with(String currency, String zone) {
        ProgramProfile p = profile();
        return new ProgramProfile(
                p.referencePrefix(),
                p.name(),
                p.audience(),
                p.benefit(),
                p.description(),
                p.afterwards(),
                p.dataUse(),
                p.target(),
                currency,
                null,
                null,
                null,
                10,
                14,
                30,
                zone);
    }

    @Test
    void isChangedByWhoeverKnowsItAsItIs() {
        given(CREATED, OPENED)
                .expecting(new Expectation(Set.of(0L, 1L), false))
                .grants(new CloseProgram(MEDICAL), CLOSED);
        given(CREATED, OPENED).expecting(new Expectation(Set.of(), true)).grants(new CloseProgram(MEDICAL), CLOSED);
    }

    @Test
    void isNotChangedByWhoeverKnowsAnotherVersionOfIt() {
        given(CREATED, MAPPED)
                .expecting(new Expectation(Set.of(0L), false))
                .refuses(new CloseProgram(MEDICAL), RefusalCode.CHANGED_SINCE_READ, "sequence", "1");
        given(CREATED, MAPPED)
                .expecting(new Expectation(Set.of(), false))
                .refuses(new CloseProgram(MEDICAL), RefusalCode.CHANGED_SINCE_READ);
        given(CREATED, MAPPED, CLOSED)
                .expecting(new Expectation(Set.of(1L), false))
                .refuses(new CloseProgram(MEDICAL), RefusalCode.CHANGED_SINCE_READ);
    }

    @Test
    void isNotCreatedByWhoeverExpectsThatItIsThere() {
        given().expecting(new Expectation(Set.of(0L), false))
                .refuses(new CreateProgram(MEDICAL, profile()), RefusalCode.CHANGED_SINCE_READ);
        given().expecting(new Expectation(Set.of(), true))
                .refuses(new CreateProgram(MEDICAL, profile()), RefusalCode.CHANGED_SINCE_READ);
    }

    @Test
    void isChangedByWhoeverIsThereForItAndByNobodyElse() {
        given(CREATED, OPENED).within(MEDICAL, new ProgramCode("another")).grants(new CloseProgram(MEDICAL), CLOSED);
        given(CREATED, OPENED)
                .within(new ProgramCode("another"))
                .refuses(new CloseProgram(MEDICAL), RefusalCode.NOT_FOUND);
        given().within(new ProgramCode("another"))
                .refuses(new CreateProgram(MEDICAL, profile()), RefusalCode.NOT_FOUND);
        given().within(MEDICAL).grants(new CreateProgram(MEDICAL, profile()), CREATED);
    }
}
