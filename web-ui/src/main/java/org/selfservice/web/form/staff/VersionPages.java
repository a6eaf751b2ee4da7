package org.selfservice.web.form.staff;

import java.util.List;
import org.selfservice.kernel.form.FormCommand.RetireFormVersion;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormQuery.FormVersion;
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

/** Published versions: what they ask, how two of them differ, retiring one. */
@Controller
@RequestMapping(Desk.ADDRESS + "/{code}/versions/{version}")
class VersionPages {
    private final Desk desk;
    private final Wording wording;
    private final Comparing comparing;

    VersionPages(Desk desk, Wording wording, Comparing comparing) {
        this.desk = desk;
        this.wording = wording;
        this.comparing = comparing;
    }

    @GetMapping
    String show(@PathVariable String code, @PathVariable int version, Model model) {
        FormFile form = desk.find(code);
        FormVersion one = desk.version(form, version);
        model.addAttribute("version", one);
        model.addAttribute("sections", wording.sections(one.definition()));
        model.addAttribute(
                "uses",
                desk.uses(form).stream().filter(use -> use.version() == version).toList());
        return desk.page("version", form, new Typed(), model);
    }

    @GetMapping("/compare/{other}")
    String compare(@PathVariable String code, @PathVariable int version, @PathVariable int other, Model model) {
        FormFile form = desk.find(code);
        model.addAttribute("before", version);
        model.addAttribute("after", other);
        model.addAttribute("changes", comparing.of(desk.definition(form, version), desk.definition(form, other)));
        return desk.page("compare", form, new Typed(), model);
    }

    @GetMapping("/retirement")
    String askToRetire(@PathVariable String code, @PathVariable int version, Model model) {
        FormFile form = desk.find(code);
        return retirement(form, desk.version(form, version), Desk.filledFrom(form), model);
    }

    @PostMapping("/retirement")
    String retire(
            @PathVariable String code,
            @PathVariable int version,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        FormFile form = desk.find(code);
        FormVersion one = desk.version(form, version);
        Typed typed = Typed.of(posted);
        String done = typed.has("lang")
                ? null
                : desk.send(
                        new RetireFormVersion(form.form(), version),
                        typed,
                        desk.text("forms.done.retired", version),
                        Desk.address(form),
                        next);
        return done != null ? done : retirement(form, one, typed, model);
    }

    private String retirement(FormFile form, FormVersion version, Typed typed, Model model) {
        List<Desk.Use> uses = desk.uses(form).stream()
                .filter(use -> use.version() == version.version())
                .toList();
        model.addAttribute("version", version);
        model.addAttribute("uses", uses);
        return desk.page("retirement", form, typed, model);
    }
}
