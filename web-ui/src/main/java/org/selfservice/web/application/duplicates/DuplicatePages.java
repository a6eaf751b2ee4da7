package org.selfservice.web.application.duplicates;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ResolveSuspicion;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationQuery.FindSuspicions;
import org.selfservice.kernel.application.ApplicationQuery.Suspicion;
import org.selfservice.kernel.application.ApplicationQuery.Suspicions;
import org.selfservice.kernel.application.Verdict;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Portal;
import org.selfservice.web.Refusals;
import org.selfservice.web.application.duplicates.Comparison.Line;
import org.selfservice.web.application.duplicates.Comparison.Side;
import org.selfservice.web.page.PageError;
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

/** Cases that cannot be approved because they may be another person's, and finding out. */
@Controller
@RequestMapping("/staff/duplicates")
class DuplicatePages {
    private static final int CASES = 20;

    private final Portal portal;
    private final Comparison comparison;
    private final Refusals refusals;
    private final MessageSource texts;

    DuplicatePages(Portal portal, Comparison comparison, Refusals refusals, MessageSource texts) {
        this.portal = portal;
        this.comparison = comparison;
        this.refusals = refusals;
        this.texts = texts;
    }

    @GetMapping
    String list(@RequestParam(required = false) @Nullable String after, Model model) {
        Suspicions page = portal.ask(new FindSuspicions(after, CASES));
        Map<String, ProgramDetails> programs = new TreeMap<>();
        portal.ask(new FindPrograms(true))
                .programs()
                .forEach(one -> programs.put(one.code().value(), one));
        model.addAttribute("lines", page.lines());
        model.addAttribute("next", page.next());
        model.addAttribute("first", after == null);
        model.addAttribute("programs", programs);
        return "application/duplicates/list";
    }

    @GetMapping("/{id}/{other}")
    String compare(@PathVariable ApplicationId id, @PathVariable ApplicationId other, Model model) {
        ApplicationFile file = portal.ask(new FindApplication(id));
        Suspicion suspicion = suspicion(file, other);
        return compare(file, suspicion, null, "", model);
    }

    @PostMapping("/{id}/{other}")
    String resolve(
            @PathVariable ApplicationId id,
            @PathVariable ApplicationId other,
            @RequestParam(defaultValue = "") String verdict,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        ApplicationFile file = portal.ask(new FindApplication(id));
        Suspicion suspicion = suspicion(file, other);
        Verdict found = verdict(verdict);
        List<PageError> errors = new ArrayList<>();
        if (found == null) {
            errors.add(new PageError("#verdict", text("duplicates.verdict.missing")));
        }
        if (reason.isBlank()) {
            errors.add(new PageError("#reason", text("duplicates.reason.missing")));
        }
        if (found != null && errors.isEmpty()) {
            try {
                Position position = portal.send(new ResolveSuspicion(id, other, found, Personal.of(reason.strip())));
                portal.ask(new FindApplication(id), seen -> seen.sequence() >= position.sequence());
                next.addFlashAttribute("notice", text("duplicates.done." + found, file.reference()));
                return "redirect:/staff/duplicates";
            } catch (Refused no) {
                errors.add(new PageError("#reason", refusals.text(no.refusal())));
            }
        }
        response.setStatus(422);
        model.addAttribute("errors", errors);
        return compare(file, suspicion, found, reason, model);
    }

    private String compare(
            ApplicationFile file, Suspicion suspicion, @Nullable Verdict found, String reason, Model model) {
        Side one = comparison.side(file);
        Side other = comparison.side(portal.ask(new FindApplication(suspicion.other())));
        model.addAttribute("one", one);
        model.addAttribute("other", other);
        model.addAttribute("suspicion", suspicion);
        Map<Boolean, List<Line>> lines =
                comparison.lines(one, other).stream().collect(Collectors.partitioningBy(Line::equal));
        model.addAttribute("different", lines.get(false));
        model.addAttribute("same", lines.get(true));
        model.addAttribute("documents", List.of(comparison.documents(one, other), comparison.documents(other, one)));
        model.addAttribute("verdict", found == null ? "" : found.name());
        model.addAttribute("reason", reason);
        return "application/duplicates/compare";
    }

    private static Suspicion suspicion(ApplicationFile file, ApplicationId other) {
        return file.suspicions().stream()
                .filter(one -> one.other().equals(other))
                .findFirst()
                .orElseThrow(() -> new Refused(RefusalCode.SUSPICION_UNKNOWN));
    }

    private static @Nullable Verdict verdict(String name) {
        try {
            return Verdict.valueOf(name);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private String text(String key, Object... gaps) {
        return texts.getMessage(key, gaps, LocaleContextHolder.getLocale());
    }
}
