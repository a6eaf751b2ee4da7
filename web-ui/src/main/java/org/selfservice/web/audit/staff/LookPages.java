package org.selfservice.web.audit.staff;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindByReference;
import org.selfservice.kernel.application.Reference;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.audit.Looks.Numbered;
import org.selfservice.kernel.audit.Looks.Wanted;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Granted;
import org.selfservice.web.Portal;
import org.selfservice.web.page.Typed;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** Who was shown what is held about whom. */
@Controller
class LookPages {
    private static final String ADDRESS = "/staff/looks";
    private static final List<String> FILTERS = List.of("person", "staff", "program", "from", "until");
    private static final int LINES = 50;

    private final Portal portal;
    private final Looks looks;
    private final MessageSource texts;
    private final ZoneId zone;

    LookPages(Portal portal, Looks looks, MessageSource texts, @Value("${portal.zone:UTC}") ZoneId zone) {
        this.portal = portal;
        this.looks = looks;
        this.texts = texts;
        this.zone = zone;
    }

    @GetMapping(ADDRESS)
    String list(@RequestParam MultiValueMap<String, String> asked, Model model) {
        Typed typed = Typed.of(asked);
        Map<String, ProgramDetails> programs = programs();
        Wanted wanted = wanted(typed, programs);
        List<Numbered> found = typed.isRight() ? looks.find(wanted, before(typed.word("after")), LINES + 1) : List.of();
        List<Numbered> lines = found.stream().limit(LINES).toList();
        model.addAttribute("lines", lines);
        model.addAttribute(
                "next", found.size() > LINES ? address(typed, lines.getLast().number()) : null);
        model.addAttribute("programs", programs);
        typed.fill(model);
        return "audit/staff/looks";
    }

    private Wanted wanted(Typed typed, Map<String, ProgramDetails> programs) {
        String program = typed.word("program");
        LocalDate from = day("from", typed);
        LocalDate until = day("until", typed);
        return new Wanted(
                person(typed),
                typed.word("staff").isEmpty() ? null : typed.word("staff"),
                programs.containsKey(program) ? new ProgramCode(program) : null,
                begin(from),
                until == null ? null : begin(until.plusDays(1)),
                Granted.programs());
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
        typed.wrong("person", text("looks.person.unknown"));
        return null;
    }

    private @Nullable LocalDate day(String name, Typed typed) {
        try {
            return typed.word(name).isEmpty() ? null : LocalDate.parse(typed.word(name));
        } catch (DateTimeException none) {
            typed.wrong(name, text("looks.day.wrong"));
            return null;
        }
    }

    private @Nullable Instant begin(@Nullable LocalDate day) {
        return day == null ? null : day.atStartOfDay(zone).toInstant();
    }

    private static @Nullable Long before(String after) {
        return after.matches("\\d{1,18}") ? Long.valueOf(after) : null;
    }

    /** Of the page after this one. */
    private static String address(Typed typed, long last) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(ADDRESS);
        FILTERS.stream()
                .filter(name -> !typed.word(name).isEmpty())
                .forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.queryParam("after", last)
                .encode()
                .buildAndExpand(FILTERS.stream()
                        .filter(name -> !typed.word(name).isEmpty())
                        .map(typed::word)
                        .toArray())
                .toUriString();
    }

    /** By code. */
    private Map<String, ProgramDetails> programs() {
        Map<String, ProgramDetails> programs = new TreeMap<>();
        portal.ask(new FindPrograms(true))
                .programs()
                .forEach(one -> programs.put(one.code().value(), one));
        return programs;
    }

    private String text(String key) {
        return texts.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
