package org.selfservice.web.application;

import java.util.Locale;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.Source;
import org.selfservice.web.Portal;
import org.selfservice.web.form.AnswerText;
import org.selfservice.web.form.Questions;
import org.selfservice.web.page.Format;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Where a known value came from, in words: "From National ID, received on 3 May 2026". */
@Component
class Sources {
    private final MessageSource texts;
    private final Format format;
    private final Portal portal;

    Sources(MessageSource texts, Format format, Portal portal) {
        this.texts = texts;
        this.format = format;
        this.portal = portal;
    }

    String text(DemographicValue value, String zone, Locale locale) {
        Source source = value.source();
        return texts.getMessage(
                "details.source." + source.kind(),
                new Object[] {by(source, locale), format.date(value.at(), zone)},
                locale);
    }

    /** What stands at a question whose value is known: where it came from, and that a verified one is never lost. */
    String hint(Prefill.Known known, Draft draft, AnswerText words, Locale locale) {
        String from = text(known.value(), draft.profile().zone(), locale);
        Answer answer = draft.answers().get(known.field().id());
        boolean same = answer == null || Questions.looksTheSame(known.field(), known.answer(), answer);
        // First strong isolate (Unicode UAX #9): a phone number reads the same among letters from right to left.
        String value =
                "\u2068" + String.join(", ", words.lines(known.field(), known.answer(), locale, draft.currency()));
        String what = same ? from : texts.getMessage("details.says", new Object[] {value, from}, locale);
        return known.value().verified() ? texts.getMessage("details.both-kept", new Object[] {what}, locale) : what;
    }

    private String by(Source source, Locale locale) {
        if (source.by() == null) {
            return "";
        }
        return switch (source.kind()) {
            case IDENTITY_PROVIDER -> texts.getMessage("registrant.provider." + source.by(), null, source.by(), locale);
            case APPLICATION -> program(source.by(), locale);
            case SELF, OFFICER -> "";
        };
    }

    private String program(String code, Locale locale) {
        ProgramProfile profile =
                portal.ask(new FindProgram(new ProgramCode(code))).profile();
        LocalizedText name = profile == null ? LocalizedText.EMPTY : profile.name();
        return name.isEmpty() ? code : name.in(locale);
    }
}
