package org.selfservice.query.application;

import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.selfservice.kernel.application.ApplicationQuery;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationCounts;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.CountApplications;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationQuery.FindByReference;
import org.selfservice.kernel.application.ApplicationQuery.FindSuspicions;
import org.selfservice.kernel.application.ApplicationQuery.Suspicions;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.query.Announcements;
import org.selfservice.query.Answers;
import org.selfservice.query.Cursor;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class ApplicationAnswers extends Answers<ApplicationFile> {
    private static final String STARTED_AT = "startedAt";
    private static final String NONE = "a-00000000000000000000";

    ApplicationAnswers(ApplicationView view, ViewStore store, Announcements announcements) {
        super(view, store, announcements);
    }

    @QueryHandler
    ApplicationFile one(FindApplication query) {
        return known(query.application().value());
    }

    @QueryHandler
    ApplicationFile byReference(FindByReference query) {
        return live.findBy("reference", query.reference()).orElseGet(() -> view().empty(NONE));
    }

    @QueryHandler
    Suspicions suspected(FindSuspicions query) {
        Cursor.checkLimit(query.limit());
        Document filter = new Document("suspected", true);
        Cursor.parse(query.after()).onward(filter, STARTED_AT);
        List<ApplicationFile> found = live.list(filter, Cursor.sort(STARTED_AT), query.limit() + 1);
        List<ApplicationFile> files = found.stream().limit(query.limit()).toList();
        return new Suspicions(
                files.stream()
                        .flatMap(file -> file.suspicions().stream()
                                .filter(ApplicationQuery.Suspicion::stands)
                                .map(one -> new Suspicions.Line(side(file), side(other(one)), one)))
                        .toList(),
                found.size() > files.size() ? after(files.getLast()) : null);
    }

    private ApplicationFile other(ApplicationQuery.Suspicion suspicion) {
        return one(new FindApplication(suspicion.other()));
    }

    private static String after(ApplicationFile file) {
        return new Cursor(Date.from(file.startedAt()), file.id().value()).toString();
    }

    /** By the index on program and state; the embedded stand-in scans. */
    @QueryHandler
    ApplicationCounts counts(CountApplications query) {
        Map<ApplicationState, Long> byState = new EnumMap<>(ApplicationState.class);
        for (ApplicationState state : ApplicationState.values()) {
            long count = live.count(new Document("program", query.program().value()).append("state", state.name()));
            if (count > 0) {
                byState.put(state, count);
            }
        }
        return new ApplicationCounts(byState);
    }

    @Override
    public void changed(ApplicationFile file) {
        announcements.tell(FindApplication.class, query -> query.application().equals(file.id()), () -> file);
        announcements.tell(FindByReference.class, query -> query.reference().equals(file.reference()), () -> file);
    }

    private static Suspicions.Side side(ApplicationFile file) {
        return new Suspicions.Side(
                file.id(),
                file.reference(),
                file.program(),
                file.state(),
                file.reviewer(),
                file.startedAt(),
                file.submittedAt());
    }
}
