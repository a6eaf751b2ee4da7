package org.selfservice.web.application.staff;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand;
import org.selfservice.kernel.application.ApplicationCommand.AssignReviewer;
import org.selfservice.kernel.application.ApplicationCommand.RejectDocument;
import org.selfservice.kernel.application.ApplicationCommand.ReleaseCase;
import org.selfservice.kernel.application.ApplicationCommand.Remark;
import org.selfservice.kernel.application.ApplicationCommand.VerifyDocument;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
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

/** All that staff need to decide on one case, and what they do with it besides deciding. */
@Controller
@RequestMapping(QueuePage.ADDRESS + "/{id}")
class CasePage {
    private final Portal portal;
    private final CaseDesk desk;
    private final CaseFacts facts;

    CasePage(Portal portal, CaseDesk desk, CaseFacts facts) {
        this.portal = portal;
        this.desk = desk;
        this.facts = facts;
    }

    /** Another application of the same person. */
    record Other(ApplicationSummary application, String program) {}

    @GetMapping
    String show(@PathVariable ApplicationId id, Model model) {
        return show(desk.find(id), new Typed(), model);
    }

    @PostMapping("/assignment")
    String take(@PathVariable ApplicationId id, RedirectAttributes next) {
        return act(new AssignReviewer(id, desk.me()), "taken", next);
    }

    @PostMapping("/release")
    String release(@PathVariable ApplicationId id, RedirectAttributes next) {
        return act(new ReleaseCase(id), "released", next);
    }

    @PostMapping("/documents/{document}/verification")
    String verify(@PathVariable ApplicationId id, @PathVariable DocumentId document, RedirectAttributes next) {
        return act(new VerifyDocument(id, document), "verified", next);
    }

    @PostMapping("/remarks")
    String remark(
            @PathVariable ApplicationId id,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        ApplicationFile file = desk.find(id);
        Typed typed = Typed.of(posted);
        if (typed.word("remark").isEmpty()) {
            typed.wrong("remark", desk.text("cases.remark.missing"));
        } else {
            try {
                // A remark takes nothing back: whatever happened meanwhile, it is added.
                Position position =
                        desk.send(new Remark(id, Personal.of(typed.word("remark")), typed.has("visible", "yes")));
                next.addFlashAttribute("notice", desk.text("cases.done.remarked"));
                return "redirect:" + address(position);
            } catch (Refused no) {
                typed.wrong("remark", desk.why(no));
            }
        }
        response.setStatus(422);
        return show(file, typed, model);
    }

    @GetMapping("/documents/{document}/rejection")
    String askToReject(@PathVariable ApplicationId id, @PathVariable DocumentId document, Model model) {
        ApplicationFile file = desk.find(id);
        Typed typed = new Typed();
        typed.put(Typed.SEEN, file.sequence());
        return rejection(file, document, typed, model);
    }

    @PostMapping("/documents/{document}/rejection")
    String reject(
            @PathVariable ApplicationId id,
            @PathVariable DocumentId document,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        ApplicationFile file = desk.find(id);
        Typed typed = Typed.of(posted);
        if (!typed.has("lang")) {
            if (typed.word("reason").isEmpty()) {
                typed.wrong("reason", desk.text("cases.document.reason.missing"));
            } else if (desk.send(
                    new RejectDocument(id, document, Personal.of(typed.word("reason"))), typed, "reason")) {
                next.addFlashAttribute("notice", desk.text("cases.done.documentRejected"));
                return "redirect:" + QueuePage.ADDRESS + "/" + id;
            }
            response.setStatus(422);
        }
        return rejection(file, document, typed, model);
    }

    private String act(ApplicationCommand command, String done, RedirectAttributes next) {
        try {
            desk.send(command);
            next.addFlashAttribute("notice", desk.text("cases.done." + done));
        } catch (Refused no) {
            if (no.code() == RefusalCode.NOT_FOUND) {
                throw no;
            }
            next.addFlashAttribute("problem", desk.why(no));
        }
        return "redirect:" + QueuePage.ADDRESS + "/" + command.application();
    }

    private static String address(Position position) {
        return QueuePage.ADDRESS + "/" + position.stream();
    }

    private String rejection(ApplicationFile file, DocumentId id, Typed typed, Model model) {
        Document document = file.documents().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refused(RefusalCode.DOCUMENT_UNKNOWN));
        model.addAttribute("file", file);
        model.addAttribute("document", document);
        model.addAttribute("label", CaseFacts.label(desk.form(file), document.field()));
        model.addAttribute("languageForm", Typed.FORM);
        typed.fill(model);
        return "application/staff/document";
    }

    private String show(ApplicationFile file, Typed typed, Model model) {
        ProgramDetails program = desk.program(file);
        FormDefinition form = desk.form(file);
        Dossier dossier = portal.ask(new FindDossier(Objects.requireNonNull(file.registrant())));
        Map<String, ProgramDetails> programs = desk.programs();
        model.addAttribute("file", file);
        model.addAttribute("program", program);
        model.addAttribute("programName", desk.name(program, String.valueOf(file.program())));
        model.addAttribute("form", form);
        model.addAttribute("name", dossier.name());
        model.addAttribute("mine", desk.me().equals(file.reviewer()));
        model.addAttribute("days", desk.days(Objects.requireNonNull(file.submittedAt())));
        model.addAttribute(
                "late",
                file.state().isWithStaff()
                        && file.decideBy() != null
                        && file.decideBy().isBefore(desk.now()));
        model.addAttribute("sections", facts.answers(file, form, program));
        model.addAttribute("changes", facts.changes(file, form, program));
        model.addAttribute("documents", facts.documents(file, form));
        model.addAttribute("owed", facts.owed(file, form));
        model.addAttribute("history", facts.history(file));
        model.addAttribute("others", others(file, dossier, programs));
        model.addAttribute("enrolment", enrolment(file, dossier));
        typed.fill(model);
        return "application/staff/case";
    }

    private List<Other> others(ApplicationFile file, Dossier dossier, Map<String, ProgramDetails> programs) {
        return dossier.applications().stream()
                .filter(one -> !one.id().equals(file.id()) && one.submittedAt() != null)
                .sorted(Comparator.comparing(ApplicationSummary::changedAt).reversed())
                .map(one -> new Other(
                        one,
                        desk.name(
                                programs.get(one.program().value()),
                                one.program().value())))
                .toList();
    }

    private static @Nullable EnrolmentSummary enrolment(ApplicationFile file, Dossier dossier) {
        return dossier.enrolments().stream()
                .filter(one -> file.id().equals(one.application()))
                .findFirst()
                .orElse(null);
    }
}
