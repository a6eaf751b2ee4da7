package org.selfservice.web.application.staff;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationQuery.TimelineEntry;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Portal;
import org.selfservice.web.Refusals;
import org.selfservice.web.page.Format;
import org.selfservice.web.page.Typed;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What every form about a case does: find it, see whether it changed meanwhile, send the command, say what became of it. */
@Component
class CaseDesk {
    private final Portal portal;
    private final Refusals refusals;
    private final MessageSource texts;
    private final Format format;
    private final Clock clock;

    CaseDesk(Portal portal, Refusals refusals, MessageSource texts, Format format, Clock clock) {
        this.portal = portal;
        this.refusals = refusals;
        this.texts = texts;
        this.format = format;
        this.clock = clock;
    }

    /** @throws Refused NOT_FOUND when there is none, or it was not sent: a draft is its person's alone */
    ApplicationFile find(ApplicationId id) {
        return sent(portal.ask(new FindApplication(id)));
    }

    ProgramDetails program(ApplicationFile file) {
        return portal.ask(new FindProgram(Objects.requireNonNull(file.program())));
    }

    /** By code. */
    Map<String, ProgramDetails> programs() {
        Map<String, ProgramDetails> programs = new TreeMap<>();
        portal.ask(new FindPrograms(true))
                .programs()
                .forEach(one -> programs.put(one.code().value(), one));
        return programs;
    }

    FormDefinition form(ApplicationFile file) {
        return Objects.requireNonNull(
                portal.ask(new FindFormVersion(Objects.requireNonNull(file.form()), file.formVersion()))
                        .definition(),
                "a published form version has a definition");
    }

    /** Login name of whoever is signed in. */
    String me() {
        return portal.author().actor();
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * @param control the control that the refusal is about
     * @return whether it is done; else what is wrong is minded, or that others changed the case since it was seen
     */
    boolean send(ApplicationCommand command, Typed typed, String control) {
        try {
            await(portal.send(command, typed.seen()));
            return true;
        } catch (Refused no) {
            if (no.code() == RefusalCode.CHANGED_SINCE_READ) {
                changed(await(command.application(), typed.seen() + 1), typed);
            } else {
                typed.wrong(control, refusals.text(no.refusal()));
            }
            return false;
        }
    }

    /** Sent whatever happened since it was looked at. */
    Position send(ApplicationCommand command) {
        Position position = portal.send(command);
        await(position);
        return position;
    }

    String why(Refused no) {
        return refusals.text(no.refusal());
    }

    /** A form whose case others changed since it was made is shown again: pressed once more it goes through. */
    void changed(ApplicationFile file, Typed typed) {
        TimelineEntry last = file.timeline().getLast();
        typed.wrong("changed", text("cases.changed", by(last), ago(last.at())));
        typed.put(Typed.SEEN, file.sequence());
    }

    String by(TimelineEntry entry) {
        return entry.name() != null ? entry.name() : text("cases.by." + entry.by());
    }

    private String ago(Instant then) {
        long minutes = Duration.between(then, now()).toMinutes();
        return minutes < 60 ? text("cases.minutes", Math.max(0, minutes)) : format.dateTime(then);
    }

    /** Whole days since. */
    long days(Instant then) {
        return Math.max(0, Duration.between(then, now()).toDays());
    }

    String text(String key, Object... gaps) {
        return texts.getMessage(key, gaps, LocaleContextHolder.getLocale());
    }

    String textIn(Locale locale, String key) {
        return texts.getMessage(key, null, locale);
    }

    String name(@Nullable ProgramDetails program, String code) {
        LocalizedText name = program == null || program.profile() == null
                ? LocalizedText.EMPTY
                : program.profile().name();
        return name.isEmpty() ? code : format.text(name);
    }

    ApplicationFile await(Position position) {
        return await(new ApplicationId(position.stream()), position.sequence());
    }

    private ApplicationFile await(ApplicationId id, long sequence) {
        return sent(portal.ask(new FindApplication(id), file -> file.sequence() >= sequence));
    }

    private static ApplicationFile sent(ApplicationFile file) {
        if (!file.exists() || file.submittedAt() == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return file;
    }
}
