package org.selfservice.web.application.staff;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.CorrectDecision;
import org.selfservice.kernel.application.ApplicationCommand.RejectApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Suspicion;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
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

/** Approving, rejecting and correcting: what the person will read is shown, in their language, before it is done. */
@Controller
@RequestMapping(QueuePage.ADDRESS + "/{id}/{step:approval|rejection|correction}")
class DecisionPages {
    private final CaseDesk desk;

    DecisionPages(CaseDesk desk) {
        this.desk = desk;
    }

    /** What the person will read, in their language. */
    record Preview(
            Language language, String status, @Nullable String reason, String explanation) {}

    @GetMapping
    String ask(@PathVariable ApplicationId id, @PathVariable String step, Model model) {
        ApplicationFile file = desk.find(id);
        Typed typed = new Typed();
        typed.put(Typed.SEEN, file.sequence());
        return page(step, file, typed, false, model);
    }

    @PostMapping
    String decide(
            @PathVariable ApplicationId id,
            @PathVariable String step,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        ApplicationFile file = desk.find(id);
        Typed typed = Typed.of(posted);
        if (typed.has("lang") || typed.has("change")) {
            return page(step, file, typed, false, model);
        }
        boolean approves = approves(step, file);
        if (typed.seen() != file.sequence()) {
            desk.changed(file, typed);
        } else {
            check(step, file, approves, typed);
        }
        if (typed.isRight() && !typed.has("confirm")) {
            return page(step, file, typed, true, model);
        }
        if (typed.isRight() && desk.send(command(step, id, approves, typed), typed, "explanation")) {
            next.addFlashAttribute("notice", desk.text("cases.done." + step, file.reference()));
            return "redirect:" + QueuePage.ADDRESS + "/" + id;
        }
        response.setStatus(typed.wrong("changed") != null ? 409 : 422);
        return page(step, desk.find(id), typed, false, model);
    }

    private void check(String step, ApplicationFile file, boolean approves, Typed typed) {
        if (!approves && typed.word("reason").isEmpty()) {
            typed.wrong("reason", desk.text("cases.reason.missing"));
        }
        if (step.equals("correction") && typed.word("explanation").isEmpty()) {
            typed.wrong("explanation", desk.text("cases.correction.missing"));
        }
        if (approves && isSuspected(file) && typed.word("override").isEmpty()) {
            typed.wrong("override", desk.text("cases.override.missing"));
        }
    }

    private static ApplicationCommand command(String step, ApplicationId id, boolean approves, Typed typed) {
        Personal<String> explanation = Personal.of(typed.word("explanation"));
        Personal<String> override = typed.word("override").isEmpty() ? null : Personal.of(typed.word("override"));
        return switch (step) {
            case "approval" -> new ApproveApplication(id, explanation, override);
            case "rejection" -> new RejectApplication(id, typed.word("reason"), explanation);
            default -> new CorrectDecision(id, approves, approves ? null : typed.word("reason"), explanation, override);
        };
    }

    /** A correction turns a decision into the other one. */
    private static boolean approves(String step, ApplicationFile file) {
        return step.equals("approval") || step.equals("correction") && file.state() == ApplicationState.REJECTED;
    }

    private static boolean isSuspected(ApplicationFile file) {
        return file.suspicions().stream().anyMatch(Suspicion::stands);
    }

    private String page(String step, ApplicationFile file, Typed typed, boolean previewed, Model model) {
        ProgramDetails program = desk.program(file);
        boolean approves = approves(step, file);
        boolean isDecided = file.state() == ApplicationState.APPROVED || file.state() == ApplicationState.REJECTED;
        model.addAttribute("step", step);
        model.addAttribute("file", file);
        model.addAttribute("programName", desk.name(program, String.valueOf(file.program())));
        model.addAttribute("approves", approves);
        model.addAttribute(
                "possible", step.equals("correction") ? isDecided : file.state().isWithStaff());
        model.addAttribute("suspected", approves && isSuspected(file));
        model.addAttribute("reasons", program.rejectionReasons());
        model.addAttribute("preview", previewed ? preview(file, program, approves, typed) : null);
        model.addAttribute("languageForm", Typed.FORM);
        typed.fill(model);
        return "application/staff/decision";
    }

    private Preview preview(ApplicationFile file, ProgramDetails program, boolean approves, Typed typed) {
        Locale locale = Locale.forLanguageTag(file.language());
        Language language = Language.of(locale).orElse(Language.ENGLISH);
        String reason = program.rejectionReasons().stream()
                .filter(one -> !approves && one.code().equals(typed.word("reason")))
                .map(RejectionReason::text)
                .map(text -> text.in(locale))
                .findFirst()
                .orElse(null);
        return new Preview(
                language,
                desk.textIn(language.locale(), "follow.status." + (approves ? "APPROVED" : "REJECTED")),
                reason,
                typed.word("explanation"));
    }
}
