package org.selfservice.web.application;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.form.AnswerForm;
import org.selfservice.web.form.AnswerText;
import org.selfservice.web.form.Questions;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the portal knows already, to be looked over before it becomes answers. */
@Controller
@RequestMapping("/applications/{application}/details")
class DetailsPage {
    private final Portal portal;
    private final Drafts drafts;
    private final Saving saving;
    private final Exits exits;
    private final AnswerText words;
    private final Sources sources;

    DetailsPage(Portal portal, Drafts drafts, Saving saving, Exits exits, AnswerText words, Sources sources) {
        this.portal = portal;
        this.drafts = drafts;
        this.saving = saving;
        this.exits = exits;
        this.words = words;
        this.sources = sources;
    }

    /** @param own whether the person has answered it differently; the answer is then theirs and {@code said} the known one */
    record Line(
            String field,
            String page,
            String label,
            List<String> values,
            String source,
            boolean verified,
            boolean old,
            boolean own,
            List<String> said) {
        public String text() {
            return String.join("\n", values);
        }
    }

    @GetMapping
    String show(SignedIn who, @PathVariable ApplicationId application, Model model, Locale locale) {
        Draft draft = drafts.find(who, application);
        if (!draft.isOpen()) {
            return exits.application(draft);
        }
        Dossier dossier = portal.ask(new FindDossier(who.registrant()));
        List<Line> lines = Prefill.of(draft, dossier).stream()
                .map(known -> line(known, draft, locale))
                .toList();
        if (lines.isEmpty()) {
            return exits.tasks(draft);
        }
        model.addAttribute("file", draft.file());
        model.addAttribute("program", draft.program());
        model.addAttribute("lines", lines);
        model.addAttribute("basis", draft.file().sequence());
        model.addAttribute("savingForm", "details");
        return "application/details";
    }

    /** What was answered already stays: the page fills in what is still empty. */
    @PostMapping
    Object save(
            SignedIn who,
            @PathVariable ApplicationId application,
            @RequestParam MultiValueMap<String, String> posted,
            RedirectAttributes after) {
        Draft draft = drafts.find(who, application);
        if (!draft.isOpen()) {
            return exits.application(draft);
        }
        QuestionPage.refuseUnknown(AnswerForm.unknown(List.of(), "", posted));
        Map<String, Answer> answers = new LinkedHashMap<>();
        Map<String, AnswerSource> known = new LinkedHashMap<>();
        for (Prefill.Known one : Prefill.of(draft, portal.ask(new FindDossier(who.registrant())))) {
            String id = one.field().id();
            Answer answered = draft.answers().get(id);
            if (answered == null || answered.isEmpty()) {
                answers.put(id, one.answer());
                known.put(id, one.source());
            }
        }
        Exit exit = Exit.of(posted);
        return switch (saving.save(who, draft, QuestionPage.basis(posted), answers, known)) {
            case Saving.Saved saved -> {
                ApplicationFile file = exits.await(who, saved);
                yield switch (exit.kind()) {
                    case "continue" -> exits.tasks(draft);
                    case "page" ->
                        draft.form().page(exit.field()).isPresent()
                                ? exits.to(draft, "/pages/" + exit.field(), "details")
                                : exits.tasks(draft);
                    case "back" -> "redirect:/programs/" + draft.program().code();
                    default -> exits.leave(exit, draft, file, "/details", "", after);
                };
            }
            // Somebody else is filling in the same draft: look at it again.
            case Saving.ChangedElsewhere changed -> exits.to(draft, "/details", "");
            case Saving.NotSaved notSaved -> exits.tasks(draft);
        };
    }

    private Line line(Prefill.Known known, Draft draft, Locale locale) {
        Answer answer = draft.answers().get(known.field().id());
        boolean own =
                answer != null && !answer.isEmpty() && !Questions.looksTheSame(known.field(), known.answer(), answer);
        List<String> said = words.lines(known.field(), known.answer(), locale, draft.currency());
        return new Line(
                known.field().id(),
                known.page().id(),
                known.field().label().in(locale),
                own ? words.lines(known.field(), answer, locale, draft.currency()) : said,
                sources.text(known.value(), draft.profile().zone(), locale),
                known.value().verified(),
                known.old(),
                own,
                said);
    }
}
