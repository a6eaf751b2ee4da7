package org.selfservice.web.application.staff;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.RequestInformation;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.page.Language;
import org.selfservice.web.page.Typed;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Asking the person for more: which questions and documents, why, and until when. */
@Controller
@RequestMapping(QueuePage.ADDRESS + "/{id}/information-request")
class RequestPage {
    private static final int USUAL_DAYS = 14;

    private final CaseDesk desk;

    RequestPage(CaseDesk desk) {
        this.desk = desk;
    }

    record Choice(String field, String label) {}

    @GetMapping
    String ask(@PathVariable ApplicationId id, Model model) {
        ApplicationFile file = desk.find(id);
        Typed typed = new Typed();
        typed.put(Typed.SEEN, file.sequence());
        typed.put(
                "deadline",
                LocalDate.ofInstant(desk.now(), zone(desk.program(file)))
                        .plusDays(USUAL_DAYS)
                        .toString());
        return page(file, typed, model);
    }

    @PostMapping
    String request(
            @PathVariable ApplicationId id,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        ApplicationFile file = desk.find(id);
        Typed typed = Typed.of(posted);
        if (typed.has("lang")) {
            return page(file, typed, model);
        }
        Instant deadline = deadline(typed.word("deadline"), zone(desk.program(file)));
        if (typed.seen() != file.sequence()) {
            desk.changed(file, typed);
        } else {
            check(typed, deadline);
        }
        if (typed.isRight() && deadline != null) {
            RequestInformation command = new RequestInformation(
                    id, typed.all("field"), typed.all("document"), Personal.of(typed.word("reason")), deadline);
            if (desk.send(command, typed, "reason")) {
                next.addFlashAttribute("notice", desk.text("cases.done.requested"));
                return "redirect:" + QueuePage.ADDRESS + "/" + id;
            }
        }
        response.setStatus(typed.wrong("changed") != null ? 409 : 422);
        return page(desk.find(id), typed, model);
    }

    private void check(Typed typed, @Nullable Instant deadline) {
        if (typed.all("field").isEmpty() && typed.all("document").isEmpty()) {
            typed.wrong("asked", desk.text("cases.request.nothing"));
        }
        if (typed.word("reason").isEmpty()) {
            typed.wrong("reason", desk.text("cases.request.reason.missing"));
        }
        if (deadline == null || !deadline.isAfter(desk.now())) {
            typed.wrong("deadline", desk.text("cases.request.deadline.wrong"));
        }
    }

    /** The end of the day where the program is. */
    private static @Nullable Instant deadline(String day, ZoneId zone) {
        try {
            return LocalDate.parse(day)
                    .atTime(LocalTime.of(23, 59, 59))
                    .atZone(zone)
                    .toInstant();
        } catch (DateTimeException noDay) {
            return null;
        }
    }

    private static ZoneId zone(ProgramDetails program) {
        return ZoneId.of(program.profile() == null ? "UTC" : program.profile().zone());
    }

    private String page(ApplicationFile file, Typed typed, Model model) {
        model.addAttribute("file", file);
        model.addAttribute("programName", desk.name(desk.program(file), String.valueOf(file.program())));
        model.addAttribute(
                "possible", file.state() == ApplicationState.SUBMITTED || file.state() == ApplicationState.IN_REVIEW);
        model.addAttribute("questions", choices(file, false));
        model.addAttribute("documents", choices(file, true));
        model.addAttribute(
                "theirs",
                Language.of(Locale.forLanguageTag(file.language()))
                        .orElse(Language.ENGLISH)
                        .ownName());
        model.addAttribute("languageForm", Typed.FORM);
        typed.fill(model);
        return "application/staff/request";
    }

    private List<Choice> choices(ApplicationFile file, boolean files) {
        var form = desk.form(file);
        return form.pages().stream()
                .flatMap(page -> page.fields().stream())
                .filter(field -> (field.type() == FieldType.FILE) == files)
                .map(field -> new Choice(field.id(), CaseFacts.label(form, field.id())))
                .toList();
    }
}
