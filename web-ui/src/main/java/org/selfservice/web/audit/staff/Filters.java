package org.selfservice.web.audit.staff;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.web.Portal;
import org.selfservice.web.page.Typed;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** What lists of the past are filtered by, as it is typed. */
@Component
class Filters {
    private final Portal portal;
    private final MessageSource texts;
    private final ZoneId zone;

    Filters(Portal portal, MessageSource texts, @Value("${portal.zone:UTC}") ZoneId zone) {
        this.portal = portal;
        this.texts = texts;
        this.zone = zone;
    }

    /** By code. */
    Map<String, ProgramDetails> programs() {
        Map<String, ProgramDetails> programs = new TreeMap<>();
        portal.ask(new FindPrograms(true))
                .programs()
                .forEach(one -> programs.put(one.code().value(), one));
        return programs;
    }

    /** One that is not there, or not for whoever asks, is a mistake: nobody may take what is of others for it. */
    @Nullable
    ProgramCode program(Typed typed, Map<String, ProgramDetails> programs) {
        String program = typed.word("program");
        if (!program.isEmpty() && !programs.containsKey(program)) {
            typed.wrong("program", text("looks.program.unknown"));
            return null;
        }
        return program.isEmpty() ? null : new ProgramCode(program);
    }

    static @Nullable String word(Typed typed, String name) {
        String word = typed.word(name);
        return word.isEmpty() ? null : word;
    }

    /** The begin of the day. */
    @Nullable
    Instant from(Typed typed) {
        LocalDate day = day("from", typed);
        return day == null ? null : day.atStartOfDay(zone).toInstant();
    }

    /** The end of the day. */
    @Nullable
    Instant until(Typed typed) {
        LocalDate day = day("until", typed);
        return day == null ? null : day.plusDays(1).atStartOfDay(zone).toInstant();
    }

    private @Nullable LocalDate day(String name, Typed typed) {
        try {
            return typed.word(name).isEmpty() ? null : LocalDate.parse(typed.word(name));
        } catch (DateTimeException none) {
            typed.wrong(name, text("looks.day.wrong"));
            return null;
        }
    }

    static @Nullable Long number(Typed typed, String name) {
        return typed.word(name).matches("\\d{1,18}") ? Long.valueOf(typed.word(name)) : null;
    }

    /**
     * Of the page after this one.
     *
     * @param filters the names of those that it keeps
     */
    static String next(String page, List<String> filters, Typed typed, long last) {
        List<String> used =
                filters.stream().filter(name -> !typed.word(name).isEmpty()).toList();
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(page);
        used.forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.queryParam("after", last)
                .encode()
                .buildAndExpand(used.stream().map(typed::word).toArray())
                .toUriString();
    }

    String text(String key) {
        return texts.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
