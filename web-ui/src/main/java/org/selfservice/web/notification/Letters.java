package org.selfservice.web.notification;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.selfservice.kernel.notification.Message;
import org.selfservice.web.page.Format;
import org.selfservice.web.page.Language;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/** Messages in words. What is read in the portal alone (answers, reasons, amounts, decisions) is not known here. */
@Component
class Letters {
    private final MessageSource texts;
    private final Format format;

    Letters(MessageSource texts, Format format) {
        this.texts = texts;
        this.format = format;
    }

    record Letter(String subject, String plain, String html) {}

    Letter letter(Message message, URI portal) {
        Language language = language(message);
        Locale locale = language.locale();
        String what = sentence(message, "what", locale);
        String next = sentence(message, "next", locale);
        String link = link(message, portal);
        String reference = message.reference();
        String why = texts.getMessage("notice.why", null, locale);
        String preferences = portal.resolve("/me") + "#contact";
        Stream<String> plain = Stream.of(
                        Optional.of(what),
                        Optional.of(next),
                        Optional.of(link),
                        Optional.ofNullable(reference)
                                .map(it -> texts.getMessage("notice.reference", null, locale) + "\n" + it),
                        Optional.of(why + "\n" + preferences))
                .flatMap(Optional::stream);
        List<String> html = Stream.of(
                        Optional.of(escaped(what)),
                        Optional.of(escaped(next)),
                        Optional.of(anchor(link)),
                        Optional.ofNullable(reference)
                                .map(it -> escaped(texts.getMessage("notice.reference", null, locale))
                                        + "<br><bdi dir=\"ltr\">" + escaped(it) + "</bdi>"),
                        Optional.of(escaped(why) + "<br>" + anchor(preferences)))
                .flatMap(Optional::stream)
                .toList();
        return new Letter(
                sentence(message, "short", locale),
                plain.collect(Collectors.joining("\n\n", "", "\n")),
                "<!DOCTYPE html><html lang=\"" + language.tag() + "\" dir=\"" + language.direction()
                        + "\"><head><meta charset=\"utf-8\"><title>" + escaped(sentence(message, "short", locale))
                        + "</title></head><body>"
                        + html.stream().map(part -> "<p>" + part + "</p>").collect(Collectors.joining())
                        + "</body></html>");
    }

    /** One line. */
    String sms(Message message, URI portal) {
        String reference = message.reference() == null ? "" : " (" + message.reference() + ")";
        return sentence(message, "short", language(message).locale()) + reference + " " + link(message, portal);
    }

    private String sentence(Message message, String part, Locale locale) {
        String program = message.program();
        Object[] gaps = {program == null ? "" : oneLine(program), day(message, locale)};
        return texts.getMessage("notice." + message.notice() + "." + part, gaps, locale);
    }

    private String day(Message message, Locale locale) {
        if (message.date() == null) {
            return "";
        }
        Locale before = LocaleContextHolder.getLocale();
        LocaleContextHolder.setLocale(locale);
        try {
            return format.date(message.date());
        } finally {
            LocaleContextHolder.setLocale(before);
        }
    }

    private static String link(Message message, URI portal) {
        return portal.resolve(page(message)).toString();
    }

    private static String page(Message message) {
        return switch (message.notice()) {
            case ID_LINKED, ID_UNLINKED -> "/me/ids";
            default -> message.application() == null ? "/enrolments" : "/applications/" + message.application();
        };
    }

    private static Language language(Message message) {
        return Language.of(Locale.forLanguageTag(message.language())).orElse(Language.ENGLISH);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static String anchor(String link) {
        return "<a href=\"" + escaped(link) + "\">" + escaped(link) + "</a>";
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
