package org.selfservice.web.audit.staff;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindByReference;
import org.selfservice.kernel.application.Reference;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.audit.Looks.Numbered;
import org.selfservice.kernel.audit.Looks.Wanted;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Granted;
import org.selfservice.web.Portal;
import org.selfservice.web.page.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who was shown what is held about whom. */
@Controller
class LookPages {
    private static final String ADDRESS = "/staff/looks";
    private static final List<String> FILTERS = List.of("person", "staff", "program", "from", "until");
    private static final int LINES = 50;

    private final Portal portal;
    private final Looks looks;
    private final Filters filters;

    LookPages(Portal portal, Looks looks, Filters filters) {
        this.portal = portal;
        this.looks = looks;
        this.filters = filters;
    }

    @GetMapping(ADDRESS)
    String list(@RequestParam MultiValueMap<String, String> asked, Model model) {
        Typed typed = Typed.of(asked);
        Map<String, ProgramDetails> programs = filters.programs();
        Wanted wanted = new Wanted(
                person(typed),
                Filters.word(typed, "staff"),
                filters.program(typed, programs),
                filters.from(typed),
                filters.until(typed),
                Granted.programs());
        List<Numbered> found =
                typed.isRight() ? looks.find(wanted, Filters.number(typed, "after"), LINES + 1) : List.of();
        List<Numbered> lines = found.stream().limit(LINES).toList();
        model.addAttribute("lines", lines);
        model.addAttribute(
                "next",
                found.size() > LINES
                        ? Filters.next(ADDRESS, FILTERS, typed, lines.getLast().number())
                        : null);
        model.addAttribute("programs", programs);
        typed.fill(model);
        return "audit/staff/looks";
    }

    /** By an id, or by the reference of one of their applications. */
    private @Nullable RegistrantId person(Typed typed) {
        String person = typed.word("person");
        if (person.isEmpty()) {
            return null;
        }
        try {
            if (person.startsWith("r-")) {
                return new RegistrantId(person);
            }
            ApplicationFile file =
                    portal.ask(new FindByReference(Reference.parse(person).value()));
            if (file.registrant() != null && file.submittedAt() != null) {
                return file.registrant();
            }
        } catch (Refused unknown) {
            // said below
        }
        typed.wrong("person", filters.text("looks.person.unknown"));
        return null;
    }
}
