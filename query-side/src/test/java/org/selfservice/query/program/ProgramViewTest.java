package org.selfservice.query.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.FORM;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.SHA;
import static org.selfservice.query.Samples.profile;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
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
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails.MappedForm;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.kernel.program.Retention;
import org.selfservice.query.Folds;

class ProgramViewTest {
    private final Folds<ProgramView.Program> program = new Folds<>(new ProgramView(), CASH.value());

    @Test
    void aProgramThatNobodyCreatedDoesNotExist() {
        assertThat(program.document().details().exists()).isFalse();
    }

    @Test
    void aCreatedProgramIsADraftThatOneMayApplyForOnce() {
        ProgramDetails details = after(new ProgramCreated(CASH, profile("Cash")));

        assertThat(details.state()).isEqualTo(ProgramState.DRAFT);
        assertThat(details.profile()).isEqualTo(profile("Cash"));
        assertThat(details.policy()).isEqualTo(ApplicationPolicy.once());
        assertThat(details.sequence()).isZero();
        assertThat(program.document().opened()).isFalse();
    }

    @Test
    void aRevisionReplacesTheProfile() {
        assertThat(after(new ProgramCreated(CASH, profile("Cash")), new ProgramRevised(CASH, profile("Grant")))
                        .profile())
                .isEqualTo(profile("Grant"));
    }

    @Test
    void everyProfileIsKnownForTheTimeWhenItHeld() {
        after(
                new ProgramCreated(CASH, profile("Cash")),
                new ProgramOpened(CASH),
                new ProgramRevised(CASH, profile("Grant")));

        assertThat(program.document().profileAt(-1)).isNull();
        assertThat(program.document().profileAt(1)).isEqualTo(profile("Cash"));
        assertThat(program.document().profileAt(2)).isEqualTo(profile("Grant"));
        assertThat(program.document().profileAt(99)).isEqualTo(profile("Grant"));
    }

    @Test
    void theFormMappedLastCounts() {
        assertThat(after(
                                new FormMapped(CASH, FORM, 1, SHA, OpenDrafts.KEEP_VERSION),
                                new FormMapped(CASH, FORM, 2, SHA, OpenDrafts.MUST_ADOPT))
                        .form())
                .isEqualTo(new MappedForm(FORM, 2, SHA, OpenDrafts.MUST_ADOPT));
    }

    @Test
    void policyRulesDocumentsAndReasonsAreAsTheyWereSet() {
        var rules = List.of(new EligibilityRule("adult", "age(person.birthdate) >= 18", LocalizedText.en("No"), true));
        var documents = List.of(new DocumentRequirement("id_card", LocalizedText.en("ID card"), true));
        var reasons = List.of(new RejectionReason("income", LocalizedText.en("Income too high")));

        ProgramDetails details = after(
                new ApplicationPolicySet(CASH, ApplicationPolicy.perPeriod(2, 365)),
                new EligibilityRulesSet(CASH, 3, rules),
                new DocumentsRequired(CASH, documents),
                new RejectionReasonsSet(CASH, reasons));

        assertThat(details.policy()).isEqualTo(ApplicationPolicy.perPeriod(2, 365));
        assertThat(details.rulesVersion()).isEqualTo(3);
        assertThat(details.rules()).isEqualTo(rules);
        assertThat(details.documents()).isEqualTo(documents);
        assertThat(details.rejectionReasons()).isEqualTo(reasons);
    }

    @Test
    void whatBecomesOfCasesIsAsItWasSetLast() {
        ProgramDetails created = after(new ProgramCreated(CASH, profile("Cash")));
        assertThat(created.enrolsOnApproval()).isFalse();
        assertThat(created.retention()).isEqualTo(Retention.NO_END);
        assertThat(created.stepUp()).isEqualTo(StepUp.NONE);

        ProgramDetails set = after(
                new AutoEnrolmentSet(CASH, true),
                new RetentionSet(CASH, new Retention(365, null, 30)),
                new StepUpSet(CASH, new StepUp(Assurance.STRONG, 15)));
        assertThat(set.stepUp()).isEqualTo(new StepUp(Assurance.STRONG, 15));
        assertThat(set.enrolsOnApproval()).isTrue();
        assertThat(set.retention()).isEqualTo(new Retention(365, null, 30));
    }

    @Test
    void aSuspendedProgramSaysWhyUntilItOpensAgain() {
        ProgramDetails suspended =
                after(new ProgramOpened(CASH), new ProgramSuspended(CASH, LocalizedText.en("Funds are used up")));
        assertThat(suspended.state()).isEqualTo(ProgramState.SUSPENDED);
        assertThat(suspended.suspension()).isEqualTo(LocalizedText.en("Funds are used up"));

        ProgramDetails open = after(new ProgramOpened(CASH));
        assertThat(open.state()).isEqualTo(ProgramState.OPEN);
        assertThat(open.suspension()).isNull();
    }

    @Test
    void aProgramThatOnceOpenedStaysListedWhenItCloses() {
        assertThat(after(new ProgramOpened(CASH), new ProgramClosed(CASH)).state())
                .isEqualTo(ProgramState.CLOSED);
        assertThat(program.document().opened()).isTrue();
    }

    private ProgramDetails after(Event... events) {
        return program.by(OFFICER, events).document().details();
    }
}
