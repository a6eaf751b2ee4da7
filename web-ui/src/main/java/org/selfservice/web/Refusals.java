package org.selfservice.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.selfservice.kernel.Refused.Refusal;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What a person reads when a rule says no: the text of the code, its gaps filled from the details. */
@Component
public class Refusals {
    private final MessageSource messages;

    Refusals(MessageSource messages) {
        this.messages = messages;
    }

    /** In the language of the current request. */
    public String text(Refusal refusal) {
        return text(refusal, LocaleContextHolder.getLocale());
    }

    public String text(Refusal refusal, Locale locale) {
        String text = messages.getMessage("refusal." + refusal.code(), null, locale);
        for (Map.Entry<String, String> detail : refusal.details().entrySet()) {
            text = text.replace("{" + detail.getKey() + "}", readable(detail.getValue(), locale));
        }
        return text.replaceAll("[:：]? ?\\{[a-z]+}", "");
    }

    private static String readable(String value, Locale locale) {
        if (value.matches("\\d{4}-\\d{2}-\\d{2}")) {
            try {
                return LocalDate.parse(value).format(DateTimeFormatter.ofPattern("d MMMM uuuu", locale));
            } catch (DateTimeException notADay) {
                return value;
            }
        }
        return value;
    }
}
