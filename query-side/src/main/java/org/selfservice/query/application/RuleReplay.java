package org.selfservice.query.application;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.application.Submission.Outcome;
import org.selfservice.kernel.application.Submission.RuleOutcome;
import org.selfservice.kernel.program.ProgramQuery.ReplayRules;
import org.selfservice.kernel.program.ProgramQuery.Replayed;
import org.selfservice.kernel.program.ProgramQuery.Replayed.Change;
import org.selfservice.kernel.program.Replay;
import org.selfservice.query.Cursor;
import org.selfservice.query.Live;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

/** Rules on the applications of the past: what was sent is read in portions and judged twice, and nothing of it is kept. */
@Component
final class RuleReplay {
    private static final int PORTION = 250;
    private static final String STARTED_AT = "startedAt";

    private static final List<String> SENT = List.of(
            ApplicationState.SUBMITTED.name(),
            ApplicationState.IN_REVIEW.name(),
            ApplicationState.INFORMATION_REQUESTED.name(),
            ApplicationState.APPROVED.name(),
            ApplicationState.REJECTED.name(),
            ApplicationState.WITHDRAWN.name());

    private final Live<ApplicationFile> applications;

    RuleReplay(ApplicationView view, ViewStore store) {
        this.applications = store.live(view);
    }

    @QueryHandler
    Replayed replay(ReplayRules query) {
        Tally tally = new Tally(query);
        String after = null;
        while (true) {
            Document filter =
                    new Document("program", query.program().value()).append("state", new Document("$in", SENT));
            Cursor.parse(after).onward(filter, STARTED_AT);
            List<ApplicationFile> portion = applications.list(filter, Cursor.sort(STARTED_AT), PORTION);
            for (ApplicationFile file : portion) {
                if (tally.isFull()) {
                    return tally.answer(true);
                }
                tally.add(file);
            }
            if (portion.size() < PORTION) {
                return tally.answer(false);
            }
            ApplicationFile last = portion.getLast();
            after = new Cursor(Date.from(last.startedAt()), last.id().value()).toString();
        }
    }

    private static final class Tally {
        private final ReplayRules query;
        private final Map<String, Integer> byRule = new TreeMap<>();
        private final Map<String, Integer> unknown = new TreeMap<>();
        private final List<Change> changes = new ArrayList<>();
        private int looked;
        private int erased;
        private int same;
        private int loses;
        private int gains;
        private int doubts;

        Tally(ReplayRules query) {
            this.query = query;
        }

        boolean isFull() {
            return looked + erased == ReplayRules.MOST;
        }

        void add(ApplicationFile file) {
            Submission sent = file.submission();
            Instant sentAt = file.submittedAt();
            if (sentAt == null) {
                return;
            }
            if (file.erased() || sent == null || sent.answers().isErased()) {
                erased++;
                return;
            }
            looked++;
            count(
                    file,
                    Replay.of(
                            query.before(),
                            query.after(),
                            sent.answers().or(Map.of()),
                            sent.shared().or(Map.of()),
                            LocalDate.ofInstant(sentAt, ZoneId.of(query.zone())),
                            known(sent)));
        }

        private void count(ApplicationFile file, Replay replay) {
            replay.unknown().forEach(rule -> unknown.merge(rule, 1, Integer::sum));
            if (replay.loses()) {
                loses++;
            } else if (replay.gains()) {
                gains++;
            } else if (replay.before() == replay.after()) {
                same++;
                return;
            } else {
                doubts++;
                return;
            }
            replay.because().forEach(rule -> byRule.merge(rule, 1, Integer::sum));
            if (changes.size() < Replayed.MOST_CHANGES) {
                changes.add(new Change(file.id(), file.reference(), file.state(), replay.gains(), replay.because()));
            }
        }

        /** What the rules said then, when they were those of now. */
        private Map<String, Outcome> known(Submission sent) {
            return sent.rulesVersion() != query.version()
                    ? Map.of()
                    : sent.trace().stream().collect(Collectors.toMap(RuleOutcome::rule, RuleOutcome::outcome));
        }

        Replayed answer(boolean older) {
            return new Replayed(looked, older, erased, same, loses, gains, doubts, byRule, unknown, changes);
        }
    }
}
