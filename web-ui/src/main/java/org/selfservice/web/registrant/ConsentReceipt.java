package org.selfservice.web.registrant;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.registrant.RegistrantQuery.Consent;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.page.Format;
import org.selfservice.web.page.Pdf;
import org.selfservice.web.page.Site;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** What the person agreed to share, with whom, for what and by which words: a document to keep. */
@Controller
class ConsentReceipt {
    private final Portal portal;
    private final ValueText values;
    private final Format format;
    private final Site site;
    private final MessageSource texts;
    private final ITemplateEngine templates;

    ConsentReceipt(
            Portal portal, ValueText values, Format format, Site site, MessageSource texts, ITemplateEngine templates) {
        this.portal = portal;
        this.values = values;
        this.format = format;
        this.site = site;
        this.texts = texts;
        this.templates = templates;
    }

    /** In the language of the request; the words of the consent in the language in which they were read. */
    @GetMapping("/me/consents/{consent}/receipt.pdf")
    ResponseEntity<byte[]> receipt(SignedIn who, @PathVariable String consent, Locale locale) throws IOException {
        Consent one = portal.ask(new FindDossier(who.registrant())).consents().stream()
                .filter(given -> given.id().equals(consent))
                .findFirst()
                .orElseThrow(() -> new Refused(RefusalCode.CONSENT_UNKNOWN));
        Context context = new Context(locale);
        context.setVariables(Map.of(
                "language", locale.getLanguage(),
                "direction", Pdf.direction(locale),
                "brand", site.getBrand(),
                "consent", one,
                "recipient", recipient(one, locale),
                "claims", one.claims().stream().map(values::attribute).toList(),
                "words", words(one),
                "wordsDirection", Pdf.direction(Locale.forLanguageTag(one.language())),
                "givenAt", format.dateTime(one.givenAt())));
        context.setVariable("withdrawnAt", one.withdrawnAt() == null ? null : format.dateTime(one.withdrawnAt()));
        return Pdf.answer("consent", templates.process("registrant/consent-receipt", context), locale);
    }

    private String recipient(Consent consent, Locale locale) {
        return portal.ask(new FindPrograms(false)).programs().stream()
                .filter(program -> program.code().value().equals(consent.recipient()) && program.profile() != null)
                .map(program -> program.profile().name().in(locale))
                .findFirst()
                .orElseGet(() -> values.provider(consent.recipient()));
    }

    /** As that version of the text reads; nothing for one that this portal does not have. */
    private List<String> words(Consent consent) {
        String text = text("consent.words." + consent.textVersion(), Locale.forLanguageTag(consent.language()));
        return text == null ? List.of() : List.of(text.split("\\|"));
    }

    private @Nullable String text(String key, Locale locale) {
        return texts.getMessage(key, null, null, locale);
    }
}
