package org.selfservice.query.application;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.EventName;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.AnswerSource;
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
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Decision;
import org.selfservice.kernel.application.ApplicationQuery.InformationGiven;
import org.selfservice.kernel.application.ApplicationQuery.InformationRequest;
import org.selfservice.kernel.application.ApplicationQuery.TimelineEntry;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/** An application's file while an event changes it. */
final class Case {
    private final ApplicationId id;
    private @Nullable RegistrantId registrant;
    private @Nullable ProgramCode program;
    private int ordinal;
    private String reference;
    private ApplicationState state;
    private @Nullable FormCode form;
    private int formVersion;
    private String language;
    private Map<String, Answer> answers;
    private Map<String, AnswerSource> sources;
    private Map<String, Long> answersSeenAt;
    private HandedIn documents;
    private Map<String, Deferral> deferred;
    private @Nullable Submission submission;
    private @Nullable String submissionEvent;
    private @Nullable InformationRequest request;
    private List<InformationGiven> given;
    private @Nullable String reviewer;
    private @Nullable Decision decision;
    private List<TimelineEntry> timeline;
    private @Nullable Instant startedAt;
    private @Nullable Instant savedAt;
    private @Nullable Instant keptUntil;
    private @Nullable Instant submittedAt;
    private @Nullable Instant decideBy;
    private SuspectedDuplicates suspicions;
    private boolean erased;

    Case(ApplicationFile file) {
        id = file.id();
        registrant = file.registrant();
        program = file.program();
        ordinal = file.ordinal();
        reference = file.reference();
        state = file.state();
        form = file.form();
        formVersion = file.formVersion();
        language = file.language();
        answers = new LinkedHashMap<>(file.answers());
        sources = new LinkedHashMap<>(file.sources());
        answersSeenAt = new LinkedHashMap<>(file.answersSeenAt());
        documents = new HandedIn(file.documents());
        deferred = new LinkedHashMap<>(file.deferred());
        submission = file.submission();
        submissionEvent = file.submissionEvent();
        request = file.request();
        given = new ArrayList<>(file.given());
        reviewer = file.reviewer();
        decision = file.decision();
        timeline = new ArrayList<>(file.timeline());
        startedAt = file.startedAt();
        savedAt = file.savedAt();
        keptUntil = file.keptUntil();
        submittedAt = file.submittedAt();
        decideBy = file.decideBy();
        suspicions = new SuspectedDuplicates(file.suspicions());
        erased = file.erased();
    }

    ApplicationFile after(ApplicationEvent event, Meta meta) {
        registrant = event.registrant();
        program = event.program();
        state = state.after(event);
        switch (event) {
            case ApplicationStarted started -> start(started, meta);
            case AnswersSaved saved -> save(saved, meta);
            case FormVersionAdopted adopted -> adopt(adopted, meta);
            case DocumentUploaded uploaded -> upload(uploaded, meta);
            case DocumentRemoved removed -> {
                documents = documents.after(removed);
                savedAt = meta.at();
                tell(event, meta, documents.nameOf(removed.document()), true);
            }
            case DocumentDeferred defer -> {
                if (defer.why() == null) {
                    deferred.remove(defer.field());
                } else {
                    deferred.put(defer.field(), defer.why());
                    savedAt = meta.at();
                }
            }
            case ApplicationSubmitted submitted -> submit(submitted, meta);
            case ApplicationWithdrawn withdrawn -> {
                close();
                tell(event, meta, text(withdrawn.reason()), true);
            }
            case ReviewerAssigned assigned -> {
                reviewer = assigned.reviewer();
                tell(event, meta, null, true);
            }
            case ReviewerReleased _ -> {
                reviewer = null;
                tell(event, meta, null, false);
            }
            case InformationRequested requested -> {
                String reason = text(requested.reason());
                request = new InformationRequest(
                        requested.fields(),
                        requested.documents(),
                        reason,
                        meta.at(),
                        requested.deadline(),
                        true,
                        false);
                tell(event, meta, reason, true);
            }
            case InformationProvided provided -> {
                given.add(new InformationGiven(provided.answers().orNull(), provided.documents(), meta.at()));
                answers.putAll(provided.answers().or(Map.of()));
                closeRequest();
                tell(event, meta, null, true);
            }
            case RequestExpired _ -> {
                closeRequest(true);
                tell(event, meta, null, true);
            }
            case Remarked remarked -> tell(event, meta, text(remarked.text()), remarked.visible());
            case DocumentVerified verified -> {
                documents = documents.after(verified);
                tell(event, meta, documents.nameOf(verified.document()), true);
            }
            case DocumentRejected rejected -> {
                String reason = text(rejected.reason());
                documents = documents.after(rejected, reason);
                tell(event, meta, reason, true);
            }
            case ApplicationApproved approved -> decide(event, true, null, text(approved.note()), meta);
            case ApplicationRejected rejected ->
                decide(event, false, rejected.reason(), text(rejected.explanation()), meta);
            case DecisionCorrected corrected ->
                decide(event, corrected.approved(), corrected.reason(), text(corrected.explanation()), meta);
            case DuplicateSuspected suspected -> {
                suspicions = suspicions.after(suspected, meta);
                tell(event, meta, null, false);
            }
            case SuspicionResolved resolved -> {
                suspicions = suspicions.after(resolved, meta);
                tell(event, meta, text(resolved.reason()), false);
            }
            case SuspicionOverridden overridden -> {
                suspicions = suspicions.after(overridden);
                tell(event, meta, text(overridden.reason()), false);
            }
            case DraftExpired _ -> {
                close();
                tell(event, meta, null, true);
            }
            case ApplicationErased _ -> {
                erase();
                tell(event, meta, null, true);
            }
        }
        return file(meta.sequence());
    }

    private void start(ApplicationStarted started, Meta meta) {
        ordinal = started.ordinal();
        reference = started.reference();
        form = started.form();
        formVersion = started.formVersion();
        language = started.language();
        startedAt = meta.at();
        keptUntil = started.keptUntil();
        tell(started, meta, null, true);
    }

    private void save(AnswersSaved saved, Meta meta) {
        saved.answers().or(Map.of()).forEach((field, answer) -> {
            answersSeenAt.put(field, meta.sequence());
            if (answer.isEmpty()) {
                answers.remove(field);
                sources.remove(field);
            } else {
                answers.put(field, answer);
                sources.put(field, saved.sources().getOrDefault(field, AnswerSource.TYPED));
            }
        });
        savedAt = meta.at();
        keptUntil = state == ApplicationState.DRAFT ? saved.keptUntil() : null;
    }

    private void adopt(FormVersionAdopted adopted, Meta meta) {
        form = adopted.form();
        formVersion = adopted.formVersion();
        adopted.dropped().forEach(field -> {
            answers.remove(field);
            sources.remove(field);
            deferred.remove(field);
            answersSeenAt.put(field, meta.sequence());
        });
        tell(adopted, meta, null, true);
    }

    private void upload(DocumentUploaded uploaded, Meta meta) {
        documents = documents.after(uploaded, meta);
        deferred.remove(uploaded.field());
        savedAt = meta.at();
        tell(uploaded, meta, uploaded.name().orNull(), true);
    }

    private void submit(ApplicationSubmitted submitted, Meta meta) {
        submission = submitted.submission();
        // From here on the answers are the normalized ones; those that were not asked in the end are gone.
        answers = new LinkedHashMap<>(submission.answers().or(Map.of()));
        sources = new LinkedHashMap<>(submission.sources());
        submissionEvent = meta.eventId();
        submittedAt = meta.at();
        decideBy = submitted.decideBy();
        language = submitted.submission().language();
        keptUntil = null;
        tell(submitted, meta, null, true);
    }

    private void decide(
            ApplicationEvent event, boolean approved, @Nullable String reason, @Nullable String text, Meta meta) {
        String name = meta.author().name();
        decision = new Decision(
                approved,
                reason,
                text,
                meta.at(),
                name == null ? meta.author().actor() : name,
                event instanceof DecisionCorrected);
        closeRequest();
        tell(event, meta, text, true);
    }

    private void close() {
        keptUntil = null;
        closeRequest();
    }

    private void closeRequest() {
        closeRequest(request != null && request.expired());
    }

    private void closeRequest(boolean expired) {
        if (request != null) {
            request = with(request, request.reason(), false, expired);
        }
    }

    /** Leaves what a rebuild would find, now that the key is gone. */
    private void erase() {
        erased = true;
        answers.clear();
        sources.clear();
        answersSeenAt.clear();
        documents = documents.erased();
        if (submission != null) {
            submission = new Submission(
                    submission.form(),
                    submission.formVersion(),
                    submission.formSha256(),
                    submission.programRevision(),
                    submission.rulesVersion(),
                    Personal.erased(),
                    submission.sources(),
                    withoutNames(submission.documents()),
                    submission.trace(),
                    Personal.erased(),
                    submission.owed(),
                    submission.declaration(),
                    submission.language(),
                    submission.sha256());
        }
        if (request != null) {
            request = with(request, null, request.open(), request.expired());
        }
        suspicions = suspicions.withoutReasons();
        given.replaceAll(one -> new InformationGiven(null, withoutNames(one.documents()), one.at()));
        if (decision != null) {
            decision = new Decision(
                    decision.approved(), decision.reason(), null, decision.at(), decision.by(), decision.corrected());
        }
        timeline.replaceAll(entry -> new TimelineEntry(
                entry.event(), entry.at(), entry.by(), entry.name(), null, entry.visible(), entry.sequence()));
    }

    private void tell(ApplicationEvent event, Meta meta, @Nullable String text, boolean visible) {
        timeline.add(new TimelineEntry(
                event.getClass().getAnnotation(EventName.class).value(),
                meta.at(),
                meta.author().role().name(),
                meta.author().name(),
                text,
                visible,
                meta.sequence()));
    }

    private static InformationRequest with(
            InformationRequest request, @Nullable String reason, boolean open, boolean expired) {
        return new InformationRequest(
                request.fields(), request.documents(), reason, request.at(), request.deadline(), open, expired);
    }

    private static List<SentDocument> withoutNames(List<SentDocument> documents) {
        return documents.stream()
                .map(one -> new SentDocument(
                        one.document(), one.field(), Personal.erased(), one.mediaType(), one.bytes(), one.sha256()))
                .toList();
    }

    private static @Nullable String text(Personal<String> personal) {
        String text = personal.orNull();
        return text == null || text.isBlank() ? null : text;
    }

    private ApplicationFile file(long sequence) {
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
                Collections.unmodifiableMap(answers),
                Collections.unmodifiableMap(sources),
                Collections.unmodifiableMap(answersSeenAt),
                documents.all(),
                Collections.unmodifiableMap(deferred),
                submission,
                submissionEvent,
                request,
                Collections.unmodifiableList(given),
                reviewer,
                decision,
                Collections.unmodifiableList(timeline),
                startedAt,
                savedAt,
                keptUntil,
                submittedAt,
                decideBy,
                suspicions.all(),
                erased,
                sequence);
    }
}
