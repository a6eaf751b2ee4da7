package org.selfservice.command.application;

import static org.selfservice.command.Decide.refuseIf;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Streams;
import org.selfservice.command.Streams.Facts;
import org.selfservice.command.Streams.Reading;
import org.selfservice.command.application.Evidence.Mark;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.DecisionCorrected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentDeferred;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRejected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRemoved;
import org.selfservice.kernel.application.ApplicationEvent.DocumentUploaded;
import org.selfservice.kernel.application.ApplicationEvent.DocumentVerified;
import org.selfservice.kernel.application.ApplicationEvent.DraftExpired;
import org.selfservice.kernel.application.ApplicationEvent.DuplicateSuspected;
import org.selfservice.kernel.application.ApplicationEvent.FormVersionAdopted;
import org.selfservice.kernel.application.ApplicationEvent.InformationProvided;
import org.selfservice.kernel.application.ApplicationEvent.InformationRequested;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationEvent.RequestExpired;
import org.selfservice.kernel.application.ApplicationEvent.ReviewerAssigned;
import org.selfservice.kernel.application.ApplicationEvent.ReviewerReleased;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionOverridden;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionResolved;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Submission.SentDocument;

/**
 * An application as its rules see it.
 *
 * @param started null only before it exists
 * @param startedAt when it was begun
 * @param since when it came into its state, or was decided last
 */
public record Case(
        @Nullable ApplicationStarted started,
        Instant startedAt,
        Instant since,
        ApplicationState state,
        boolean erased,
        Draft draft,
        Evidence evidence,
        Review review,
        Doubts doubts) {
    private static final Reading<ApplicationEvent, Case> READING = new Reading<>(
            ApplicationEvent.class,
            new Case(
                    null,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    ApplicationState.DRAFT,
                    false,
                    Draft.NONE,
                    Evidence.NONE,
                    Review.NONE,
                    Doubts.NONE),
            Case::after);

    /**
     * @param request the last request for information
     * @param answered whether it was answered
     * @param reason code of a rejection
     */
    record Review(
            @Nullable String reviewer,
            @Nullable InformationRequested request,
            long requestedAt,
            boolean answered,
            @Nullable String reason) {
        static final Review NONE = new Review(null, null, -1, false, null);

        /** A case that was taken is its reviewer's; administrators and machines may step in. */
        void mustBeOpenTo(Author author) {
            refuseIf(
                    author.role() == Author.Role.REVIEWER && reviewer != null && !reviewer.equals(author.actor()),
                    RefusalCode.ASSIGNED_TO_ANOTHER);
        }

        private Review takenBy(@Nullable String name) {
            return new Review(name, request, requestedAt, answered, reason);
        }

        private Review asked(InformationRequested wish, long sequence) {
            return new Review(reviewer, wish, sequence, false, reason);
        }

        private Review told() {
            return new Review(reviewer, request, requestedAt, true, reason);
        }

        private Review rejected(@Nullable String code) {
            return new Review(reviewer, request, requestedAt, answered, code);
        }
    }

    static Case none() {
        return READING.nothing();
    }

    public static Facts<Case> of(Streams streams, ApplicationId application) {
        return streams.read(READING, application.value());
    }

    public ApplicationStarted begun() {
        if (started == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return started;
    }

    /** @throws Refused APPLICATION_STATE, detail {@code state}, unless it is in one of these states */
    void mustBe(ApplicationState... states) {
        for (ApplicationState one : states) {
            if (state == one) {
                return;
            }
        }
        refuseIf(true, RefusalCode.APPLICATION_STATE, "state", state.name());
    }

    /** Whether the last request was not answered in time: nothing else leads back from a request without an answer. */
    boolean hasExpiredRequest() {
        return state == ApplicationState.IN_REVIEW && review.request() != null && !review.answered();
    }

    void mustBeWithStaff() {
        refuseIf(!state.isWithStaff(), RefusalCode.APPLICATION_STATE, "state", state.name());
    }

    Case after(ApplicationEvent event, long sequence, Instant at) {
        Case next = switch (event) {
            case ApplicationStarted e -> begun(e, at);
            case AnswersSaved e ->
                with(draft.saved(e.answers(), e.sources(), sequence).kept(e.keptUntil()));
            case FormVersionAdopted e ->
                with(draft.without(e.dropped()).pinnedTo(e.form(), e.formVersion()))
                        .with(evidence.without(e.dropped()));
            case DocumentUploaded e ->
                with(evidence.with(
                        new SentDocument(e.document(), e.field(), e.name(), e.mediaType(), e.bytes(), e.sha256()),
                        sequence));
            case DocumentRemoved e -> with(evidence.marked(e.document(), Mark.REMOVED));
            case DocumentDeferred e -> with(evidence.deferred(e.field(), e.why()));
            case DocumentVerified e -> with(evidence.marked(e.document(), Mark.VERIFIED));
            case DocumentRejected e -> with(evidence.marked(e.document(), Mark.REJECTED));
            case ApplicationSubmitted e ->
                with(draft.frozen(e.submission().answers(), e.submission().sources()))
                        .with(evidence.sent(sequence));
            case ReviewerAssigned e -> with(review.takenBy(e.reviewer()));
            case ReviewerReleased _ -> with(review.takenBy(null));
            case InformationRequested e -> with(review.asked(e, sequence));
            case InformationProvided e ->
                with(review.told())
                        .with(draft.saved(e.answers(), draft.sources(), sequence))
                        .with(evidence.sent(sequence));
            case ApplicationRejected e -> with(review.rejected(e.reason()));
            case DecisionCorrected e -> with(review.rejected(e.reason()));
            case DuplicateSuspected e -> with(doubts.after(e));
            case SuspicionResolved e -> with(doubts.after(e));
            case SuspicionOverridden _,
                    Remarked _,
                    RequestExpired _,
                    ApplicationApproved _,
                    ApplicationWithdrawn _,
                    DraftExpired _ -> this;
            case ApplicationErased _ ->
                new Case(started, startedAt, since, state, true, Draft.NONE, Evidence.NONE, Review.NONE, doubts);
        };
        ApplicationState then = state.after(event);
        return next.in(then, then == state && !(event instanceof DecisionCorrected) ? next.since() : at);
    }

    private Case begun(ApplicationStarted event, Instant at) {
        Draft begun = draft.pinnedTo(event.form(), event.formVersion()).kept(event.keptUntil());
        return new Case(event, at, at, state, erased, begun, evidence, review, doubts);
    }

    private Case in(ApplicationState newer, Instant from) {
        return new Case(started, startedAt, from, newer, erased, draft, evidence, review, doubts);
    }

    private Case with(Draft newer) {
        return new Case(started, startedAt, since, state, erased, newer, evidence, review, doubts);
    }

    private Case with(Evidence newer) {
        return new Case(started, startedAt, since, state, erased, draft, newer, review, doubts);
    }

    private Case with(Review newer) {
        return new Case(started, startedAt, since, state, erased, draft, evidence, newer, doubts);
    }

    private Case with(Doubts newer) {
        return new Case(started, startedAt, since, state, erased, draft, evidence, review, newer);
    }
}
