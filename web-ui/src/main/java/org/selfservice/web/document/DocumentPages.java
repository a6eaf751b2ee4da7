package org.selfservice.web.document;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.DeferDocument;
import org.selfservice.kernel.application.ApplicationCommand.RemoveDocument;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.web.Portal;
import org.selfservice.web.SignedIn;
import org.selfservice.web.application.OwnApplications;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of one file question: hand in, look at, take back, use an earlier one, or say why not now. */
@Controller
@RequestMapping("/applications/{application}/documents")
class DocumentPages {
    private static final int REUSABLE_SHOWN = 5;

    private final Portal portal;
    private final OwnApplications applications;
    private final Uploads uploads;
    private final DocumentStore store;
    private final DocumentTexts texts;

    DocumentPages(
            Portal portal, OwnApplications applications, Uploads uploads, DocumentStore store, DocumentTexts texts) {
        this.portal = portal;
        this.applications = applications;
        this.uploads = uploads;
        this.store = store;
        this.texts = texts;
    }

    /** A file that was not kept, for the page that follows. */
    record Failed(String name, String code) implements Serializable {}

    /** A document that was handed in with another application and may answer this question too. */
    record Reusable(ApplicationId application, Document document, String programName) {}

    @GetMapping("/{field}")
    String show(SignedIn who, @PathVariable ApplicationId application, @PathVariable String field, Model model) {
        ApplicationFile file = applications.find(who, application);
        Field question = question(file, field);
        ProgramDetails program = applications.program(file);
        List<Document> documents = documentsOf(file, field);
        model.addAttribute("file", file);
        model.addAttribute("question", question);
        model.addAttribute("documents", documents);
        model.addAttribute("deferred", file.deferred().get(field));
        model.addAttribute("mayDefer", mayDefer(program, question));
        model.addAttribute("reusable", reusable(who, file, question, documents));
        model.addAttribute("limit", question.constraints().maxBytesOrDefault());
        model.addAttribute("most", question.constraints().maxFilesOrDefault());
        model.addAttribute("left", question.constraints().maxFilesOrDefault() - documents.size());
        model.addAttribute("types", question.constraints().mediaTypesOrDefault());
        model.addAttribute("typeNames", texts.typeNames(question));
        model.addAttribute("reasons", Deferral.values());
        model.addAttribute("next", next(file));
        model.addAttribute("told", texts.told(list(model, "kept"), list(model, "shortened"), (String)
                model.getAttribute("removed")));
        model.addAttribute(
                "errors",
                texts.errors(
                        list(model, "failed"), Boolean.TRUE.equals(model.getAttribute("nothingChosen")), question));
        model.addAttribute("scripts", List.of("upload.js"));
        return "document/question";
    }

    @PostMapping(
            path = "/{field}",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.TEXT_HTML_VALUE)
    String upload(
            SignedIn who,
            @PathVariable ApplicationId application,
            @PathVariable String field,
            HttpServletRequest request,
            RedirectAttributes after)
            throws IOException {
        ApplicationFile file = applications.find(who, application);
        List<Uploads.Outcome> outcomes = uploads.receive(request, file, question(file, field));
        tell(outcomes, after);
        after.addFlashAttribute("nothingChosen", outcomes.isEmpty());
        awaitDocuments(application, outcomes);
        return back(application, field);
    }

    /** The same for the script, which sends one file at a time: {@code {"problem": null}} or why it was not kept. */
    @PostMapping(
            path = "/{field}",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    Result uploadOne(
            SignedIn who,
            @PathVariable ApplicationId application,
            @PathVariable String field,
            HttpServletRequest request)
            throws IOException {
        ApplicationFile file = applications.find(who, application);
        Field question = question(file, field);
        List<Uploads.Outcome> outcomes = uploads.receive(request, file, question);
        awaitDocuments(application, outcomes);
        return new Result(outcomes.stream()
                .filter(outcome -> outcome.refusal() != null)
                .map(outcome -> texts.error(
                        new Failed(outcome.name(), outcome.refusal().code().name()), question))
                .findFirst()
                .orElse(null));
    }

    record Result(@Nullable String problem) {}

    @PostMapping("/{field}/reuse")
    String reuse(
            SignedIn who,
            @PathVariable ApplicationId application,
            @PathVariable String field,
            @RequestParam ApplicationId from,
            @RequestParam DocumentId document,
            RedirectAttributes after)
            throws IOException {
        ApplicationFile file = applications.find(who, application);
        ApplicationFile source = applications.find(who, from);
        Uploads.Outcome outcome = uploads.reuse(source, present(source, document), file, question(file, field));
        List<Uploads.Outcome> outcomes = List.of(outcome);
        tell(outcomes, after);
        awaitDocuments(application, outcomes);
        return back(application, field);
    }

    @PostMapping("/{field}/remove")
    String remove(
            SignedIn who,
            @PathVariable ApplicationId application,
            @PathVariable String field,
            @RequestParam DocumentId document,
            RedirectAttributes after)
            throws IOException {
        ApplicationFile file = applications.find(who, application);
        Document removed = present(file, document);
        applications.find(who, portal.send(new RemoveDocument(application, who.registrant(), document)));
        store.remove(document);
        after.addFlashAttribute("removed", removed.name());
        return back(application, field);
    }

    @PostMapping("/{field}/defer")
    String defer(
            SignedIn who,
            @PathVariable ApplicationId application,
            @PathVariable String field,
            @RequestParam(required = false) @Nullable Deferral why,
            RedirectAttributes after) {
        ApplicationFile file = applications.find(who, application);
        question(file, field);
        applications.find(who, portal.send(new DeferDocument(application, who.registrant(), field, why)));
        return why == null ? back(application, field) : "redirect:" + next(file);
    }

    /** The person's own look at what they handed in. */
    @GetMapping("/{field}/{document}")
    ResponseEntity<InputStreamResource> open(
            SignedIn who, @PathVariable ApplicationId application, @PathVariable DocumentId document)
            throws IOException {
        return send(store, applications.find(who, application), document);
    }

    /** Shown by the browser without any right: neither script nor the portal's cookies. */
    static ResponseEntity<InputStreamResource> send(DocumentStore store, ApplicationFile file, DocumentId id)
            throws IOException {
        Document document = present(file, id);
        InputStream content = store.open(file.id(), id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(document.mediaType()))
                .contentLength(document.bytes())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(
                                        Objects.requireNonNullElse(document.name(), "document"), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header(
                        "Content-Security-Policy",
                        "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'")
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new InputStreamResource(content));
    }

    static Document present(ApplicationFile file, DocumentId id) {
        return file.documents().stream()
                .filter(document -> document.id().equals(id) && document.state() != DocumentState.REMOVED)
                .findFirst()
                .orElseThrow(() -> new Refused(RefusalCode.DOCUMENT_UNKNOWN));
    }

    private Field question(ApplicationFile file, String field) {
        return applications
                .form(file)
                .field(field)
                .filter(found -> found.type() == FieldType.FILE)
                .orElseThrow(() -> new Refused(RefusalCode.NOT_FOUND));
    }

    private static List<Document> documentsOf(ApplicationFile file, String field) {
        return file.documents().stream()
                .filter(document -> document.field().equals(field) && document.state() != DocumentState.REMOVED)
                .toList();
    }

    private static boolean mayDefer(ProgramDetails program, Field question) {
        return !question.required()
                || program.documents().stream()
                        .filter(required -> required.field().equals(question.id()))
                        .anyMatch(DocumentRequirement::mayBeOwed);
    }

    private List<Reusable> reusable(SignedIn who, ApplicationFile file, Field question, List<Document> documents) {
        List<String> there = documents.stream().map(Document::sha256).toList();
        return who.reach(portal.ask(new FindDossier(who.registrant()))).applications().stream()
                .filter(other -> !other.id().equals(file.id()))
                .sorted(Comparator.comparing(ApplicationSummary::changedAt).reversed())
                .limit(REUSABLE_SHOWN)
                .flatMap(other -> portal.ask(new FindApplication(other.id())).documents().stream()
                        .filter(document ->
                                document.state() == DocumentState.READY || document.state() == DocumentState.VERIFIED)
                        .filter(document -> !there.contains(document.sha256()))
                        .filter(document ->
                                document.bytes() <= question.constraints().maxBytesOrDefault())
                        .filter(document ->
                                question.constraints().mediaTypesOrDefault().contains(document.mediaType()))
                        .map(document -> new Reusable(other.id(), document, nameOf(other.program(), who))))
                .limit(REUSABLE_SHOWN)
                .toList();
    }

    private String nameOf(ProgramCode program, SignedIn who) {
        ProgramDetails details = portal.ask(new FindProgram(program));
        return details.profile() == null
                ? program.value()
                : details.profile().name().in(java.util.Locale.forLanguageTag(who.language()));
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> list(Model model, String name) {
        return model.getAttribute(name) instanceof List<?> list ? (List<T>) list : List.of();
    }

    private static void tell(List<Uploads.Outcome> outcomes, RedirectAttributes after) {
        ArrayList<String> kept = new ArrayList<>();
        ArrayList<String> shortened = new ArrayList<>();
        ArrayList<Failed> failed = new ArrayList<>();
        for (Uploads.Outcome outcome : outcomes) {
            if (outcome.refusal() != null) {
                failed.add(new Failed(outcome.name(), outcome.refusal().code().name()));
            } else {
                (outcome.shortened() ? shortened : kept).add(outcome.name());
            }
        }
        after.addFlashAttribute("kept", kept);
        after.addFlashAttribute("shortened", shortened);
        after.addFlashAttribute("failed", failed);
    }

    private void awaitDocuments(ApplicationId application, List<Uploads.Outcome> outcomes) {
        List<DocumentId> kept = outcomes.stream()
                .map(Uploads.Outcome::document)
                .filter(Objects::nonNull)
                .toList();
        portal.ask(
                new FindApplication(application),
                file -> file.documents().stream().map(Document::id).toList().containsAll(kept));
    }

    private static String back(ApplicationId application, String field) {
        return "redirect:/applications/" + application + "/documents/" + field;
    }

    /** Where one goes on: the task list of a draft, the request of a case. */
    private static String next(ApplicationFile file) {
        return "/applications/" + file.id() + (file.state() == ApplicationState.DRAFT ? "/tasks" : "/request");
    }
}
