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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationQuery.FindApplications;
import org.selfservice.kernel.application.ApplicationQuery.FindByReference;
import org.selfservice.kernel.application.ApplicationQuery.FindSuspicions;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolments;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
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
                    new FindEnrolments(CASH, EnrolmentState.ENROLLED, null, 10),
                    new FindApplications(null, List.of(), null, 10),
                    new FindApplications(CASH, List.of(), null, 10),
                    new FindApplications(null, List.of(ApplicationState.SUBMITTED), null, 10),
                    new FindApplications(
                            CASH, List.of(ApplicationState.SUBMITTED, ApplicationState.IN_REVIEW), null, 10));
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

    @Test
    void onlyTheListOfProgramsIsReadAsAWhole() {
        try (QuerySide side = QuerySide.hearing(listener)) {
            finds.clear();
            side.ask(new FindPrograms(true));
            assertThat(viewFinds())
                    .singleElement()
                    .satisfies(find ->
                            assertThat(find.getString("find").getValue()).startsWith("program_"));
        }
    }

    private List<BsonDocument> viewFinds() {
        return finds.stream()
                .filter(find -> find.getString("find").getValue().matches(".*_r\\d+_g\\d+"))
                .toList();
    }

    /** An index serves a query when it begins with the fields that must be equal and goes on with those sorted by. */
    private static boolean isIndexed(QuerySide side, BsonDocument find) {
        Set<String> equal = new LinkedHashSet<>(find.getDocument("filter").keySet());
        equal.remove("$or");
        List<String> sorted =
                find.containsKey("sort") ? List.copyOf(find.getDocument("sort").keySet()) : List.of();
        List<List<String>> indexes = new ArrayList<>();
        indexes.add(List.of("_id"));
        side.bean(ViewStore.class)
                .collection(find.getString("find").getValue())
                .listIndexes()
                .forEach(index ->
                        indexes.add(List.copyOf(index.get("key", Document.class).keySet())));
        return !(equal.isEmpty() && sorted.isEmpty())
                && indexes.stream()
                        .filter(index -> index.size() >= equal.size() + sorted.size())
                        .anyMatch(index ->
                                Set.copyOf(index.subList(0, equal.size())).equals(equal)
                                        && index.subList(equal.size(), equal.size() + sorted.size())
                                                .equals(sorted));
    }
}
