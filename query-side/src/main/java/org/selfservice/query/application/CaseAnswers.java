package org.selfservice.query.application;

import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.InformationRequest;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.CaseQuery.CaseCount;
import org.selfservice.kernel.application.CaseQuery.Cases;
import org.selfservice.kernel.application.CaseQuery.CountCases;
import org.selfservice.kernel.application.CaseQuery.FindCases;
import org.selfservice.kernel.application.CaseQuery.Order;
import org.selfservice.kernel.application.CaseQuery.Wanted;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.query.Cursor;
import org.selfservice.query.Live;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

/** The queue: sent applications by what staff filter them by. */
@Component
final class CaseAnswers {
    private static final String SENT = "submittedAt";
    private static final String PROMISED = "decideBy";
    private static final Set<ApplicationState> UNSENT = EnumSet.of(ApplicationState.DRAFT, ApplicationState.EXPIRED);

    private final Live<ApplicationFile> applications;

    CaseAnswers(ApplicationView view, ViewStore store) {
        this.applications = store.live(view);
    }

    @QueryHandler
    Cases some(FindCases query) {
        Cursor.checkLimit(query.limit());
        String field = query.order() == Order.PROMISED ? PROMISED : SENT;
        Document filter = filter(query.wanted());
        Document sort;
        if (query.order() == Order.NEWEST) {
            Cursor.parse(query.after()).onward(filter, field);
            sort = Cursor.sort(field);
        } else {
            Cursor.parseOldestFirst(query.after()).onwardOldestFirst(filter, field);
            sort = Cursor.sortOldestFirst(field);
        }
        List<ApplicationFile> found = applications.list(filter, sort, query.limit() + 1);
        List<ApplicationFile> page = found.stream().limit(query.limit()).toList();
        return new Cases(
                page.stream().map(CaseAnswers::line).toList(),
                found.size() > page.size() ? after(page.getLast(), field) : null);
    }

    @QueryHandler
    CaseCount count(CountCases query) {
        // A draft that was withdrawn was never a case: nobody could take it.
        Document filter = filter(query.wanted());
        filter.putIfAbsent("taken", new Document("$in", List.of(true, false)));
        return new CaseCount(applications.count(filter));
    }

    private static Document filter(Wanted wanted) {
        if (wanted.states().isEmpty() || wanted.states().stream().anyMatch(UNSENT::contains)) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "state"));
        }
        Document filter = new Document(
                "state",
                new Document("$in", wanted.states().stream().map(Enum::name).toList()));
        Set<ProgramCode> within = wanted.within();
        if (wanted.program() != null && (within == null || within.contains(wanted.program()))) {
            filter.append("program", wanted.program().value());
        } else if (within != null) {
            filter.append(
                    "program",
                    new Document(
                            "$in",
                            wanted.program() != null
                                    ? List.of()
                                    : within.stream()
                                            .map(ProgramCode::value)
                                            .sorted()
                                            .toList()));
        }
        String reviewer = wanted.reviewer();
        if (Wanted.NOBODY.equals(reviewer) || Wanted.SOMEBODY.equals(reviewer)) {
            filter.append("taken", Wanted.SOMEBODY.equals(reviewer));
        } else if (reviewer != null) {
            filter.append("reviewer", reviewer);
        }
        appendIf(wanted.suspected(), filter, "suspected");
        appendIf(wanted.owing(), filter, "owing");
        appendIf(wanted.unanswered(), filter, "unanswered");
        if (wanted.sentUntil() != null) {
            filter.append(SENT, new Document("$lte", Date.from(wanted.sentUntil())));
        }
        if (wanted.promisedUntil() != null) {
            filter.append(PROMISED, new Document("$lte", Date.from(wanted.promisedUntil())));
        }
        return filter;
    }

    private static void appendIf(boolean wanted, Document filter, String field) {
        if (wanted) {
            filter.append(field, true);
        }
    }

    private static String after(ApplicationFile file, String field) {
        Instant at = field.equals(SENT) ? file.submittedAt() : file.decideBy();
        return new Cursor(Date.from(Objects.requireNonNull(at)), file.id().value()).toString();
    }

    private static Cases.Line line(ApplicationFile file) {
        InformationRequest request = file.request();
        return new Cases.Line(
                file.id(),
                file.reference(),
                Objects.requireNonNull(file.registrant()),
                Objects.requireNonNull(file.program()),
                file.state(),
                file.reviewer(),
                Objects.requireNonNull(file.submittedAt()),
                Objects.requireNonNull(file.decideBy()),
                request != null && request.open() ? request.deadline() : null,
                file.suspected(),
                file.owing(),
                file.unanswered(),
                file.sequence());
    }
}
