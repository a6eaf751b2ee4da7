package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.FORM;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.enrolment;
import static org.selfservice.query.Samples.registrant;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationQuery.FindByReference;
import org.selfservice.kernel.application.ApplicationQuery.FindSuspicions;
import org.selfservice.kernel.application.CaseQuery.FindCases;
import org.selfservice.kernel.application.CaseQuery.Order;
import org.selfservice.kernel.application.CaseQuery.Wanted;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolments;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.form.FormQuery.FindForms;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindInvitation;
import org.selfservice.kernel.registrant.RegistrantQuery.FindMandates;

/** Every question that a page or an endpoint may ask is answered by an index; the stand-in would not tell otherwise. */
class IndexesIT {
    private final List<BsonDocument> finds = new CopyOnWriteArrayList<>();
    private final CommandListener listener = new CommandListener() {
        @Override
        public void commandStarted(CommandStartedEvent event) {
            if (event.getCommandName().equals("find")) {
                finds.add(event.getCommand().clone());
            }
        }
    };

    @Test
    void everyQueryHasADeclaredIndex() {
        try (QuerySide side = QuerySide.hearing(listener)) {
            side.happen(OFFICER, Histories.of(3, 3, 60).toArray(Event[]::new));
            side.awaitLevel();
            finds.clear();

            List<Query<?>> queries = List.of(
                    new FindProgram(CASH),
                    new FindForm(FORM),
                    new FindFormVersion(FORM, 1),
                    new FindDossier(registrant(1)),
                    new FindInvitation("0".repeat(64)),
                    new FindMandates(registrant(1)),
                    new FindApplication(application(1, 1)),
                    new FindByReference("CASH-000001-01"),
                    new FindSuspicions(null, 10),
                    new FindEnrolment(enrolment(1)),
                    new FindEnrolments(null, null, null, 10),
                    new FindEnrolments(CASH, null, null, 10),
                    new FindEnrolments(null, EnrolmentState.PAUSED, null, 10),
                    new FindEnrolments(CASH, EnrolmentState.ENROLLED, null, 10));
            for (Query<?> query : queries) {
                finds.clear();
                side.ask(query);
                assertThat(viewFinds())
                        .as(query.toString())
                        .isNotEmpty()
                        .allSatisfy(find -> assertThat(isIndexed(side, find))
                                .as(find.toString())
                                .isTrue());
            }
        }
    }

    /** Each filter of the queue alone, and all together by one that leaves few. */
    @Test
    void theQueueHasAnIndexForEachFilterInEachOrder() {
        Instant then = Instant.parse("2026-11-01T00:00:00Z");
        Wanted all = Wanted.waiting();
        List<Wanted> alone = List.of(
                all,
                all.of(CASH),
                all.with("rita"),
                all.with(Wanted.NOBODY),
                all.with(Wanted.SOMEBODY),
                all.of(CASH).with("rita"),
                all.of(CASH).with(Wanted.NOBODY),
                all.suspected(true),
                all.owing(true),
                all.unanswered(true));
        List<Wanted> together = List.of(
                all.sentUntil(then),
                all.promisedUntil(then),
                all.of(CASH)
                        .with("rita")
                        .suspected(true)
                        .owing(true)
                        .unanswered(true)
                        .sentUntil(then));
        try (QuerySide side = QuerySide.hearing(listener)) {
            side.happen(OFFICER, Histories.of(3, 3, 60).toArray(Event[]::new));
            side.awaitLevel();
            for (Order order : Order.values()) {
                for (String after : Arrays.asList(null, "1700000000000_a-00000000000000000000")) {
                    alone.forEach(wanted -> {
                        finds.clear();
                        side.ask(new FindCases(wanted, order, after, 10));
                        assertThat(viewFinds())
                                .singleElement()
                                .satisfies(find -> assertThat(isIndexed(side, find))
                                        .as(find.toString())
                                        .isTrue());
                    });
                    together.forEach(wanted -> {
                        finds.clear();
                        side.ask(new FindCases(wanted, order, after, 10));
                        assertThat(viewFinds())
                                .singleElement()
                                .satisfies(find -> assertThat(isSorted(side, find))
                                        .as(find.toString())
                                        .isTrue());
                    });
                }
            }
        }
    }

    @Test
    void everyIndexOfTheQueueIsNamedForWhoOperatesThePortal() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "operating.md"));
        try (QuerySide side = new QuerySide()) {
            assertThat(AllViews.all().stream()
                            .filter(view -> view.name().equals("application"))
                            .flatMap(view -> view.indexes().stream())
                            .map(index -> String.join(", ", index.fields())))
                    .isNotEmpty()
                    .allSatisfy(index -> assertThat(page).contains("`" + index + "`"));
        }
    }

    @Test
    void onlyTheListsOfProgramsAndOfFormsAreReadAsAWhole() {
        try (QuerySide side = QuerySide.hearing(listener)) {
            Map<Query<?>, String> whole = Map.of(new FindPrograms(true), "program_", new FindForms(), "form_");
            whole.forEach((query, view) -> {
                finds.clear();
                side.ask(query);
                assertThat(viewFinds())
                        .singleElement()
                        .satisfies(find ->
                                assertThat(find.getString("find").getValue()).startsWith(view));
            });
        }
    }

    private List<BsonDocument> viewFinds() {
        return finds.stream()
                .filter(find -> find.getString("find").getValue().matches(".*_r\\d+_g\\d+"))
                .toList();
    }

    /** An index serves a query when it begins with the fields that must be equal and goes on with those sorted by. */
    private static boolean isIndexed(QuerySide side, BsonDocument find) {
        Set<String> equal = equal(find);
        List<String> sorted = sorted(find);
        List<List<String>> indexes = indexes(side, find);
        return !(equal.isEmpty() && sorted.isEmpty())
                && indexes.stream()
                        .filter(index -> index.size() >= equal.size() + sorted.size())
                        .anyMatch(index ->
                                Set.copyOf(index.subList(0, equal.size())).equals(equal)
                                        && index.subList(equal.size(), equal.size() + sorted.size())
                                                .equals(sorted));
    }

    /** An index has a part in a query when it begins with some of the fields that must be equal and goes on with those sorted by. */
    private static boolean isSorted(QuerySide side, BsonDocument find) {
        List<String> sorted = sorted(find);
        return indexes(side, find).stream()
                .filter(index -> index.size() > sorted.size())
                .filter(index -> index.subList(index.size() - sorted.size(), index.size())
                        .equals(sorted))
                .anyMatch(index -> equal(find).containsAll(index.subList(0, index.size() - sorted.size())));
    }

    private static Set<String> equal(BsonDocument find) {
        Set<String> equal = new LinkedHashSet<>(find.getDocument("filter").keySet());
        equal.remove("$or");
        return equal;
    }

    private static List<String> sorted(BsonDocument find) {
        return find.containsKey("sort") ? List.copyOf(find.getDocument("sort").keySet()) : List.of();
    }

    private static List<List<String>> indexes(QuerySide side, BsonDocument find) {
        List<List<String>> indexes = new ArrayList<>();
        indexes.add(List.of("_id"));
        side.bean(ViewStore.class)
                .collection(find.getString("find").getValue())
                .listIndexes()
                .forEach(index ->
                        indexes.add(List.copyOf(index.get("key", Document.class).keySet())));
        return indexes;
    }
}
