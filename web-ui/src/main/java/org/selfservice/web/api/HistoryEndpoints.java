package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.audit.AuditQuery.Change;
import org.selfservice.kernel.audit.AuditQuery.Changed;
import org.selfservice.kernel.audit.AuditQuery.FindThen;
import org.selfservice.kernel.audit.AuditQuery.Then;
import org.selfservice.kernel.audit.History.Line;
import org.selfservice.kernel.audit.History.Wanted;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Granted;
import org.selfservice.web.Portal;
import org.selfservice.web.audit.Moments;
import org.selfservice.web.audit.PastEvents;
import org.selfservice.web.audit.PastEvents.Found;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/history")
@Tag(name = "Audit")
class HistoryEndpoints {
    private static final int MOST = 100;

    private final PastEvents events;
    private final Moments moments;
    private final Portal portal;
    private final KnownPrograms programs;

    HistoryEndpoints(PastEvents events, Moments moments, Portal portal, KnownPrograms programs) {
        this.events = events;
        this.moments = moments;
        this.portal = portal;
        this.programs = programs;
    }

    /** @param next what to name as {@code after} for the next page; null when there is none */
    record HistoryPage(List<PastEvent> events, @Nullable String next) {}

    /**
     * @param number among all events
     * @param sequence in its stream, from 0
     * @param event what kind it is
     * @param unsent whether it is of an application that was never sent, so that what it changed is not told
     * @param changes null unless one person, one stream or one event was asked for, or it is about nobody
     */
    record PastEvent(
            long number,
            String stream,
            long sequence,
            String event,
            Instant at,
            Author author,
            @Nullable RegistrantId registrant,
            @Nullable ProgramCode program,
            boolean unsent,
            @Nullable List<Change> changes) {

        static PastEvent of(Line line, @Nullable Changed changed) {
            return new PastEvent(
                    line.number(),
                    line.place().stream(),
                    line.place().sequence(),
                    line.event(),
                    line.at(),
                    line.author(),
                    line.registrant(),
                    line.program(),
                    changed != null && changed.unsent(),
                    changed == null ? null : changed.changes());
        }
    }

    /**
     * @param of reference or id of an application, id of an enrolment or of a registrant (and of all that is about them)
     * @param actor login name, client id, or a registrant's id
     * @param event what kind, such as {@code application.submitted}
     * @param number of one event
     * @param until exclusive
     * @param after the last page's {@code next}
     */
    @Operation(operationId = "findEvents", summary = "A page of what happened, newest first")
    @GetMapping
    HistoryPage some(
            @RequestParam(required = false) @Nullable String of,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String event,
            @RequestParam(required = false) @Nullable ProgramCode program,
            @RequestParam(required = false) @Nullable Long number,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "limit"));
        }
        programs.refuseIfUnknown(program);
        String stream = of == null ? null : events.stream(of);
        boolean person = stream != null && stream.startsWith("r-");
        Wanted wanted = new Wanted(
                number,
                person ? null : stream,
                person ? new RegistrantId(stream) : null,
                actor,
                event,
                program,
                from,
                until,
                Granted.programs());
        Found found = events.find(wanted, after, limit);
        return new HistoryPage(
                found.lines().stream()
                        .map(line -> PastEvent.of(line, found.changes().get(line.place())))
                        .toList(),
                found.next() == null ? null : found.next().toString());
    }

    /**
     * @param of reference or id of an application, or id of a registrant; left out for a program
     * @param at a time, a day (its end), or the number of an event
     * @param until what to compare with: a time, a day, or the number of an event
     */
    @Operation(
            operationId = "findThen",
            summary = "An application, what is held about a person, or a program as it was, and what became other")
    @GetMapping("/then")
    Then then(
            @RequestParam(required = false) @Nullable String of,
            @RequestParam(required = false) @Nullable ProgramCode program,
            @RequestParam String at,
            @RequestParam(required = false) @Nullable String until) {
        return portal.ask(new FindThen(
                subject(of, program), moments.read("at", at), until == null ? null : moments.read("until", until)));
    }

    private String subject(@Nullable String of, @Nullable ProgramCode program) {
        if (of != null) {
            return events.stream(of);
        }
        if (program == null) {
            throw new Refused(RefusalCode.INVALID, Map.of("field", "of"));
        }
        programs.refuseIfUnknown(program);
        return program.stream();
    }
}
