package org.selfservice.web.program.staff;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationCounts;
import org.selfservice.kernel.application.ApplicationQuery.CountApplications;
import org.selfservice.kernel.enrolment.EnrolmentQuery.CountEnrolments;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramQuery.ReplayRules;
import org.selfservice.kernel.program.ProgramQuery.Replayed;
import org.selfservice.web.Portal;
import org.selfservice.web.Refusals;
import org.selfservice.web.page.Typed;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What every form about a program does: find it, see whether it changed meanwhile, send the command, say what became of it. */
@Component
class Desk {
    static final String ADDRESS = "/staff/programs";

    private final Portal portal;
    private final Refusals refusals;
    private final MessageSource texts;

    Desk(Portal portal, Refusals refusals, MessageSource texts) {
        this.portal = portal;
        this.refusals = refusals;
        this.texts = texts;
    }

    List<ProgramDetails> all() {
        return portal.ask(new FindPrograms(true)).programs();
    }

    /** @throws Refused NOT_FOUND when there is none */
    ProgramDetails find(String code) {
        ProgramDetails program;
        try {
            program = portal.ask(new FindProgram(new ProgramCode(code)));
        } catch (Refused noCode) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        if (!program.exists()) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return program;
    }

    ApplicationCounts applications(ProgramDetails program) {
        return portal.ask(new CountApplications(program.code()));
    }

    /** How many are in it now. */
    long members(ProgramDetails program) {
        return portal.ask(new CountEnrolments(program.code())).members();
    }

    Replayed replay(ProgramDetails program, List<EligibilityRule> rules) {
        String zone = Objects.requireNonNull(program.profile(), "a program that exists has a profile")
                .zone();
        return portal.ask(new ReplayRules(program.code(), program.rules(), program.rulesVersion(), rules, zone));
    }

    /** The questions of the mapped form; null when none is mapped. */
    @Nullable
    FormDefinition form(ProgramDetails program) {
        var mapped = program.form();
        return mapped == null
                ? null
                : portal.ask(new FindFormVersion(mapped.form(), mapped.version()))
                        .definition();
    }

    String text(String key, Object... arguments) {
        return texts.getMessage(key, arguments, locale());
    }

    /** A form whose program others changed since it was filled in is shown again: pressed once more it is saved. */
    boolean isStillAsSeen(ProgramDetails program, Typed typed) {
        if (typed.is(Typed.SEEN, String.valueOf(program.sequence()))) {
            return true;
        }
        typed.wrong("changed", text("programs.changed"));
        typed.put(Typed.SEEN, program.sequence());
        return false;
    }

    /**
     * What a form does with what was posted: it is saved, or shown again in another language or with what is wrong.
     *
     * @param command what was typed; null when nothing is to be saved yet
     * @param control the control that a refusal's {@code field} is about
     */
    String set(
            String code,
            MultiValueMap<String, String> posted,
            BiFunction<ProgramDetails, Typed, @Nullable ProgramCommand> command,
            UnaryOperator<String> control,
            BiFunction<ProgramDetails, Typed, String> page,
            RedirectAttributes next) {
        ProgramDetails program = find(code);
        Typed typed = Typed.of(posted);
        ProgramCommand change = typed.has("lang") ? null : command.apply(program, typed);
        String done = change == null ? null : save(program, typed, change, control, next);
        return done != null ? done : page.apply(program, typed);
    }

    /**
     * @param control the control that a refusal's {@code field} is about
     * @return where to go on; null when the form is to be shown again, with what is wrong
     */
    @Nullable
    String save(
            ProgramDetails program,
            Typed typed,
            ProgramCommand command,
            UnaryOperator<String> control,
            RedirectAttributes next) {
        if (!isStillAsSeen(program, typed) || !typed.isRight()) {
            return null;
        }
        return send(command, typed, control, next);
    }

    @Nullable
    String send(ProgramCommand command, Typed typed, UnaryOperator<String> control, RedirectAttributes next) {
        try {
            Position position = portal.send(command);
            portal.ask(new FindProgram(command.program()), program -> program.sequence() >= position.sequence());
            next.addFlashAttribute(
                    "notice", text("programs.done." + command.getClass().getSimpleName()));
            return "redirect:" + ADDRESS + "/" + command.program();
        } catch (Refused refused) {
            refused(typed, refused, control);
            return null;
        }
    }

    private void refused(Typed typed, Refused refused, UnaryOperator<String> control) {
        String field = refused.details().get("field");
        String own = field == null ? null : texts.getMessage("programs.wrong." + field, null, null, locale());
        typed.wrong(
                control.apply(field == null ? "" : field),
                refused.code() == RefusalCode.INVALID && own != null ? own : refusals.text(refused.refusal()));
    }

    /** The page of a form. */
    String page(String template, @Nullable ProgramDetails program, Typed typed, Model model) {
        model.addAttribute("program", program);
        typed.fill(model);
        model.addAttribute("languageForm", Typed.FORM);
        return "program/staff/" + template;
    }

    /** A form filled in from the program as it is now. */
    static Typed filledFrom(ProgramDetails program) {
        Typed typed = new Typed();
        typed.put(Typed.SEEN, program.sequence());
        return typed;
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
