package org.selfservice.web.form.staff;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationQuery.CountApplications;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.form.FormQuery.FindForms;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormQuery.FormLine;
import org.selfservice.kernel.form.FormQuery.FormVersion;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Portal;
import org.selfservice.web.Refusals;
import org.selfservice.web.page.Format;
import org.selfservice.web.page.Typed;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What every page about a form does: find it, see whether it changed meanwhile, send the command, say what became of it. */
@Component("formDesk")
class Desk {
    static final String ADDRESS = "/staff/forms";

    private static final FormDefinition NOTHING = new FormDefinition(List.of());

    private final Portal portal;
    private final Refusals refusals;
    private final MessageSource texts;
    private final Format format;

    Desk(Portal portal, Refusals refusals, MessageSource texts, Format format) {
        this.portal = portal;
        this.refusals = refusals;
        this.texts = texts;
        this.format = format;
    }

    /** @param open how many drafts the program has; 0 where it is not asked for */
    record Use(ProgramDetails program, int version, long open) {}

    List<FormLine> all() {
        return portal.ask(new FindForms()).forms();
    }

    /** @throws Refused NOT_FOUND when there is none */
    FormFile find(String code) {
        FormFile form;
        try {
            form = portal.ask(new FindForm(new FormCode(code)));
        } catch (Refused noCode) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        if (form.sequence() < 0) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return form;
    }

    static FormDefinition draft(FormFile form) {
        return Objects.requireNonNullElse(form.draft(), NOTHING);
    }

    /** @throws Refused NOT_FOUND when there is none */
    FormVersion version(FormFile form, int number) {
        FormVersion version = portal.ask(new FindFormVersion(form.form(), number));
        if (version.definition() == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return version;
    }

    FormDefinition definition(FormFile form, int version) {
        return Objects.requireNonNull(version(form, version).definition());
    }

    List<ProgramDetails> programs() {
        return portal.ask(new FindPrograms(true)).programs();
    }

    /** The programs that ask this form's questions. */
    List<Use> uses(FormFile form) {
        return programs().stream()
                .filter(program -> asks(program, form.form()))
                .map(program -> new Use(
                        program,
                        Objects.requireNonNull(program.form()).version(),
                        portal.ask(new CountApplications(program.code())).drafts()))
                .toList();
    }

    static boolean asks(ProgramDetails program, FormCode form) {
        return program.form() != null && program.form().form().equals(form);
    }

    String text(String key, Object... arguments) {
        return texts.getMessage(key, arguments, locale());
    }

    /** The first of the texts that there is. */
    String firstOf(String... keys) {
        for (String key : keys) {
            String text = texts.getMessage(key, null, null, locale());
            if (text != null) {
                return text;
            }
        }
        throw new IllegalArgumentException("no text for " + String.join(", ", keys));
    }

    static Typed filledFrom(FormFile form) {
        Typed typed = new Typed();
        typed.put(Typed.SEEN, form.sequence());
        return typed;
    }

    /**
     * A form that others changed since it was read is shown again with what was typed: saved once more, that takes its
     * place in what the others made of it.
     */
    boolean isStillAsSeen(FormFile form, Typed typed) {
        if (typed.is(Typed.SEEN, String.valueOf(form.sequence()))) {
            return true;
        }
        changed(form, typed);
        return false;
    }

    private void changed(FormFile form, Typed typed) {
        var change = form.changed();
        typed.wrong(
                "changed",
                change == null
                        ? text("forms.changed")
                        : text("forms.changed.by", change.by(), format.dateTime(change.at())));
        typed.put(Typed.SEEN, form.sequence());
    }

    /**
     * What a page does with what was posted: it is saved, or shown again in another language or with what is wrong.
     *
     * @param save where to go on; null when the page is to be shown again
     */
    String edit(
            String code,
            MultiValueMap<String, String> posted,
            BiFunction<FormFile, Typed, @Nullable String> save,
            BiFunction<FormFile, Typed, String> page) {
        FormFile form = find(code);
        Typed typed = Typed.of(posted);
        String done = typed.has("lang") ? null : save.apply(form, typed);
        return done != null ? done : page.apply(form, typed);
    }

    /** @return where to go on; null when the page is to be shown again, with what is wrong */
    @Nullable
    String save(
            FormFile form, FormDefinition changed, Typed typed, String notice, String onward, RedirectAttributes next) {
        if (!isStillAsSeen(form, typed) || !typed.isRight()) {
            return null;
        }
        return send(new ReviseFormDraft(form.form(), changed, form.sequence()), typed, notice, onward, next);
    }

    @Nullable
    String send(FormCommand command, Typed typed, String notice, String onward, RedirectAttributes next) {
        try {
            Position position = portal.send(command);
            await(command.form(), position);
            next.addFlashAttribute("notice", notice);
            return "redirect:" + onward;
        } catch (Refused refused) {
            if (refused.code() == RefusalCode.CHANGED_MEANWHILE && typed.has(Typed.SEEN)) {
                changed(find(command.form().value()), typed);
            } else {
                typed.wrong(control(refused), refusals.text(refused.refusal()));
            }
            return null;
        }
    }

    void await(FormCode form, Position position) {
        portal.ask(new FindForm(form), file -> file.sequence() >= position.sequence());
    }

    private static String control(Refused refused) {
        return switch (refused.code()) {
            case FORM_EXISTS -> "code";
            case INVALID -> "title".equals(refused.details().get("field")) ? "title.en" : Typed.FORM;
            default -> Typed.FORM;
        };
    }

    void needEnglish(String name, Typed typed) {
        if (typed.word(name + ".en").isEmpty()) {
            typed.wrong(name + ".en", text("forms.wrong.english"));
        }
    }

    @Nullable
    FormCode code(Typed typed) {
        try {
            String code = typed.word("code");
            // The address of the page for a new form: a form of that code would have none.
            if (!code.equals("new")) {
                return new FormCode(code);
            }
        } catch (Refused notACode) {
            // Said below, as for the one code that is an address already.
        }
        typed.wrong("code", text("forms.wrong.code"));
        return null;
    }

    static String address(FormFile form) {
        return ADDRESS + "/" + form.form();
    }

    String page(String template, @Nullable FormFile form, Typed typed, Model model) {
        model.addAttribute("form", form);
        typed.fill(model);
        model.addAttribute("languageForm", Typed.FORM);
        return "form/staff/" + template;
    }

    static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
