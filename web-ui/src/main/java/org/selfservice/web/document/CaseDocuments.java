package org.selfservice.web.document;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.web.Portal;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The bytes of a case's documents, for staff. */
@RestController
@Tag(name = "Cases")
class CaseDocuments {
    private final Portal portal;
    private final DocumentStore store;

    CaseDocuments(Portal portal, DocumentStore store) {
        this.portal = portal;
        this.store = store;
    }

    @Operation(operationId = "openDocument", summary = "Open a document of a case")
    @GetMapping("/api/v1/cases/{application}/documents/{document}")
    ResponseEntity<InputStreamResource> open(@PathVariable ApplicationId application, @PathVariable DocumentId document)
            throws IOException {
        ApplicationFile file = portal.ask(new FindApplication(application));
        if (!file.exists() || file.submittedAt() == null) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return DocumentPages.send(store, file, document);
    }
}
