package org.selfservice.web.enrolment.staff;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentLine;
import org.selfservice.kernel.enrolment.EnrolmentQuery.Enrolments;
import org.selfservice.kernel.enrolment.EnrolmentQuery.FindEnrolments;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.Refusals;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who is in which program, and entering somebody. */
@Controller
@RequestMapping("/staff/enrolments")
class EnrolmentPages {
    private static final int LINES = 20;

    private final Portal portal;
    private final Memberships memberships;
    private final Refusals refusals;
    private final MessageSource texts;

    EnrolmentPages(Portal portal, Memberships memberships, Refusals refusals, MessageSource texts) {
        this.portal = portal;
        this.memberships = memberships;
        this.refusals = refusals;
        this.texts = texts;
    }

    /** @param name null when the person gave none or was erased */
    record Line(EnrolmentLine enrolment, @Nullable String name) {}

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") String program,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        return list(program, state, after, new Entry(Map.of()), model);
    }

    @PostMapping
    String enrol(
            @RequestParam Map<String, String> typed,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Entry entry = new Entry(typed);
        try {
            Position position = memberships.enrol(entry.text("reference"));
            next.addFlashAttribute("notice", text("enrolments.done.enrolled"));
            return "redirect:/staff/enrolments/" + position.stream();
        } catch (Refused no) {
            boolean isUnknown = no.code() == RefusalCode.NOT_FOUND || no.code() == RefusalCode.INVALID;
            entry.mind(
                    "reference",
                    no.code() == RefusalCode.APPLICATION_STATE
                            ? text("enrolments.wrong.notApproved")
                            : isUnknown ? text("enrolments.wrong.application") : refusals.text(no.refusal()));
            response.setStatus(422);
            return list("", "", null, entry, model);
        }
    }

    @GetMapping("/{id}")
    String show(@PathVariable EnrolmentId id, Model model) {
        return show(memberships.find(id), new Entry(Map.of()), model);
    }

    static String show(Memberships.Membership membership, Entry entry, Model model) {
        model.addAttribute("membership", membership);
        model.addAttribute("enrolment", membership.enrolment());
        model.addAttribute("currency", membership.currency());
        fill(entry, model);
        return "enrolment/staff/enrolment";
    }

    private String list(String program, String state, @Nullable String after, Entry entry, Model model) {
        Map<String, ProgramDetails> programs = new TreeMap<>();
        portal.ask(new FindPrograms(true))
                .programs()
                .forEach(one -> programs.put(one.code().value(), one));
        Enrolments page = portal.ask(new FindEnrolments(
                programs.containsKey(program) ? new ProgramCode(program) : null, state(state), after, LINES));
        model.addAttribute("lines", page.lines().stream().map(this::line).toList());
        model.addAttribute("next", page.next());
        model.addAttribute("programs", programs);
        model.addAttribute("program", program);
        model.addAttribute("state", state);
        model.addAttribute("choices", List.of(EnrolmentState.values()));
        fill(entry, model);
        return "enrolment/staff/list";
    }

    static void fill(Entry entry, Model model) {
        model.addAttribute("typed", entry.typed());
        model.addAttribute("wrong", entry.wrong());
        model.addAttribute("errors", entry.errors());
    }

    private Line line(EnrolmentLine line) {
        return new Line(
                line,
                line.registrant() == null
                        ? null
                        : portal.ask(new FindDossier(line.registrant())).name());
    }

    private static @Nullable EnrolmentState state(String name) {
        return Arrays.stream(EnrolmentState.values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private String text(String key) {
        return texts.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
