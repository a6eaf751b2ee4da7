package org.selfservice.web.application;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.program.ProgramQuery.FindProfile;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.page.Format;
import org.selfservice.web.page.Pdf;
import org.selfservice.web.page.Site;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** What was sent, as a document to keep: all answers, the documents and the hashes that prove them. */
@Controller
class ReceiptPdf {
    private final Portal portal;
    private final OwnApplications applications;
    private final Summary summary;
    private final Format format;
    private final Site site;
    private final ITemplateEngine templates;

    ReceiptPdf(
            Portal portal,
            OwnApplications applications,
            Summary summary,
            Format format,
            Site site,
            ITemplateEngine templates) {
        this.portal = portal;
        this.applications = applications;
        this.summary = summary;
        this.format = format;
        this.site = site;
        this.templates = templates;
    }

    record Sent(String question, String name, String size, String sha256) {}

    /** In the language of the request; from what was frozen when it was sent. */
    @GetMapping("/applications/{application}/receipt.pdf")
    ResponseEntity<byte[]> receipt(SignedIn who, @PathVariable ApplicationId application, Locale locale)
            throws IOException {
        ApplicationFile file = applications.find(who, application);
        if (file.submission() == null || file.submittedAt() == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return Pdf.answer(file.reference(), html(file, locale), locale);
    }

    private String html(ApplicationFile file, Locale locale) {
        Submission submission = Objects.requireNonNull(file.submission());
        ProgramProfile profile = profile(file, submission);
        FormDefinition form =
                Objects.requireNonNull(portal.ask(new FindFormVersion(submission.form(), submission.formVersion()))
                        .definition());
        Map<String, Answer> answers = submission.answers().or(Map.of());
        Context context = new Context(locale);
        context.setVariable("language", locale.getLanguage());
        context.setVariable("direction", Pdf.direction(locale));
        context.setVariable("brand", site.getBrand());
        context.setVariable("program", profile.name().in(locale));
        context.setVariable("reference", file.reference());
        context.setVariable("sentAt", format.dateTime(Objects.requireNonNull(file.submittedAt()), profile.zone()));
        context.setVariable("decideBy", file.decideBy() == null ? "" : format.date(file.decideBy(), profile.zone()));
        context.setVariable("erased", submission.answers().isErased());
        context.setVariable(
                "sections", summary.of(form, FormRules.asked(form, answers), answers, locale, profile.currency()));
        context.setVariable("documents", documents(submission, form, locale));
        context.setVariable("owed", owed(submission, form, locale));
        context.setVariable("declaration", submission.declaration());
        context.setVariable("form", submission.form() + " " + submission.formVersion());
        context.setVariable("formSha256", submission.formSha256());
        context.setVariable("sha256", submission.sha256());
        context.setVariable("event", file.submissionEvent());
        return templates.process("application/receipt", context);
    }

    /** As the program described itself when the application was sent: its name, currency and zone may be others today. */
    private ProgramProfile profile(ApplicationFile file, Submission submission) {
        return Objects.requireNonNull(
                portal.ask(new FindProfile(Objects.requireNonNull(file.program()), submission.programRevision()))
                        .profile());
    }

    private List<Sent> documents(Submission submission, FormDefinition form, Locale locale) {
        List<Sent> sent = new ArrayList<>();
        for (SentDocument document : submission.documents()) {
            sent.add(new Sent(
                    label(form, document.field(), locale),
                    document.name().or(""),
                    format.size(document.bytes()),
                    document.sha256()));
        }
        return sent;
    }

    private static List<String> owed(Submission submission, FormDefinition form, Locale locale) {
        return submission.owed().keySet().stream()
                .map(field -> label(form, field, locale))
                .sorted()
                .toList();
    }

    private static String label(FormDefinition form, String field, Locale locale) {
        return form.field(field)
                .map(Field::label)
                .map(label -> label.in(locale))
                .orElse(field);
    }
}
