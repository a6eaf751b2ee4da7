package org.selfservice.web.form.staff;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.Page;
import org.selfservice.web.form.staff.Editing.Place;
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

/** Adding a question to a page or to a group, changing it, removing it. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}")
class QuestionEditor {
    private final Desk desk;
    private final QuestionForm questions;
    private final ConditionForm conditions;
    private final Wording wording;

    QuestionEditor(Desk desk, QuestionForm questions, ConditionForm conditions, Wording wording) {
        this.desk = desk;
        this.questions = questions;
        this.conditions = conditions;
        this.wording = wording;
    }

    /** @param place null for a question that is not there yet */
    private record Work(
            FormFile form,
            Page page,
            @Nullable Field group,
            @Nullable Place place) {
        FormDefinition draft() {
            return Desk.draft(form);
        }

        @Nullable
        Field field() {
            return place == null ? null : place.field();
        }

        List<Field> earlier() {
            return Editing.earlier(draft(), page, group, field());
        }

        /** Ids that the question cannot have. */
        Set<String> taken() {
            Set<String> taken = (group == null ? draft().fields() : group.fields().stream())
                    .map(Field::id)
                    .collect(Collectors.toSet());
            if (place != null) {
                taken.remove(place.field().id());
            }
            return taken;
        }

        List<FieldType> types() {
            return group == null ? Arrays.asList(FieldType.values()) : QuestionForm.IN_GROUPS;
        }

        String action() {
            String address = Desk.address(form);
            if (place != null) {
                return address + "/questions/" + place.path();
            }
            return group == null
                    ? address + "/pages/" + page.id() + "/questions"
                    : address + "/questions/" + group.id() + "/questions";
        }

        String path(Field field) {
            return group == null ? field.id() : group.id() + "." + field.id();
        }
    }

    @GetMapping("/pages/{page}/questions")
    String fresh(
            @PathVariable String code,
            @PathVariable String page,
            @RequestParam(defaultValue = "") String type,
            Model model) {
        FormFile form = desk.find(code);
        return fresh(new Work(form, PageEditor.find(form, page), null, null), type, model);
    }

    @PostMapping("/pages/{page}/questions")
    String add(
            @PathVariable String code,
            @PathVariable String page,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        FormFile form = desk.find(code);
        return save(new Work(form, PageEditor.find(form, page), null, null), Typed.of(posted), model, next);
    }

    @GetMapping("/questions/{path}/questions")
    String freshInGroup(
            @PathVariable String code,
            @PathVariable String path,
            @RequestParam(defaultValue = "") String type,
            Model model) {
        return fresh(inGroup(desk.find(code), path), type, model);
    }

    @PostMapping("/questions/{path}/questions")
    String addInGroup(
            @PathVariable String code,
            @PathVariable String path,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        return save(inGroup(desk.find(code), path), Typed.of(posted), model, next);
    }

    @GetMapping("/questions/{path}")
    String edit(@PathVariable String code, @PathVariable String path, Model model) {
        Work work = work(desk.find(code), path);
        Typed typed = Desk.filledFrom(work.form());
        typed.put("page", work.page().id());
        QuestionForm.fill(typed, work.place().field(), work.earlier());
        return page(work, typed, model);
    }

    @PostMapping("/questions/{path}")
    String save(
            @PathVariable String code,
            @PathVariable String path,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        return save(work(desk.find(code), path), Typed.of(posted), model, next);
    }

    @GetMapping("/questions/{path}/removal")
    String askToRemove(@PathVariable String code, @PathVariable String path, Model model) {
        Work work = work(desk.find(code), path);
        return removal(work, Desk.filledFrom(work.form()), model);
    }

    @PostMapping("/questions/{path}/removal")
    String remove(
            @PathVariable String code,
            @PathVariable String path,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        Work work = work(desk.find(code), path);
        Typed typed = Typed.of(posted);
        String done = typed.has("lang")
                ? null
                : desk.save(
                        work.form(),
                        Editing.withoutField(work.draft(), work.place()),
                        typed,
                        desk.text("forms.done.removed"),
                        Desk.address(work.form()) + "#p-" + work.page().id(),
                        next);
        return done != null ? done : removal(work, typed, model);
    }

    private String fresh(Work work, String type, Model model) {
        Typed typed = Desk.filledFrom(work.form());
        if (work.types().stream().noneMatch(one -> one.name().equals(type))) {
            model.addAttribute("page", work.page());
            model.addAttribute("group", work.group());
            model.addAttribute("types", work.types());
            model.addAttribute("action", work.action());
            return desk.page("types", work.form(), typed, model);
        }
        typed.put("type", type);
        typed.put("page", work.page().id());
        typed.put("data", "personal");
        ConditionForm.fill(typed, null, List.of());
        return page(work, typed, model);
    }

    private String save(Work work, Typed typed, Model model, RedirectAttributes next) {
        boolean typing = typed.has("lang") || typed.has("retype");
        if (typed.has("raise")) {
            QuestionForm.raise(typed);
        } else if (!typing && typed.has("add") && !typed.word("lines").isEmpty()) {
            QuestionForm.spreadLines(typed);
        } else if (!typing && typed.changesRows(QuestionForm.OPTIONS, "label.en")) {
            return page(work, typed, model);
        } else if (!typing) {
            String done = write(work, typed, next);
            if (done != null) {
                return done;
            }
        }
        return page(work, typed, model);
    }

    private @Nullable String write(Work work, Typed typed, RedirectAttributes next) {
        FieldType type = type(work, typed);
        typed.put("inGroup", work.group() == null ? "" : "yes");
        Field field = questions.read(typed, type, work.field(), work.taken());
        Page page = work.group() != null
                ? work.page()
                : work.draft().page(typed.word("page")).orElse(work.page());
        if (work.taken().contains(field.id())) {
            typed.wrong("id", desk.text("forms.mistake.id.DUPLICATE"));
        }
        FormDefinition changed = work.place() == null
                ? Editing.withField(work.draft(), page, work.group(), field)
                : Editing.withField(work.draft(), work.place(), field, page);
        String path = work.path(field);
        FormRules.mistakes(changed).stream()
                .filter(mistake -> mistake.path().equals(path))
                .forEach(mistake -> {
                    String control = QuestionForm.control(mistake, typed, type);
                    if (control != null) {
                        typed.wrong(control, wording.mistake(mistake, changed));
                    }
                });
        String onward = typed.has("another")
                ? Desk.address(work.form())
                        + (work.group() == null
                                ? "/pages/" + page.id()
                                : "/questions/" + work.group().id())
                        + "/questions"
                : type == FieldType.GROUP && work.place() == null
                        ? Desk.address(work.form()) + "/questions/" + path + "/questions"
                        : Desk.address(work.form()) + "#f-" + path;
        return desk.save(work.form(), changed, typed, desk.text("forms.done.question"), onward, next);
    }

    private static FieldType type(Work work, Typed typed) {
        return work.types().stream()
                .filter(type -> typed.is("type", type.name()))
                .findFirst()
                .orElse(FieldType.TEXT);
    }

    private String page(Work work, Typed typed, Model model) {
        FieldType type = type(work, typed);
        if (QuestionForm.takesOptions(type) && typed.rows(QuestionForm.OPTIONS).isEmpty()) {
            typed.add(QuestionForm.OPTIONS, "label.en");
        }
        model.addAttribute("page", work.page());
        model.addAttribute("group", work.group());
        model.addAttribute("field", work.field());
        model.addAttribute("type", type);
        model.addAttribute("types", work.types());
        model.addAttribute("pages", work.draft().pages());
        model.addAttribute("takesOptions", QuestionForm.takesOptions(type));
        model.addAttribute("mediaTypes", QuestionForm.mediaTypes(typed));
        model.addAttribute(
                "attributes",
                QuestionForm.attributes(type, typed.word("prefill")).stream()
                        .map(attribute -> new ConditionForm.Entry(attribute, wording.attribute(attribute)))
                        .toList());
        model.addAttribute("conditionRows", ConditionForm.rows(typed));
        model.addAttribute("subjects", conditions.subjects(typed, work.earlier()));
        model.addAttribute("action", work.action());
        return desk.page("question", work.form(), typed, model);
    }

    private String removal(Work work, Typed typed, Model model) {
        Field field = work.place().field();
        model.addAttribute("subject", Wording.label(field));
        model.addAttribute(
                "affected", field.fields().stream().map(Wording::label).toList());
        model.addAttribute("action", work.action() + "/removal");
        return desk.page("removal", work.form(), typed, model);
    }

    private static Work work(FormFile form, String path) {
        Place place = Editing.find(Desk.draft(form), path).orElseThrow(() -> new Refused(RefusalCode.NOT_FOUND));
        return new Work(form, place.page(), place.group(), place);
    }

    private static Work inGroup(FormFile form, String path) {
        Place place = Editing.find(Desk.draft(form), path)
                .filter(one -> one.field().type() == FieldType.GROUP)
                .orElseThrow(() -> new Refused(RefusalCode.NOT_FOUND));
        return new Work(form, place.page(), place.field(), null);
    }
}
