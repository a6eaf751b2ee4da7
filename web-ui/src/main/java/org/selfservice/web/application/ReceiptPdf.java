package org.selfservice.web.application;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.TextDirection;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import org.selfservice.web.page.Language;
import org.selfservice.web.page.Site;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** What was sent, as a document to keep: all answers, the documents and the hashes that prove them. */
@Controller
class ReceiptPdf {
    private static final String FONTS = "net/sf/jasperreports/fonts/dejavu/";
    private static final String NO_GLYPH = "\u25A1";

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
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(file.reference() + ".pdf")
                                .build()
                                .toString())
                .body(pdf(html(file, locale), locale));
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
        context.setVariable("direction", direction(locale));
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
        return printable(templates.process("application/receipt", context));
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

    private static String direction(Locale locale) {
        return Language.of(locale).orElse(Language.ENGLISH).direction();
    }

    /** Without the characters that XML 1.0 does not allow. */
    private static String printable(String html) {
        StringBuilder text = new StringBuilder(html.length());
        html.codePoints()
                .filter(c -> c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || c >= 0x20 && c <= 0xD7FF
                        || c >= 0xE000 && c <= 0xFFFD
                        || c >= 0x10000)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static byte[] pdf(String html, Locale locale) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PdfRendererBuilder()
                .useFastMode()
                .useFont(font("DejaVuSans.ttf"), "receipt", 400, FontStyle.NORMAL, true)
                .useFont(font("DejaVuSans-Bold.ttf"), "receipt", 700, FontStyle.NORMAL, true)
                .useUnicodeBidiSplitter(RightToLeft.Runs::new)
                .useUnicodeBidiReorderer(new RightToLeft.Order())
                .defaultTextDirection(direction(locale).equals("rtl") ? TextDirection.RTL : TextDirection.LTR)
                .useReplacementText(NO_GLYPH)
                // A receipt shows nothing but its own text.
                .useUriResolver((base, uri) -> null)
                .withHtmlContent(html, null)
                .toStream(out)
                .run();
        return out.toByteArray();
    }

    private static FSSupplier<InputStream> font(String name) {
        return () -> {
            try {
                return new ClassPathResource(FONTS + name).getInputStream();
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        };
    }
}
