package org.selfservice.query.application;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationCounts;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Applications;
import org.selfservice.kernel.application.ApplicationQuery.CountApplications;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationQuery.FindApplications;
import org.selfservice.kernel.application.ApplicationQuery.FindByReference;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.query.Announcements;
import org.selfservice.query.Listener;
import org.selfservice.query.Live;
import org.selfservice.query.View;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class ApplicationAnswers implements Listener<ApplicationFile> {
    private static final String NONE = "a-00000000000000000000";

    private final ApplicationView view;
    private final Live<ApplicationFile> applications;
    private final Announcements announcements;

    ApplicationAnswers(ApplicationView view, ViewStore store, Announcements announcements) {
        this.view = view;
        this.applications = store.live(view);
        this.announcements = announcements;
    }

    @QueryHandler
    ApplicationFile one(FindApplication query) {
        String id = query.application().value();
        return applications.find(id).orElseGet(() -> view.empty(id));
    }

    @QueryHandler
    ApplicationFile byReference(FindByReference query) {
        return applications.findBy("reference", query.reference()).orElseGet(() -> view.empty(NONE));
    }

    @QueryHandler
    Applications some(FindApplications query) {
        if (query.limit() < 1 || query.limit() > 100) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "limit"));
        }
        Cursor after = Cursor.parse(query.after());
        Document filter = new Document();
        if (query.program() != null) {
            filter.append("program", query.program().value());
        }
        if (!query.states().isEmpty()) {
            filter.append(
                    "state",
                    new Document("$in", query.states().stream().map(Enum::name).toList()));
        }
        filter.append(
                "$or",
                List.of(
                        new Document("startedAt", new Document("$lt", after.startedAt())),
                        new Document("startedAt", after.startedAt()).append("_id", new Document("$lt", after.id()))));
        List<ApplicationFile> found =
                applications.list(filter, new Document("startedAt", -1).append("_id", -1), query.limit() + 1);
        List<ApplicationFile> page = found.stream().limit(query.limit()).toList();
        return new Applications(
                page.stream().map(ApplicationAnswers::line).toList(),
                found.size() > page.size() ? Cursor.after(page.getLast()).toString() : null);
    }

    /** By the index on program and state; the embedded stand-in scans. */
    @QueryHandler
    ApplicationCounts counts(CountApplications query) {
        Map<ApplicationState, Long> byState = new EnumMap<>(ApplicationState.class);
        for (ApplicationState state : ApplicationState.values()) {
            long count =
                    applications.count(new Document("program", query.program().value()).append("state", state.name()));
            if (count > 0) {
                byState.put(state, count);
            }
        }
        return new ApplicationCounts(byState);
    }

    @Override
    public View<ApplicationFile> view() {
        return view;
    }

    @Override
    public void changed(ApplicationFile file) {
        announcements.tell(FindApplication.class, query -> query.application().equals(file.id()), () -> file);
        announcements.tell(FindByReference.class, query -> query.reference().equals(file.reference()), () -> file);
    }

    private static Applications.Line line(ApplicationFile file) {
        return new Applications.Line(
                file.id(),
                file.reference(),
                file.program(),
                file.state(),
                file.reviewer(),
                file.startedAt(),
                file.submittedAt());
    }

    /** Where a page ended: newest first, by id where two began in the same millisecond. */
    private record Cursor(Date startedAt, String id) {
        private static final Cursor NEWEST = new Cursor(Date.from(Instant.parse("9999-12-31T00:00:00Z")), "");

        static Cursor after(ApplicationFile file) {
            return new Cursor(Date.from(file.startedAt()), file.id().value());
        }

        static Cursor parse(@Nullable String text) {
            if (text == null) {
                return NEWEST;
            }
            try {
                int end = text.indexOf('_');
                return new Cursor(
                        Date.from(Instant.ofEpochMilli(Long.parseLong(text.substring(0, end)))),
                        text.substring(end + 1));
            } catch (NumberFormatException | IndexOutOfBoundsException | DateTimeException e) {
                throw new Refused(RefusalCode.INVALID, Map.of("field", "after"));
            }
        }

        @Override
        public String toString() {
            return startedAt.getTime() + "_" + id;
        }
    }
}
