package org.selfservice.web.document;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.Refused.Refusal;
import org.selfservice.kernel.application.ApplicationCommand.UploadDocument;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Field;
import org.selfservice.web.Portal;
import org.springframework.stereotype.Component;

/** Files on their way into an application: every one that was sent ends as a document or as a reason why not. */
@Component
class Uploads {
    /** A browser gets an answer only when all that it sent was read; beyond this it is cut off. */
    private static final long READ_PAST_LIMIT = 200_000_000;

    private final Portal portal;
    private final Intake intake;
    private final DocumentStore store;

    Uploads(Portal portal, Intake intake, DocumentStore store) {
        this.portal = portal;
        this.intake = intake;
        this.store = store;
    }

    /** @param refusal why the file was not kept; null when it was */
    record Outcome(
            String name,
            boolean shortened,
            @Nullable DocumentId document,
            @Nullable Refusal refusal) {}

    /** Reads a multipart request part by part. Sent nothing at all: no outcomes. */
    List<Outcome> receive(HttpServletRequest request, ApplicationFile application, Field field) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        Set<String> there = contents(application, field);
        try {
            FileItemInputIterator parts = new JakartaServletFileUpload<>().getItemIterator(request);
            while (parts.hasNext()) {
                FileItemInput part = parts.next();
                if (!part.isFormField()) {
                    try (InputStream content = part.getInputStream()) {
                        boolean nothingChosen =
                                part.getName() == null || part.getName().isEmpty();
                        if (!nothingChosen) {
                            outcomes.add(one(application, field, FileName.of(part.getName()), content, there));
                        }
                    }
                }
            }
        } catch (FileUploadException broken) {
            throw new Refused(RefusalCode.DOCUMENT_INCOMPLETE);
        }
        return outcomes;
    }

    private Outcome one(ApplicationFile application, Field field, FileName name, InputStream content, Set<String> there)
            throws IOException {
        try {
            Intake.Kept kept = intake.take(application.id(), content, field.constraints());
            return add(application, field, name, kept, there);
        } catch (Refused refused) {
            readToTheEnd(content);
            return new Outcome(name.value(), name.shortened(), null, refused.refusal());
        }
    }

    /** Hands in again what was handed in with an earlier application: a copy under the key of this one. */
    Outcome reuse(ApplicationFile from, Document document, ApplicationFile to, Field field) throws IOException {
        FileName name = FileName.of(document.name());
        try (InputStream content = store.open(from.id(), document.id())) {
            Intake.Kept kept = intake.take(to.id(), content, field.constraints());
            return add(to, field, name, kept, contents(to, field));
        } catch (Refused refused) {
            return new Outcome(name.value(), false, null, refused.refusal());
        }
    }

    /** @param there hashes of what the question has, and of what the same request brought */
    private Outcome add(ApplicationFile application, Field field, FileName name, Intake.Kept kept, Set<String> there)
            throws IOException {
        if (there.contains(kept.sha256())) {
            store.remove(kept.document());
            return new Outcome(name.value(), name.shortened(), null, new Refusal(RefusalCode.DOCUMENT_TWICE, Map.of()));
        }
        try {
            portal.send(new UploadDocument(
                    application.id(),
                    java.util.Objects.requireNonNull(application.registrant()),
                    kept.document(),
                    field.id(),
                    Personal.of(name.value()),
                    kept.mediaType(),
                    kept.bytes(),
                    kept.sha256(),
                    false));
            there.add(kept.sha256());
            return new Outcome(name.value(), name.shortened(), kept.document(), null);
        } catch (RuntimeException refused) {
            store.remove(kept.document());
            throw refused;
        }
    }

    private static Set<String> contents(ApplicationFile application, Field field) {
        return application.documents().stream()
                .filter(document -> document.field().equals(field.id())
                        && document.state() != DocumentState.REMOVED
                        && document.state() != DocumentState.REJECTED)
                .map(Document::sha256)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static void readToTheEnd(InputStream content) throws IOException {
        byte[] ignored = new byte[1 << 16];
        long past = 0;
        int read;
        while ((read = content.read(ignored)) > 0) {
            past += read;
            if (past > READ_PAST_LIMIT) {
                throw new IOException("far more was sent than one file may hold");
            }
        }
    }
}
