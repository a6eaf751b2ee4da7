package org.selfservice.web.program.staff;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramState;
import org.selfservice.web.page.Language;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** All programs, and all about one of them. */
@Controller
class ProgramList {
    private final Desk desk;

    ProgramList(Desk desk) {
        this.desk = desk;
    }

    /** @param missing names of the languages that the text is not written in */
    public record TextLine(String name, LocalizedText text, List<String> missing) {}

    /** @param undecided applications that wait, {@code members} people in the program */
    public record Figures(long undecided, long members) {}

    @GetMapping(Desk.ADDRESS)
    String list(Model model) {
        List<ProgramDetails> programs = desk.all();
        model.addAttribute("programs", programs);
        model.addAttribute(
                "figures",
                programs.stream()
                        .filter(program -> program.state() != ProgramState.DRAFT)
                        .collect(Collectors.toMap(
                                program -> program.code().value(),
                                program ->
                                        new Figures(desk.applications(program).undecided(), desk.members(program)))));
        return "program/staff/list";
    }

    @GetMapping(Desk.ADDRESS + "/{code}")
    String one(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        ProgramProfile profile = Objects.requireNonNull(program.profile(), "a program that exists has a profile");
        model.addAttribute("program", program);
        model.addAttribute("profile", profile);
        model.addAttribute("texts", texts(profile));
        model.addAttribute("missing", missing(program));
        model.addAttribute("applications", program.state() == ProgramState.DRAFT ? null : desk.applications(program));
        model.addAttribute("members", program.state() == ProgramState.DRAFT ? null : desk.members(program));
        return "program/staff/overview";
    }

    /** What must be there before it can be opened: texts by their names, and the form. */
    static List<String> missing(ProgramDetails program) {
        return Objects.requireNonNull(program.profile(), "a program that exists has a profile")
                .missingToOpen(program.form() != null);
    }

    private static List<TextLine> texts(ProgramProfile profile) {
        return profile.texts().entrySet().stream()
                .map(entry -> new TextLine(
                        entry.getKey(),
                        entry.getValue(),
                        List.of(Language.values()).stream()
                                .filter(language -> entry.getValue()
                                        .byLanguage()
                                        .getOrDefault(language.tag(), "")
                                        .isBlank())
                                .map(Language::ownName)
                                .toList()))
                .toList();
    }
}
