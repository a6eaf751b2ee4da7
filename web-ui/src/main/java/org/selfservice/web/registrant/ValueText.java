package org.selfservice.web.registrant;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.Source;
import org.selfservice.web.form.AnswerText;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Demographic values and their sources in words. In templates: {@code ${@values.of('birthdate', value)}}. */
@Component("values")
class ValueText {

    private final AnswerText words;
    private final MessageSource texts;

    ValueText(AnswerText words, MessageSource texts) {
        this.words = words;
        this.texts = texts;
    }

    /** In lines; the word for an erased value when there is none. */
    public String of(String attribute, @Nullable Answer value) {
        if (value == null) {
            return text("registrant.erasedValue");
        }
        List<String> lines = words.lines(
                Demographics.question(attribute), value, LocaleContextHolder.getLocale(), Money.NO_CURRENCY);
        return attribute.equals(Demographics.GENDER) && !lines.isEmpty()
                ? gender(lines.getFirst())
                : String.join("\n", lines);
    }

    /** Providers' words for it are few; what a person typed stays as typed. */
    private String gender(String said) {
        return texts.getMessage(
                "registrant.gender." + said.toLowerCase(Locale.ROOT), null, said, LocaleContextHolder.getLocale());
    }

    public String attribute(String name) {
        return text("registrant.attribute." + name);
    }

    public String source(Source source) {
        return text("registrant.source." + source.kind(), provider(source.by()));
    }

    /** The name of an identity provider, by its id in the configuration. */
    public String provider(@Nullable String id) {
        String locale = LocaleContextHolder.getLocale().getLanguage();
        return id == null ? "" : texts.getMessage("registrant.provider." + id, null, id, Locale.of(locale));
    }

    private String text(String key, Object... arguments) {
        return texts.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }
}
