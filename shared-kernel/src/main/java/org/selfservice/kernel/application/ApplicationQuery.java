package org.selfservice.kernel.application;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/** What one may ask about applications. */
public sealed interface ApplicationQuery<A> extends Query<A> {

    /** The answer's sequence is -1 when there is no such application. */
    record FindApplication(ApplicationId application) implements ApplicationQuery<ApplicationFile> {
        @Override
        public Class<ApplicationFile> answer() {
            return ApplicationFile.class;
        }
    }

    /** By the reference that people and staff use; the answer's sequence is -1 when there is none. */
    record FindByReference(String reference) implements ApplicationQuery<ApplicationFile> {
        @Override
        public Class<ApplicationFile> answer() {
            return ApplicationFile.class;
        }
    }

    /** For staff: how many applications a program has. */
    record CountApplications(ProgramCode program) implements ApplicationQuery<ApplicationCounts> {
        @Override
        public Class<ApplicationCounts> answer() {
            return ApplicationCounts.class;
        }
    }

    /** @param byState without the states that no application is in */
    record ApplicationCounts(Map<ApplicationState, Long> byState) {
        public long drafts() {
            return in(ApplicationState.DRAFT);
        }

        public long rejected() {
            return in(ApplicationState.REJECTED);
        }

        public long withdrawn() {
            return in(ApplicationState.WITHDRAWN);
        }

        public long expired() {
            return in(ApplicationState.EXPIRED);
        }

        private long in(ApplicationState state) {
            return byState.getOrDefault(state, 0L);
        }

        /** Sent and not decided yet. */
        public long undecided() {
            return byState.entrySet().stream()
                    .filter(entry -> entry.getKey().isOpen() && entry.getKey() != ApplicationState.DRAFT)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /**
     * For staff: a page of cases that wait for a decision and are suspected to be duplicates, newest first.
     *
     * @param after the last page's {@link Suspicions#next()}; null for the first page
     * @param limit cases, 1 to 100; one case may have several lines
     */
    record FindSuspicions(@Nullable String after, int limit) implements ApplicationQuery<Suspicions> {
        @Override
        public Class<Suspicions> answer() {
            return Suspicions.class;
        }
    }

    record Suspicions(List<Line> lines, @Nullable String next) {
        /** @param application the one that cannot be approved for now; {@code other} the one that it is like */
        public record Line(Side application, Side other, Suspicion suspicion) {}

        public record Side(
                ApplicationId id,
                String reference,
                ProgramCode program,
                ApplicationState state,
                @Nullable String reviewer,
                Instant startedAt,
                @Nullable Instant submittedAt) {}
    }

    /**
     * Everything about one application. Null stands for what has not happened yet or was erased.
     *
     * @param answers of the draft, or as given in answer to a request; the frozen ones are in {@code submission}
     * @param answersSeenAt per field the sequence number of its last change
     * @param sequence of the last event seen in the application's stream; -1 when there is no such application
     */
    record ApplicationFile(
            ApplicationId id,
            @Nullable RegistrantId registrant,
            @Nullable ProgramCode program,
            int ordinal,
            String reference,
            ApplicationState state,
            @Nullable FormCode form,
            int formVersion,
            String language,
            Map<String, Answer> answers,
            Map<String, AnswerSource> sources,
            Map<String, Long> answersSeenAt,
            List<Document> documents,
            Map<String, Deferral> deferred,
            @Nullable Submission submission,
            @Nullable String submissionEvent,
            @Nullable InformationRequest request,
            List<InformationGiven> given,
            @Nullable String reviewer,
            @Nullable Decision decision,
            List<TimelineEntry> timeline,
            @Nullable Instant startedAt,
            @Nullable Instant savedAt,
            @Nullable Instant keptUntil,
            @Nullable Instant submittedAt,
            @Nullable Instant decideBy,
            List<Suspicion> suspicions,
            boolean erased,
            long sequence) {
        public boolean exists() {
            return sequence >= 0;
        }

        /** Whether it must not be approved for now. */
        public boolean suspected() {
            return state.isWithStaff() && suspicions.stream().anyMatch(Suspicion::stands);
        }

        /** Whether the person said of a document that it comes later, and it has not come. */
        public boolean owing() {
            return state.isWithStaff() && deferred.values().stream().anyMatch(why -> why != Deferral.DOES_NOT_APPLY);
        }

        /** Whether the last request for information was not answered in time, and the case still waits. */
        public boolean unanswered() {
            return state.isWithStaff() && request != null && request.expired();
        }

        /** As its person may see it: without what staff write for each other and suspect. */
        public ApplicationFile forItsPerson() {
            return with(timeline.stream().filter(TimelineEntry::visible).toList(), List.of());
        }

        private ApplicationFile with(List<TimelineEntry> entries, List<Suspicion> suspected) {
            return new ApplicationFile(
                    id,
                    registrant,
                    program,
                    ordinal,
                    reference,
                    state,
                    form,
                    formVersion,
                    language,
                    answers,
                    sources,
                    answersSeenAt,
                    documents,
                    deferred,
                    submission,
                    submissionEvent,
                    request,
                    given,
                    reviewer,
                    decision,
                    entries,
                    startedAt,
                    savedAt,
                    keptUntil,
                    submittedAt,
                    decideBy,
                    suspected,
                    erased,
                    sequence);
        }
    }

    /**
     * @param kinds all that the two are known to have in common, in order
     * @param since when the last of it was found
     * @param verdict null while it is open
     * @param reason why it was resolved so
     * @param overridden why the case was approved all the same
     */
    record Suspicion(
            ApplicationId other,
            List<Likeness> kinds,
            Instant since,
            @Nullable Verdict verdict,
            @Nullable String reason,
            @Nullable Instant resolvedAt,
            @Nullable String resolvedBy,
            @Nullable String overridden) {
        public boolean open() {
            return verdict == null;
        }

        /** Whether it is in the way of an approval. */
        public boolean stands() {
            return verdict != Verdict.NOT_A_DUPLICATE;
        }

        /** Without what staff wrote. */
        @Override
        public String toString() {
            return "Suspicion[other=" + other + ", kinds=" + kinds + ", verdict=" + verdict + "]";
        }
    }

    record Document(
            DocumentId id,
            String field,
            @Nullable String name,
            String mediaType,
            long bytes,
            String sha256,
            boolean scanned,
            Instant uploadedAt,
            DocumentState state,
            @Nullable String rejection) {
        /** Without what only its person may read. */
        @Override
        public String toString() {
            return "Document[id=" + id + ", state=" + state + "]";
        }
    }

    enum DocumentState {
        READY,
        VERIFIED,
        REJECTED,
        REMOVED
    }

    /** @param expired whether nobody answered by the deadline */
    record InformationRequest(
            List<String> fields,
            List<String> documents,
            @Nullable String reason,
            Instant at,
            Instant deadline,
            boolean open,
            boolean expired) {
        /** Without what only its person may read. */
        @Override
        public String toString() {
            return "InformationRequest[fields=" + fields + ", documents=" + documents + ", open=" + open + "]";
        }
    }

    record InformationGiven(@Nullable Map<String, Answer> answers, List<SentDocument> documents, Instant at) {}

    /**
     * @param reason the rejection reason's code; {@code text} the note or explanation that the person reads
     * @param corrected whether another decision was made before
     */
    record Decision(
            boolean approved,
            @Nullable String reason,
            @Nullable String text,
            Instant at,
            String by,
            boolean corrected) {
        /** Without what only its person may read. */
        @Override
        public String toString() {
            return "Decision[approved=" + approved + ", reason=" + reason + ", at=" + at + "]";
        }
    }

    /**
     * One thing that happened, in order.
     *
     * @param event the event's stored name; pages turn it into plain words
     * @param by the actor's role; {@code name} of staff, for staff
     * @param text a remark, a reason
     * @param visible whether the person sees it
     */
    record TimelineEntry(
            String event,
            Instant at,
            String by,
            @Nullable String name,
            @Nullable String text,
            boolean visible,
            long sequence) {
        /** Without what only its person may read. */
        @Override
        public String toString() {
            return "TimelineEntry[event=" + event + ", sequence=" + sequence + "]";
        }
    }
}
