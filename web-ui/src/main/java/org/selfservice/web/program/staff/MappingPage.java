package org.selfservice.web.program.staff;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormChanges;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Portal;
import org.selfservice.web.page.Typed;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Which published version of which form asks the program's questions, and what that means for drafts. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/form")
class MappingPage {
    /** Newer versions are what one maps; of older ones nobody asks. */
    private static final int MOST_EFFECTS = 5;

    private final Desk desk;
    private final Portal portal;

    MappingPage(Desk desk, Portal portal) {
        this.desk = desk;
        this.portal = portal;
    }

    @GetMapping
    String show(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        Typed typed = Desk.filledFrom(program);
        var mapped = program.form();
        typed.put("form", mapped == null ? null : mapped.form());
        typed.put("version", mapped == null ? null : mapped.version());
        typed.put("openDrafts", mapped == null ? OpenDrafts.KEEP_VERSION : mapped.openDrafts());
        return page(program, typed, model);
    }

    @PostMapping
    String map(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        return desk.set(
                code,
                posted,
                (program, typed) -> {
                    MapForm command = read(program, typed);
                    return typed.has("versions") ? null : command;
                },
                field -> field.isEmpty() ? "version" : "form",
                (program, typed) -> page(program, typed, model),
                next);
    }

    private @Nullable MapForm read(ProgramDetails program, Typed typed) {
        Optional<FormFile> form = form(typed);
        if (form.isEmpty() || publishedOf(form.get()).isEmpty()) {
            typed.wrong("form", desk.text(form.isEmpty() ? "programs.wrong.form" : "programs.wrong.form.unpublished"));
            return null;
        }
        Optional<Integer> version = publishedOf(form.get()).stream()
                .filter(one -> typed.is("version", String.valueOf(one)))
                .findFirst();
        if (version.isEmpty()) {
            if (!typed.has("versions")) {
                typed.wrong("version", desk.text("programs.wrong.version"));
            }
            return null;
        }
        OpenDrafts drafts =
                typed.is("openDrafts", OpenDrafts.MUST_ADOPT.name()) ? OpenDrafts.MUST_ADOPT : OpenDrafts.KEEP_VERSION;
        return new MapForm(program.code(), form.get().form(), version.get(), drafts);
    }

    private Optional<FormFile> form(Typed typed) {
        try {
            return Optional.of(portal.ask(new FindForm(new FormCode(typed.word("form")))))
                    .filter(form -> form.sequence() >= 0);
        } catch (Refused notACode) {
            return Optional.empty();
        }
    }

    /** Numbers of the versions that may be mapped, newest first. */
    private static List<Integer> publishedOf(FormFile form) {
        return form.versions().reversed().stream()
                .filter(version -> !version.retired())
                .map(FormFile.PublishedVersion::version)
                .toList();
    }

    /**
     * What a draft of the version that is asked now keeps when it is brought up to another one.
     *
     * @param kept how many questions' answers
     * @param lost the questions whose answers are dropped
     */
    record Effect(int version, int kept, List<String> lost) {}

    private List<Effect> effects(ProgramDetails program, FormFile form) {
        FormDefinition now = desk.form(program);
        var mapped = program.form();
        if (now == null || mapped == null) {
            return List.of();
        }
        return publishedOf(form).stream()
                .filter(version -> !mapped.form().equals(form.form()) || mapped.version() != version)
                .limit(MOST_EFFECTS)
                .map(version -> effect(now, form, version))
                .toList();
    }

    private Effect effect(FormDefinition now, FormFile form, int version) {
        FormDefinition newer = Objects.requireNonNull(
                portal.ask(new FindFormVersion(form.form(), version)).definition(),
                "a published version has a definition");
        List<Field> lost = FormChanges.lost(now, newer);
        return new Effect(
                version,
                (int) now.fields().count() - lost.size(),
                lost.stream()
                        .map(field -> field.label().in(LocaleContextHolder.getLocale()))
                        .toList());
    }

    private String page(ProgramDetails program, Typed typed, Model model) {
        Optional<FormFile> form = form(typed);
        model.addAttribute("title", form.map(FormFile::title).orElse(null));
        model.addAttribute("versions", form.map(MappingPage::publishedOf).orElse(List.of()));
        model.addAttribute("effects", form.map(one -> effects(program, one)).orElse(List.of()));
        model.addAttribute("applications", desk.applications(program));
        return desk.page("form", program, typed, model);
    }
}
