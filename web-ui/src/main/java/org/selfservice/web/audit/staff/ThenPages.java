package org.selfservice.web.audit.staff;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.audit.AuditQuery.FindThen;
import org.selfservice.kernel.audit.AuditQuery.Then;
import org.selfservice.kernel.audit.Moment;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Portal;
import org.selfservice.web.audit.Moments;
import org.selfservice.web.audit.PastEvents;
import org.selfservice.web.page.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How an application, what is held about a person, or a program was at some time, and what is other since. */
@Controller
class ThenPages {
    private final Portal portal;
    private final PastEvents events;
    private final Moments moments;
    private final Filters filters;

    ThenPages(Portal portal, PastEvents events, Moments moments, Filters filters) {
        this.portal = portal;
        this.events = events;
        this.moments = moments;
        this.filters = filters;
    }

    @GetMapping(HistoryPages.ADDRESS + "/then")
    String then(@RequestParam MultiValueMap<String, String> asked, Model model) {
        Typed typed = Typed.of(asked);
        Map<String, ProgramDetails> programs = filters.programs();
        Then then = null;
        if (typed.has("then")) {
            String subject = subject(typed, filters.program(typed, programs));
            Moment at = moment("then", typed);
            Moment later = typed.word("later").isEmpty() ? null : moment("later", typed);
            if (subject != null && at != null && typed.isRight()) {
                then = then(new FindThen(subject, at, later), typed);
            }
        }
        model.addAttribute("found", then);
        model.addAttribute("programs", programs);
        typed.fill(model);
        return "audit/staff/then";
    }

    private @Nullable Then then(FindThen query, Typed typed) {
        try {
            return portal.ask(query);
        } catch (Refused no) {
            if (no.code() != RefusalCode.NOT_FOUND) {
                throw no;
            }
            typed.wrong("of", filters.text("history.then.unknown"));
            return null;
        }
    }

    private @Nullable String subject(Typed typed, @Nullable ProgramCode program) {
        if (typed.word("of").isEmpty() && program != null) {
            return program.stream();
        }
        try {
            String stream = events.stream(typed.word("of"));
            if (!stream.startsWith("e-")) {
                return stream;
            }
        } catch (Refused unknown) {
            // said below
        }
        typed.wrong("of", filters.text("history.then.unknown"));
        return null;
    }

    private @Nullable Moment moment(String name, Typed typed) {
        try {
            return moments.read(name, typed.word(name));
        } catch (Refused wrong) {
            typed.wrong(name, filters.text("history.moment.wrong"));
            return null;
        }
    }
}
