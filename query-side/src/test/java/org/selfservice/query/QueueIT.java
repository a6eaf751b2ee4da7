package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.person;
import static org.selfservice.query.Samples.registered;
import static org.selfservice.query.Samples.registrant;
import static org.selfservice.query.Samples.started;
import static org.selfservice.query.Samples.submitted;
import static org.selfservice.query.Samples.uploaded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.DocumentDeferred;
import org.selfservice.kernel.application.ApplicationEvent.DuplicateSuspected;
import org.selfservice.kernel.application.ApplicationEvent.InformationRequested;
import org.selfservice.kernel.application.ApplicationEvent.RequestExpired;
import org.selfservice.kernel.application.ApplicationEvent.ReviewerAssigned;
import org.selfservice.kernel.application.ApplicationEvent.ReviewerReleased;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionResolved;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.CaseQuery.Cases;
import org.selfservice.kernel.application.CaseQuery.CountCases;
import org.selfservice.kernel.application.CaseQuery.FindCases;
import org.selfservice.kernel.application.CaseQuery.Order;
import org.selfservice.kernel.application.CaseQuery.Wanted;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Verdict;
import org.selfservice.kernel.program.ProgramCode;

/** The queue of staff: what waits, by every filter. */
class QueueIT {
    private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant FAR_AWAY = Instant.parse("2100-01-01T00:00:00Z");

    private QuerySide side;

    /** As it is on the stand-in with lists in memory, and as MongoDB is asked. */
    static Stream<Boolean> shelved() {
        return Stream.of(true, false);
    }

    private void start(boolean shelved) {
        EventStore events = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        side = new QuerySide(events, Map.of("portal.views.shelved", shelved));
    }

    @AfterEach
    void stop() {
        side.close();
    }

    @ParameterizedTest
    @MethodSource("shelved")
    void whatWasSentFirstComesFirstAndDraftsAreNotInIt(boolean shelved) {
        start(shelved);
        send(1, 2, 3);
        side.happen(person(registrant(4)), registered(4), started(4, 1));
        side.awaitLevel();

        Cases queue = side.ask(new FindCases(Wanted.waiting(), Order.OLDEST, null, 10));

        assertThat(ids(queue)).containsExactly(application(1, 1), application(2, 1), application(3, 1));
        assertThat(queue.next()).isNull();
        assertThat(count(Wanted.waiting())).isEqualTo(3);
        assertThat(ids(side.ask(new FindCases(Wanted.waiting(), Order.NEWEST, null, 10))))
                .containsExactly(application(3, 1), application(2, 1), application(1, 1));
    }

    @ParameterizedTest
    @MethodSource("shelved")
    void pagesLeaveNothingOutAndRepeatNothing(boolean shelved) {
        start(shelved);
        send(1, 2, 3, 4, 5, 6, 7);
        side.awaitLevel();
        Wanted wanted = Wanted.waiting();
        for (Order order : Order.values()) {
            List<ApplicationId> seen = new ArrayList<>();
            String after = null;
            do {
                Cases page = side.ask(new FindCases(wanted, order, after, 2));
                seen.addAll(ids(page));
                after = page.next();
            } while (after != null);

            assertThat(seen).hasSize(7).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("shelved")
    void isFilteredByReviewerProgramStateAndAge(boolean shelved) {
        start(shelved);
        send(1, 2, 3);
        happen(
                new ReviewerAssigned(application(1, 1), registrant(1), CASH, "rita"),
                new ReviewerAssigned(application(2, 1), registrant(2), CASH, "omar"),
                new ApplicationApproved(application(2, 1), registrant(2), CASH, Personal.of("")));
        side.awaitLevel();

        Wanted all = Wanted.waiting();
        assertThat(find(all.with("rita"))).containsExactly(application(1, 1));
        assertThat(find(all.with("omar"))).isEmpty();
        assertThat(find(all.with(Wanted.NOBODY))).containsExactly(application(3, 1));
        assertThat(find(all.with(Wanted.SOMEBODY))).containsExactly(application(1, 1));
        assertThat(find(Wanted.in(List.of(ApplicationState.APPROVED)).of(CASH))).containsExactly(application(2, 1));
        assertThat(find(all.of(new ProgramCode("other")))).isEmpty();
        assertThat(find(all.sentUntil(LONG_AGO))).isEmpty();
        assertThat(find(all.sentUntil(FAR_AWAY))).hasSize(2);
        assertThat(find(all.promisedUntil(LONG_AGO))).isEmpty();
        assertThat(find(all.promisedUntil(FAR_AWAY))).hasSize(2);

        happen(new ReviewerReleased(application(1, 1), registrant(1), CASH));
        side.awaitLevel();
        assertThat(find(all.with("rita"))).isEmpty();
        assertThat(find(all.with(Wanted.NOBODY))).containsExactly(application(1, 1), application(3, 1));
    }

    @ParameterizedTest
    @MethodSource("shelved")
    void owesWhatComesLaterUntilItCameAndNotWhatDoesNotApply(boolean shelved) {
        start(shelved);
        send(1, 2);
        happen(
                new DocumentDeferred(application(1, 1), registrant(1), CASH, "land_record", Deferral.CANNOT_GET),
                new DocumentDeferred(application(2, 1), registrant(2), CASH, "proxy", Deferral.DOES_NOT_APPLY));
        side.awaitLevel();
        assertThat(find(Wanted.waiting().owing(true))).containsExactly(application(1, 1));

        side.happen(person(registrant(1)), uploaded(1, 1, 5, "land_record"));
        side.awaitLevel();
        assertThat(find(Wanted.waiting().owing(true))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shelved")
    void aPageThatCannotBeIsRefused(boolean shelved) {
        start(shelved);
        Wanted all = Wanted.waiting();
        for (FindCases query : List.of(
                new FindCases(all, Order.OLDEST, null, 0),
                new FindCases(all, Order.OLDEST, null, 101),
                new FindCases(all, Order.OLDEST, "x_y", 10),
                new FindCases(Wanted.in(List.of()), Order.OLDEST, null, 10),
                new FindCases(Wanted.in(List.of(ApplicationState.DRAFT)), Order.OLDEST, null, 10))) {
            assertThatThrownBy(() -> side.ask(query)).hasStackTraceContaining("INVALID");
        }
    }

    @ParameterizedTest
    @MethodSource("shelved")
    void whatIsSuspectedOrWasNotAnsweredIsFoundUntilItIsNot(boolean shelved) {
        start(shelved);
        send(1, 2, 3);
        happen(
                new DuplicateSuspected(
                        application(1, 1), registrant(1), CASH, application(2, 1), Set.of(Likeness.PHONE)),
                new InformationRequested(
                        application(2, 1), registrant(2), CASH, List.of("age"), List.of(), Personal.of("?"), LONG_AGO));
        side.awaitLevel();
        assertThat(find(Wanted.waiting().suspected(true))).containsExactly(application(1, 1));
        assertThat(find(Wanted.waiting().unanswered(true))).isEmpty();

        happen(
                new RequestExpired(application(2, 1), registrant(2), CASH),
                new SuspicionResolved(
                        application(1, 1),
                        registrant(1),
                        CASH,
                        application(2, 1),
                        Verdict.NOT_A_DUPLICATE,
                        Personal.of("Twins")));
        side.awaitLevel();
        assertThat(find(Wanted.waiting().suspected(true))).isEmpty();
        assertThat(find(Wanted.waiting().unanswered(true))).containsExactly(application(2, 1));
    }

    private void send(int... people) {
        for (int number : people) {
            side.happen(
                    person(registrant(number)), registered(number), started(number, 1), submitted(number, 1, Map.of()));
        }
    }

    private void happen(Event... events) {
        side.happen(OFFICER, events);
    }

    private List<ApplicationId> find(Wanted wanted) {
        List<ApplicationId> found = ids(side.ask(new FindCases(wanted, Order.OLDEST, null, 100)));
        assertThat(count(wanted)).isEqualTo(found.size());
        return found;
    }

    private long count(Wanted wanted) {
        return side.ask(new CountCases(wanted)).cases();
    }

    private static List<ApplicationId> ids(Cases cases) {
        return cases.lines().stream().map(Cases.Line::id).toList();
    }
}
