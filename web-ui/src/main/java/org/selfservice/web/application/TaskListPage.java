package org.selfservice.web.application;

import java.util.List;
import java.util.stream.Stream;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.application.ApplicationCommand.AdoptFormVersion;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails.MappedForm;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.Proofs;
import org.selfservice.web.SignedIn;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What there is to do before sending, in any order. */
@Controller
class TaskListPage {
    private final Portal portal;
    private final Drafts drafts;
    private final MessageSource texts;
    private final Proofs proofs;

    TaskListPage(Portal portal, Drafts drafts, MessageSource texts, Proofs proofs) {
        this.portal = portal;
        this.drafts = drafts;
        this.texts = texts;
        this.proofs = proofs;
    }

    @GetMapping("/applications/{application}/tasks")
    String show(SignedIn who, @PathVariable ApplicationId application, Model model) {
        Draft draft = drafts.find(who, application);
        if (!draft.isOpen()) {
            return "redirect:/applications/" + application;
        }
        if (Prefill.isDue(draft, portal.ask(new FindDossier(who.registrant())))) {
            return "redirect:/applications/" + application + "/details";
        }
        List<Task> questions = Task.questions(draft);
        List<Task> documents = Task.documents(draft);
        model.addAttribute("file", draft.file());
        model.addAttribute("program", draft.program());
        model.addAttribute("zone", draft.profile().zone());
        model.addAttribute("questions", questions);
        model.addAttribute("documents", documents);
        List<Task> needed = Stream.concat(questions.stream(), documents.stream())
                .filter(task -> task.state() != Task.State.OPTIONAL)
                .toList();
        model.addAttribute("done", needed.stream().filter(Task::isDone).count());
        model.addAttribute("all", needed.size());
        model.addAttribute("newForm", newForm(draft));
        model.addAttribute("closed", !draft.isTaken());
        Assurance assurance = draft.program().stepUp().assurance();
        model.addAttribute("ids", proofs.ids(assurance, LocaleContextHolder.getLocale()));
        model.addAttribute("able", proofs.isAble(who, assurance));
        return "application/tasks";
    }

    /** Answers to questions that the new version does not have are dropped; the page says so before. */
    @PostMapping("/applications/{application}/form")
    String adopt(SignedIn who, @PathVariable ApplicationId application, RedirectAttributes after) {
        Draft draft = drafts.find(who, application);
        drafts.find(who, portal.send(new AdoptFormVersion(draft.id(), who.registrant())));
        after.addFlashAttribute(
                "notice", texts.getMessage("tasks.form-adopted", null, LocaleContextHolder.getLocale()));
        return "redirect:/applications/" + application + "/tasks";
    }

    /** The session lasts from here on: asked for by whoever is still typing. */
    @GetMapping("/applications/{application}/stay")
    ResponseEntity<Void> stay(SignedIn who, @PathVariable ApplicationId application) {
        drafts.find(who, application);
        return ResponseEntity.noContent().build();
    }

    /** {@code must}, {@code may} or nothing: what the program asks of drafts that were begun with another form version. */
    static String newForm(Draft draft) {
        MappedForm mapped = draft.program().form();
        if (mapped == null
                || mapped.form().equals(draft.file().form())
                        && mapped.version() == draft.file().formVersion()) {
            return "";
        }
        return mapped.openDrafts() == OpenDrafts.MUST_ADOPT ? "must" : "may";
    }
}
