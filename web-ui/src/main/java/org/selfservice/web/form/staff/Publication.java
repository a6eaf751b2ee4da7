package org.selfservice.web.form.staff;

import java.util.List;
import org.selfservice.kernel.form.FormChanges;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormQuery.FormFile.PublishedVersion;
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

/** Publishing the draft as the next version, and before that what it means. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/publication")
class Publication {
    private final Desk desk;
    private final Wording wording;
    private final Comparing comparing;

    Publication(Desk desk, Wording wording, Comparing comparing) {
        this.desk = desk;
        this.wording = wording;
        this.comparing = comparing;
    }

    /** What becomes of the drafts of a program once it maps the new version and asks that they are brought up to date. */
    record Effect(Desk.Use use, int kept, List<String> lost) {}

    @GetMapping
    String ask(@PathVariable String code, Model model) {
        FormFile form = desk.find(code);
        return page(form, Desk.filledFrom(form), model);
    }

    /** Published is what was looked at: a draft that others changed meanwhile is looked at first. */
    @PostMapping
    String publish(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        FormFile form = desk.find(code);
        Typed typed = Typed.of(posted);
        if (!typed.has("lang") && desk.isStillAsSeen(form, typed)) {
            String done = desk.send(
                    new PublishFormVersion(form.form(), form.sequence()),
                    typed,
                    desk.text("forms.done.published", number(form)),
                    Desk.address(form) + "/versions/" + number(form),
                    next);
            if (done != null) {
                return done;
            }
        }
        return page(form, typed, model);
    }

    private static int number(FormFile form) {
        return form.versions().size() + (form.draftDiffers() ? 1 : 0);
    }

    private String page(FormFile form, Typed typed, Model model) {
        FormDefinition draft = Desk.draft(form);
        PublishedVersion last =
                form.versions().isEmpty() ? null : form.versions().getLast();
        FormDefinition before = last == null ? null : desk.definition(form, last.version());
        model.addAttribute("number", number(form));
        model.addAttribute("last", last);
        model.addAttribute("mistakes", wording.mistakes(draft));
        model.addAttribute("changes", before == null ? null : comparing.of(before, draft));
        model.addAttribute(
                "effects",
                desk.uses(form).stream().map(use -> effect(form, use, draft)).toList());
        return desk.page("publication", form, typed, model);
    }

    private Effect effect(FormFile form, Desk.Use use, FormDefinition draft) {
        FormDefinition asked = desk.definition(form, use.version());
        List<String> lost =
                FormChanges.lost(asked, draft).stream().map(Wording::label).toList();
        return new Effect(use, (int) asked.fields().count() - lost.size(), lost);
    }
}
