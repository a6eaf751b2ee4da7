package org.selfservice.web.form.staff;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.RenameForm;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormQuery.FormLine;
import org.selfservice.kernel.form.FormRules;
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

/** All forms, and the pages and questions of one of them in their order. */
@Controller
@RequestMapping(Desk.ADDRESS)
class FormList {
    private final Desk desk;
    private final Wording wording;

    FormList(Desk desk, Wording wording) {
        this.desk = desk;
        this.wording = wording;
    }

    /** @param programs names of those that ask it, with the version */
    record Line(FormLine form, List<String> programs) {}

    @GetMapping
    String list(Model model) {
        Map<FormCode, List<String>> programs = desk.programs().stream()
                .filter(program -> program.form() != null)
                .collect(Collectors.groupingBy(
                        program -> program.form().form(),
                        Collectors.mapping(
                                program -> desk.text(
                                        "forms.program",
                                        program.code().value(),
                                        program.form().version()),
                                Collectors.toList())));
        model.addAttribute(
                "forms",
                desk.all().stream()
                        .map(form -> new Line(form, programs.getOrDefault(form.form(), List.of())))
                        .toList());
        return "form/staff/list";
    }

    @GetMapping("/new")
    String fresh(Model model) {
        return desk.page("new", null, new Typed(), model);
    }

    @PostMapping
    String create(@RequestParam MultiValueMap<String, String> posted, Model model, RedirectAttributes next) {
        Typed typed = Typed.of(posted);
        if (!typed.has("lang")) {
            desk.needEnglish("title", typed);
            FormCode code = desk.code(typed);
            String done = code == null || !typed.isRight()
                    ? null
                    : desk.send(
                            new CreateForm(code, typed.text("title")),
                            typed,
                            desk.text("forms.done.created"),
                            Desk.ADDRESS + "/" + code,
                            next);
            if (done != null) {
                return done;
            }
        }
        return desk.page("new", null, typed, model);
    }

    @GetMapping("/{code}")
    String one(@PathVariable String code, Model model) {
        FormFile form = desk.find(code);
        return overview(form, Desk.filledFrom(form), model);
    }

    /** Moves one page or question one place: {@code up:page:about}, {@code down:field:members.name}. */
    @PostMapping("/{code}/order")
    String move(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        return desk.edit(
                code,
                posted,
                (form, typed) -> {
                    FormDefinition changed = moved(Desk.draft(form), typed.word("move"));
                    return changed == null
                            ? null
                            : desk.save(
                                    form,
                                    changed,
                                    typed,
                                    desk.text("forms.done.moved"),
                                    Desk.address(form) + "#" + anchor(typed.word("move")),
                                    next);
                },
                (form, typed) -> overview(form, typed, model));
    }

    /** The fragment of the redirection: the same row again, so that the next press is at hand. */
    private static String anchor(String move) {
        String[] parts = move.split(":", 3);
        return parts[1].charAt(0) + "-" + parts[2];
    }

    private static @Nullable FormDefinition moved(FormDefinition draft, String move) {
        String[] parts = move.split(":", 3);
        if (parts.length < 3) {
            return null;
        }
        int step = parts[0].equals("up") ? -1 : 1;
        return parts[1].equals("page")
                ? draft.page(parts[2])
                        .map(page -> Editing.moved(draft, page, step))
                        .orElse(null)
                : Editing.find(draft, parts[2])
                        .map(place -> Editing.moved(draft, place, step))
                        .orElse(null);
    }

    @GetMapping("/{code}/title")
    String title(@PathVariable String code, Model model) {
        FormFile form = desk.find(code);
        Typed typed = Desk.filledFrom(form);
        typed.put("title", form.title());
        return desk.page("title", form, typed, model);
    }

    @PostMapping("/{code}/title")
    String title(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        return desk.edit(
                code,
                posted,
                (form, typed) -> {
                    desk.needEnglish("title", typed);
                    return !desk.isStillAsSeen(form, typed) || !typed.isRight()
                            ? null
                            : desk.send(
                                    new RenameForm(form.form(), typed.text("title", form.title()), form.sequence()),
                                    typed,
                                    desk.text("forms.done.saved"),
                                    Desk.address(form),
                                    next);
                },
                (form, typed) -> desk.page("title", form, typed, model));
    }

    @GetMapping("/{code}/country")
    String country(@PathVariable String code, Model model) {
        FormFile form = desk.find(code);
        Typed typed = Desk.filledFrom(form);
        typed.put("region", Desk.draft(form).region());
        return desk.page("country", form, typed, model);
    }

    @PostMapping("/{code}/country")
    String country(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        return desk.edit(
                code,
                posted,
                (form, typed) -> {
                    String region = typed.word("region").toUpperCase(Locale.ROOT);
                    FormDefinition changed = Editing.inRegion(Desk.draft(form), region.isEmpty() ? null : region);
                    FormRules.mistakes(changed).stream()
                            .filter(mistake -> mistake.path().equals("region"))
                            .forEach(_ -> typed.wrong("region", desk.text("forms.wrong.country")));
                    return desk.save(form, changed, typed, desk.text("forms.done.saved"), Desk.address(form), next);
                },
                (form, typed) -> desk.page("country", form, typed, model));
    }

    private String overview(FormFile form, Typed typed, Model model) {
        FormDefinition draft = Desk.draft(form);
        model.addAttribute("draft", draft);
        model.addAttribute("sections", wording.sections(draft));
        model.addAttribute("mistakes", wording.mistakes(draft));
        model.addAttribute("uses", desk.uses(form));
        return desk.page("overview", form, typed, model);
    }
}
