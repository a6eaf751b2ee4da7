package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.FORM;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.SHA;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.definition;
import static org.selfservice.query.Samples.person;
import static org.selfservice.query.Samples.profile;
import static org.selfservice.query.Samples.registered;
import static org.selfservice.query.Samples.registrant;
import static org.selfservice.query.Samples.saved;
import static org.selfservice.query.Samples.started;
import static org.selfservice.query.Samples.submitted;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationCounts;
import org.selfservice.kernel.application.ApplicationQuery.CountApplications;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationQuery.FindByReference;
import org.selfservice.kernel.application.ApplicationQuery.FindSuspicions;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormEvent.FormCreated;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.form.FormQuery.FindForms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramEvent.ProgramCreated;
import org.selfservice.kernel.program.ProgramEvent.ProgramOpened;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;

/** Events appended to an event store become answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuerySideIT {
    private QuerySide side;

    @BeforeAll
    void start() {
        side = new QuerySide();
    }

    @AfterAll
    void stop() {
        side.close();
    }

    @Test
    void anApplicationIsFoundByItsIdAndByItsReference() {
        side.happen(
                person(registrant(1)),
                registered(1),
                started(1, 1),
                submitted(1, 1, Map.of()),
                saved(1, 1, Map.of("name", Answer.text("Léna"), "a.b$c", new Answer.DontKnow())));
        side.awaitLevel();

        var file = side.ask(new FindApplication(application(1, 1)));

        assertThat(file.sequence()).isEqualTo(2);
        assertThat(file.state()).isEqualTo(ApplicationState.SUBMITTED);
        assertThat(file.answers())
                .containsAllEntriesOf(Map.of("name", Answer.text("Léna"), "a.b$c", new Answer.DontKnow()));
        assertThat(file.submission()).isEqualTo(submitted(1, 1, Map.of()).submission());
        assertThat(side.ask(new FindByReference(file.reference()))).isEqualTo(file);
        assertThat(side.ask(new FindDossier(registrant(1)))
                        .hasSeen(application(1, 1).value(), 2))
                .isTrue();
    }

    @Test
    void whatDoesNotExistIsAnEmptyAnswer() {
        assertThat(side.ask(new FindApplication(application(404, 1))).exists()).isFalse();
        assertThat(side.ask(new FindByReference("NONE")).exists()).isFalse();
        assertThat(side.ask(new FindProgram(new ProgramCode("none"))).exists()).isFalse();
        assertThat(side.ask(new FindFormVersion(FORM, 404)).definition()).isNull();
        assertThat(side.ask(new FindForm(new FormCode("none"))).sequence()).isEqualTo(-1);
        assertThat(side.ask(new FindDossier(registrant(404))).applications()).isEmpty();
    }

    @Test
    void aProgramIsInTheCatalogueOnceItOpened() {
        side.happen(OFFICER, new ProgramCreated(CASH, profile("Cash")));
        side.awaitLevel();
        assertThat(side.ask(new FindPrograms(false)).programs()).isEmpty();
        assertThat(side.ask(new FindPrograms(true)).programs()).hasSize(1);

        side.happen(OFFICER, new ProgramOpened(CASH));
        side.awaitLevel();
        assertThat(side.ask(new FindPrograms(false)).programs()).containsExactly(side.ask(new FindProgram(CASH)));
    }

    @Test
    void aPublishedFormVersionIsFoundWithItsDefinition() {
        side.happen(
                OFFICER,
                new FormCreated(FORM, definition("x").pages().getFirst().title()),
                new FormVersionPublished(FORM, 1, definition("Your name"), SHA));
        side.awaitLevel();

        assertThat(side.ask(new FindFormVersion(FORM, 1)).definition()).isEqualTo(definition("Your name"));
        assertThat(side.ask(new FindForm(FORM)).versions()).hasSize(1);
        assertThat(side.ask(new FindForms()).forms())
                .singleElement()
                .satisfies(form -> assertThat(form.version()).isEqualTo(1));
    }

    @Test
    void whoeverWaitsForAnAnswerHearsOfIt() {
        side.happen(person(registrant(2)), started(2, 1), submitted(2, 1, Map.of()));
        side.awaitLevel();

        var approved = side.ask(
                new FindApplication(application(2, 1)),
                file -> file.state() == ApplicationState.APPROVED,
                () -> side.happen(
                        OFFICER,
                        new ApplicationApproved(application(2, 1), registrant(2), CASH, Personal.of("Welcome"))));

        assertThat(approved)
                .hasValueSatisfying(file -> assertThat(file.decision().text()).isEqualTo("Welcome"));
    }

    @Test
    void staffSeeHowManyApplicationsAProgramHasInEachState() {
        ApplicationCounts before = side.ask(new CountApplications(CASH));
        side.happen(person(registrant(60)), started(60, 1), started(60, 2));
        side.awaitLevel();

        ApplicationCounts after = side.ask(new CountApplications(CASH));

        assertThat(after.drafts()).isEqualTo(before.drafts() + 2);
        assertThat(after.undecided()).isEqualTo(before.undecided());
        assertThat(side.ask(new CountApplications(new ProgramCode("nothing"))).byState())
                .isEmpty();
    }

    @Test
    void aPageThatCannotBeIsRefused() {
        for (FindSuspicions query : List.of(
                new FindSuspicions(null, 0),
                new FindSuspicions(null, 101),
                new FindSuspicions("nonsense", 10),
                new FindSuspicions("x_y", 10))) {
            assertThatThrownBy(() -> side.ask(query)).hasStackTraceContaining("INVALID");
        }
    }
}
