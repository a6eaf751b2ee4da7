package org.selfservice.query.analytics;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Channel;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.analytics.ApplicationFacts;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.DecisionCorrected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentUploaded;
import org.selfservice.kernel.application.ApplicationEvent.FormVersionAdopted;
import org.selfservice.kernel.application.ApplicationEvent.InformationRequested;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.Demographics;

/** The facts of an application while an event changes them. */
final class Tally {
    private final String id;
    private @Nullable ProgramCode program;
    private @Nullable FormCode form;
    private int formVersion;
    private int ordinal;
    private String language;
    private Channel channel;
    private ApplicationState state;
    private @Nullable String region;
    private Set<String> answered;
    private @Nullable Instant startedAt;
    private @Nullable Instant submittedAt;
    private @Nullable Instant decidedAt;
    private @Nullable String reason;
    private boolean corrected;
    private int requests;

    Tally(ApplicationFacts facts) {
        id = facts.id();
        program = facts.program();
        form = facts.form();
        formVersion = facts.formVersion();
        ordinal = facts.ordinal();
        language = facts.language();
        channel = facts.channel();
        state = facts.state();
        region = facts.region();
        answered = new TreeSet<>(facts.answered());
        startedAt = facts.startedAt();
        submittedAt = facts.submittedAt();
        decidedAt = facts.decidedAt();
        reason = facts.rejectedFor();
        corrected = facts.corrected();
        requests = facts.requests();
    }

    ApplicationFacts after(ApplicationEvent event, Meta meta) {
        program = event.program();
        state = state.after(event);
        switch (event) {
            case ApplicationStarted started -> {
                form = started.form();
                formVersion = started.formVersion();
                ordinal = started.ordinal();
                language = started.language();
                channel = meta.author().channel();
                startedAt = meta.at();
            }
            case FormVersionAdopted adopted -> {
                form = adopted.form();
                formVersion = adopted.formVersion();
            }
            case AnswersSaved saved ->
                answered.addAll(saved.answers().or(Map.of()).keySet());
            case DocumentUploaded uploaded -> answered.add(uploaded.field());
            case ApplicationSubmitted sent -> {
                submittedAt = submittedAt == null ? meta.at() : submittedAt;
                language = sent.submission().language();
                region = region(sent.submission());
            }
            case InformationRequested _ -> requests++;
            case ApplicationApproved _ -> decide(null, meta);
            case ApplicationRejected rejected -> decide(rejected.reason(), meta);
            case DecisionCorrected correction -> {
                corrected = true;
                decide(correction.approved() ? null : correction.reason(), meta);
            }
            // what a rebuild would find, now that the key is gone
            case ApplicationErased _ -> {
                region = null;
                answered.clear();
            }
            default -> {
                // only its state changed, or nothing that is counted
            }
        }
        return facts();
    }

    private void decide(@Nullable String why, Meta meta) {
        reason = why;
        decidedAt = meta.at();
    }

    /** Of the address that came with the login, else of the first one that was typed. */
    private static @Nullable String region(Submission sent) {
        Stream<Answer> known = Stream.ofNullable(sent.shared().or(Map.of()).get(Demographics.ADDRESS));
        return Stream.concat(known, sent.answers().or(Map.of()).values().stream())
                .filter(Answer.Parts.class::isInstance)
                .map(address -> ((Answer.Parts) address).part("region").strip())
                .filter(region -> !region.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private ApplicationFacts facts() {
        return new ApplicationFacts(
                id,
                program,
                form,
                formVersion,
                ordinal,
                language,
                channel,
                state,
                region,
                new LinkedHashSet<>(answered),
                startedAt,
                submittedAt,
                decidedAt,
                reason,
                corrected,
                requests);
    }
}
