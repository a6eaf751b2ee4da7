package org.selfservice.web.program.staff;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramCommand.ReviseProgram;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.page.Typed;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Creating a program, and revising its texts, dates and promises. */
@Controller
@RequestMapping(Desk.ADDRESS)
class ProfilePages {
    /** The address of the page for a new program: a program of that code would have none. */
    private static final String NEW = "new";

    private final Desk desk;
    private final String zone;

    ProfilePages(Desk desk, @Value("${portal.zone:UTC}") String zone) {
        this.desk = desk;
        this.zone = zone;
    }

    @GetMapping("/" + NEW)
    String fresh(Model model) {
        Typed typed = new Typed();
        ProfileForm.fill(typed, zone);
        return desk.page("profile", null, typed, model);
    }

    @PostMapping
    String create(@RequestParam MultiValueMap<String, String> posted, Model model, RedirectAttributes next) {
        Typed typed = Typed.of(posted);
        if (!typed.has("lang")) {
            ProgramCode code = code(typed);
            ProgramProfile profile = ProfileForm.read(typed, null, desk);
            String done = code == null || !typed.isRight()
                    ? null
                    : desk.send(new CreateProgram(code, profile), typed, ProfileForm::control, next);
            if (done != null) {
                return done;
            }
        }
        return desk.page("profile", null, typed, model);
    }

    @GetMapping("/{code}/profile")
    String profile(@PathVariable String code, Model model) {
        ProgramDetails program = desk.find(code);
        Typed typed = Desk.filledFrom(program);
        ProfileForm.fill(typed, Objects.requireNonNull(program.profile()));
        return desk.page("profile", program, typed, model);
    }

    @PostMapping("/{code}/profile")
    String revise(
            @PathVariable String code,
            @RequestParam MultiValueMap<String, String> posted,
            Model model,
            RedirectAttributes next) {
        ProgramDetails program = desk.find(code);
        Typed typed = Typed.of(posted);
        if (!typed.has("lang")) {
            ProgramProfile profile = ProfileForm.read(typed, program.profile(), desk);
            String done = desk.save(
                    program,
                    typed,
                    new ReviseProgram(program.code(), profile),
                    field -> field.isEmpty() ? "name.en" : ProfileForm.control(field),
                    next);
            if (done != null) {
                return done;
            }
        }
        return desk.page("profile", program, typed, model);
    }

    private @Nullable ProgramCode code(Typed typed) {
        try {
            String code = typed.word("code");
            if (!code.equals(NEW)) {
                return new ProgramCode(code);
            }
        } catch (Refused notACode) {
            // Said below, as for the one code that is an address already.
        }
        typed.wrong("code", desk.text("programs.wrong.code"));
        return null;
    }
}
