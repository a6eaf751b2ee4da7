package org.selfservice.web.program.staff;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
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

/** Which published version of which form asks the program's questions, and what that means for drafts. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/form")
class MappingPage {
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
        ProgramDetails program = desk.find(code);
        Typed typed = Typed.of(posted);
        if (!typed.has("lang")) {
            MapForm command = read(program, typed);
            String done = command == null || typed.has("versions")
                    ? null
                    : desk.save(program, typed, command, field -> field.isEmpty() ? "version" : "form", next);
            if (done != null) {
                return done;
            }
        }
        return page(program, typed, model);
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

    private String page(ProgramDetails program, Typed typed, Model model) {
        Optional<FormFile> form = form(typed);
        model.addAttribute("title", form.map(FormFile::title).orElse(null));
        model.addAttribute("versions", form.map(MappingPage::publishedOf).orElse(List.of()));
        model.addAttribute("applications", desk.applications(program));
        return desk.page("form", program, typed, model);
    }
}
