package org.selfservice.query.enrolment;

import java.util.Date;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.selfservice.kernel.enrolment.EnrolmentQuery.CountEnrolments;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentCounts;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentLine;
import org.selfservice.kernel.enrolment.EnrolmentQuery.Enrolments;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolments;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.query.Announcements;
import org.selfservice.query.Answers;
import org.selfservice.query.Cursor;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class EnrolmentAnswers extends Answers<EnrolmentLine> {
    private static final String SINCE = "since";

    EnrolmentAnswers(EnrolmentView view, ViewStore store, Announcements announcements) {
        super(view, store, announcements);
    }

    @QueryHandler
    EnrolmentLine one(FindEnrolment query) {
        return known(query.enrolment().value());
    }

    @QueryHandler
    Enrolments some(FindEnrolments query) {
        Cursor.checkLimit(query.limit());
        Document filter = new Document();
        if (query.program() != null) {
            filter.append("program", query.program().value());
        }
        if (query.state() != null) {
            filter.append("state", query.state().name());
        }
        Cursor.parse(query.after()).onward(filter, SINCE);
        List<EnrolmentLine> found = live.list(filter, Cursor.sort(SINCE), query.limit() + 1);
        List<EnrolmentLine> lines = found.stream().limit(query.limit()).toList();
        return new Enrolments(lines, found.size() > lines.size() ? after(lines.getLast()) : null);
    }

    /** By the index on program and state; the embedded stand-in scans. */
    @QueryHandler
    EnrolmentCounts counts(CountEnrolments query) {
        return new EnrolmentCounts(count(query, EnrolmentState.ENROLLED), count(query, EnrolmentState.PAUSED));
    }

    private long count(CountEnrolments query, EnrolmentState state) {
        return live.count(new Document("program", query.program().value()).append("state", state.name()));
    }

    @Override
    public void changed(EnrolmentLine line) {
        announcements.tell(FindEnrolment.class, query -> query.enrolment().equals(line.id()), () -> line);
    }

    private static String after(EnrolmentLine line) {
        return new Cursor(Date.from(line.since()), line.id().value()).toString();
    }
}
