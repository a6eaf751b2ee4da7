package org.selfservice.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.IN_A_MONTH;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.application;
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
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.audit.AuditQuery.Change;
import org.selfservice.kernel.audit.AuditQuery.Changed;
import org.selfservice.kernel.audit.AuditQuery.Fact;
import org.selfservice.kernel.audit.AuditQuery.FindChanges;
import org.selfservice.kernel.audit.AuditQuery.FindThen;
import org.selfservice.kernel.audit.AuditQuery.Then;
import org.selfservice.kernel.audit.Moment;
import org.selfservice.kernel.audit.Place;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.ProgramEvent.ProgramCreated;
import org.selfservice.kernel.program.ProgramEvent.ProgramOpened;
import org.selfservice.kernel.program.ProgramEvent.ProgramRevised;
import org.selfservice.query.QuerySide;

class AuditAnswersIT {
    private static final QuerySide SIDE = new QuerySide();

    @AfterAll
    static void close() {
        SIDE.close();
    }

    @Test
    void anEventIsToldWithWhatWasBeforeAndWhatIsAfter() {
        SIDE.happen(
                person(registrant(1)),
                started(1, 1),
                saved(1, 1, Map.of("name", Answer.text("Lena"))),
                saved(1, 1, Map.of("name", Answer.text("Lena D"), "members", new Answer.Choices(List.of("a", "b")))),
                submitted(1, 1, Map.of()));
        String stream = application(1, 1).value();

        List<Changed> all = SIDE.ask(new FindChanges(List.of(new Place(stream, 3), new Place(stream, 2))))
                .all();

        assertThat(all).extracting(one -> one.event().sequence()).containsExactly(2L, 3L);
        assertThat(all).allSatisfy(one -> {
            assertThat(one.registrant()).isEqualTo(registrant(1));
            assertThat(one.program()).isEqualTo(CASH);
            assertThat(one.unsent()).isFalse();
        });
        assertThat(all.getFirst().changes())
                .contains(
                        new Change("answers.name", "Lena", "Lena D", false),
                        new Change("answers.members", null, "a, b", false));
        assertThat(all.getLast().changes())
                .contains(
                        new Change("state", "DRAFT", "SUBMITTED", false),
                        new Change("submission.answers.name", null, "Lena", false));
    }

    @Test
    void ofWhatWasNeverSentNothingIsTold() {
        SIDE.happen(person(registrant(2)), started(2, 1), saved(2, 1, Map.of("name", Answer.text("Omar"))));
        String stream = application(2, 1).value();

        Changed changed =
                SIDE.ask(new FindChanges(List.of(new Place(stream, 1)))).all().getFirst();
        Then then = SIDE.ask(new FindThen(stream, Moment.LATEST, Moment.LATEST));

        assertThat(changed.unsent()).isTrue();
        assertThat(changed.changes()).isEmpty();
        assertThat(then.unsent()).isTrue();
        assertThat(then.facts()).isEmpty();
        assertThat(then.changes()).isEmpty();
    }

    @Test
    void theDossierKeepsQuietAboutWhatWasNotSentYet() {
        SIDE.happen(person(registrant(3)), registered(3), started(3, 1));
        assertThat(facts(SIDE.ask(new FindThen(registrant(3).value(), Moment.LATEST, null))))
                .containsEntry("name", "Lena Diallo 3")
                .allSatisfy((what, _) -> assertThat(what).doesNotStartWith("applications"));

        SIDE.happen(person(registrant(3)), submitted(3, 1, Map.of()));
        assertThat(facts(SIDE.ask(new FindThen(registrant(3).value(), Moment.LATEST, null))))
                .containsEntry("applications[" + application(3, 1) + "].state", "SUBMITTED");
    }

    @Test
    void whatCannotBeReadAnyMoreIsToldToBeErased() {
        SIDE.happen(
                person(registrant(4)),
                started(4, 1),
                new AnswersSaved(application(4, 1), registrant(4), CASH, Personal.erased(), Map.of(), IN_A_MONTH),
                submitted(4, 1, Map.of()));
        String stream = application(4, 1).value();

        Changed changed =
                SIDE.ask(new FindChanges(List.of(new Place(stream, 1)))).all().getFirst();

        assertThat(changed.changes()).contains(new Change("answers", null, null, true));
        assertThat(SIDE.ask(new FindThen(stream, Moment.LATEST, null)).erased()).isTrue();
    }

    @Test
    void aProgramAsItWasAndWhatIsOtherSince() {
        SIDE.happen(OFFICER, new ProgramCreated(CASH, profile("Cash")));
        long before = SIDE.last().number();
        SIDE.happen(OFFICER, new ProgramRevised(CASH, profile("Cash for all")), new ProgramOpened(CASH));

        Then then = SIDE.ask(new FindThen(CASH.stream(), Moment.after(before), Moment.LATEST));

        assertThat(then.events()).isEqualTo(1);
        assertThat(facts(then)).containsEntry("profile.name.en", "Cash").containsEntry("state", "DRAFT");
        assertThat(then.changes())
                .contains(
                        new Change("profile.name.en", "Cash", "Cash for all", false),
                        new Change("state", "DRAFT", "OPEN", false));
        assertThat(SIDE.ask(new FindThen(CASH.stream(), Moment.after(-1), null)).events())
                .isZero();
    }

    @Test
    void whatIsNotThereAnyMoreIsAChangeToo() {
        SIDE.happen(
                person(registrant(5)),
                started(5, 1),
                saved(5, 1, Map.of("name", Answer.text("Ali"))),
                saved(5, 1, Map.of("name", Answer.text(""))),
                submitted(5, 1, Map.of()),
                new ApplicationApproved(application(5, 1), registrant(5), CASH, Personal.of("Welcome")));
        List<Changed> all = SIDE.ask(new FindChanges(List.of(
                        new Place(application(5, 1).value(), 2),
                        new Place(application(5, 1).value(), 4))))
                .all();
        assertThat(all.getFirst().changes()).contains(new Change("answers.name", "Ali", null, false));
        assertThat(all.getLast().changes()).contains(new Change("decision.text", null, "Welcome", false));
    }

    @Test
    void nobodyCanAskForWhatIsOfNoKind() {
        assertThatThrownBy(() -> SIDE.ask(new FindThen("x-1", Moment.LATEST, null)))
                .hasStackTraceContaining("NOT_FOUND");
    }

    private static Map<String, String> facts(Then then) {
        return then.facts().stream()
                .filter(fact -> fact.value() != null)
                .collect(java.util.stream.Collectors.toMap(Fact::what, Fact::value));
    }
}
