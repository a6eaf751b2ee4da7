package org.selfservice.web.audit.staff;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.EventName;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.audit.History.Wanted;
import org.selfservice.kernel.enrolment.EnrolmentEvent;
import org.selfservice.kernel.form.FormEvent;
import org.selfservice.kernel.program.ProgramEvent;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Granted;
import org.selfservice.web.audit.PastEvents;
import org.selfservice.web.audit.PastEvents.Found;
import org.selfservice.web.page.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Everything that happened, by whom and about whom. */
@Controller
class HistoryPages {
    static final String ADDRESS = "/staff/history";
    private static final List<String> FILTERS = List.of("of", "actor", "event", "program", "from", "until");
    private static final int LINES = 50;

    private static final List<String> EVENTS = Stream.of(
                    ApplicationEvent.class,
                    RegistrantEvent.class,
                    EnrolmentEvent.class,
                    ProgramEvent.class,
                    FormEvent.class)
            .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
            .map(event -> event.getAnnotation(EventName.class).value())
            .toList();

    private final PastEvents events;
    private final Filters filters;
    private final WhatText what;

    HistoryPages(PastEvents events, Filters filters, WhatText what) {
        this.events = events;
        this.filters = filters;
        this.what = what;
    }

    @GetMapping(ADDRESS)
    String list(@RequestParam MultiValueMap<String, String> asked, Model model) {
        Typed typed = Typed.of(asked);
        Map<String, ProgramDetails> programs = filters.programs();
        String stream = stream(typed);
        boolean person = stream != null && stream.startsWith("r-");
        Wanted wanted = new Wanted(
                Filters.number(typed, "number"),
                person ? null : stream,
                person ? new RegistrantId(Objects.requireNonNull(stream)) : null,
                Filters.word(typed, "actor"),
                Filters.word(typed, "event"),
                filters.program(typed, programs),
                filters.from(typed),
                filters.until(typed),
                Granted.programs());
        Found found = typed.isRight()
                ? events.find(wanted, Filters.number(typed, "after"), LINES)
                : new Found(List.of(), Map.of(), null);
        model.addAttribute("found", found);
        model.addAttribute("words", what.in(found.changes().values()));
        model.addAttribute("next", found.next() == null ? null : Filters.next(ADDRESS, FILTERS, typed, found.next()));
        model.addAttribute("programs", programs);
        model.addAttribute("kinds", EVENTS);
        model.addAttribute("stream", stream);
        typed.fill(model);
        return "audit/staff/history";
    }

    private @Nullable String stream(Typed typed) {
        if (typed.word("of").isEmpty()) {
            return null;
        }
        try {
            return events.stream(typed.word("of"));
        } catch (Refused unknown) {
            typed.wrong("of", filters.text("history.of.unknown"));
            return null;
        }
    }
}
