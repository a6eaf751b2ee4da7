package org.selfservice.web.form.staff;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.Page;
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

/** Adding a page of questions, naming it, saying when it is asked, removing it. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/pages")
class PageEditor {
    private static final int LONGEST_ID = 40;

    private final Desk desk;
    private final ConditionForm conditions;
    private final Wording wording;

    PageEditor(Desk desk, ConditionForm conditions, Wording wording) {
        this.desk = desk;
        this.conditions = conditions;
        this.wording = wording;
    }

    @GetMapping
    String fresh(@PathVariable String code, Model model) {
        FormFile form = desk.find(code);
        return page(form, null, Desk.filledFrom(form), model);
    }

    @PostMapping
    String add(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        FormFile form = desk.find(code);
        Typed typed = Typed.of(posted);
        if (!typed.has("lang")) {
            FormDefinition draft = Desk.draft(form);
            Set<String> taken = draft.pages().stream().map(Page::id).collect(Collectors.toSet());
            LocalizedText title = typed.text("title");
            String id = Editing.id(title.byLanguage().getOrDefault("en", ""), "page", LONGEST_ID, taken);
            Page page = new Page(id, title, typed.text("hint"), conditions.read(typed), List.of());
            FormDefinition changed = Editing.withPage(draft, page);
            check(changed, page, typed);
            String onward = Desk.address(form) + "/pages/" + id + "/questions";
            String done = desk.save(form, changed, typed, desk.text("forms.done.page"), onward, next);
            if (done != null) {
                return done;
            }
        }
        return page(form, null, typed, model);
    }

    @GetMapping("/{page}")
    String edit(@PathVariable String code, @PathVariable String page, Model model) {
        FormFile form = desk.find(code);
        Page one = find(form, page);
        Typed typed = Desk.filledFrom(form);
        typed.put("title", one.title());
        typed.put("hint", one.hint());
        ConditionForm.fill(typed, one.showIf(), Editing.earlier(Desk.draft(form), one));
        return page(form, one, typed, model);
    }

    @PostMapping("/{page}")
    String save(
            @PathVariable String code,
            @PathVariable String page,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        FormFile form = desk.find(code);
        Page one = find(form, page);
        Typed typed = Typed.of(posted);
        if (!typed.has("lang")) {
            Page changed = Editing.with(
                    one, typed.text("title", one.title()), typed.text("hint", one.hint()), conditions.read(typed));
            FormDefinition draft = Editing.withPage(Desk.draft(form), page, _ -> changed);
            check(draft, changed, typed);
            String done = desk.save(
                    form, draft, typed, desk.text("forms.done.saved"), Desk.address(form) + "#p-" + page, next);
            if (done != null) {
                return done;
            }
        }
        return page(form, one, typed, model);
    }

    @GetMapping("/{page}/removal")
    String askToRemove(@PathVariable String code, @PathVariable String page, Model model) {
        FormFile form = desk.find(code);
        return removal(form, find(form, page), Desk.filledFrom(form), model);
    }

    @PostMapping("/{page}/removal")
    String remove(
            @PathVariable String code,
            @PathVariable String page,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        FormFile form = desk.find(code);
        Page one = find(form, page);
        Typed typed = Typed.of(posted);
        String done = typed.has("lang")
                ? null
                : desk.save(
                        form,
                        Editing.withoutPage(Desk.draft(form), page),
                        typed,
                        desk.text("forms.done.removed"),
                        Desk.address(form),
                        next);
        return done != null ? done : removal(form, one, typed, model);
    }

    private void check(FormDefinition draft, Page page, Typed typed) {
        FormRules.mistakes(draft).stream()
                .filter(mistake -> mistake.path().equals(page.id()))
                .forEach(mistake -> {
                    switch (mistake.details().getOrDefault("what", "")) {
                        case "title" -> typed.wrong("title.en", wording.mistake(mistake, draft));
                        case "showIf" -> typed.wrong("condition.0.when", wording.mistake(mistake, draft));
                        default -> {
                            // A page without questions is not finished yet.
                        }
                    }
                });
    }

    private String page(FormFile form, @Nullable Page page, Typed typed, Model model) {
        List<Field> earlier = Editing.earlier(Desk.draft(form), page);
        model.addAttribute("page", page);
        model.addAttribute("conditionRows", ConditionForm.rows(typed));
        model.addAttribute("subjects", conditions.subjects(typed, earlier));
        return desk.page("page", form, typed, model);
    }

    private String removal(FormFile form, Page page, Typed typed, Model model) {
        String title = page.title().in(Desk.locale());
        model.addAttribute("subject", title.isBlank() ? page.id() : title);
        model.addAttribute(
                "affected", page.fields().stream().map(Wording::label).toList());
        model.addAttribute("action", Desk.address(form) + "/pages/" + page.id() + "/removal");
        return desk.page("removal", form, typed, model);
    }

    static Page find(FormFile form, String id) {
        return Desk.draft(form).page(id).orElseThrow(() -> new Refused(RefusalCode.NOT_FOUND));
    }
}
