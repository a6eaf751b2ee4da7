package org.selfservice.query.application;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRejected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRemoved;
import org.selfservice.kernel.application.ApplicationEvent.DocumentUploaded;
import org.selfservice.kernel.application.ApplicationEvent.DocumentVerified;
import org.selfservice.kernel.application.ApplicationQuery.Document;
import org.selfservice.kernel.application.ApplicationQuery.DocumentState;
import org.selfservice.kernel.document.DocumentId;

/** The part of an application's file that is about its documents, in the order in which they were handed in. */
record HandedIn(List<Document> all) {

    HandedIn after(DocumentUploaded event, Meta meta) {
        Document document = new Document(
                event.document(),
                event.field(),
                event.name().orNull(),
                event.mediaType(),
                event.bytes(),
                event.sha256(),
                event.scanned(),
                meta.at(),
                DocumentState.READY,
                null);
        return new HandedIn(Stream.concat(
                        all.stream().filter(one -> !one.id().equals(event.document())), Stream.of(document))
                .toList());
    }

    HandedIn after(DocumentRemoved event) {
        return change(event.document(), DocumentState.REMOVED, null);
    }

    HandedIn after(DocumentVerified event) {
        return change(event.document(), DocumentState.VERIFIED, null);
    }

    HandedIn after(DocumentRejected event, @Nullable String reason) {
        return change(event.document(), DocumentState.REJECTED, reason);
    }

    /** Without names and reasons, which are gone with the key. */
    HandedIn erased() {
        return change(one -> with(one, null, one.state(), null));
    }

    @Nullable
    String nameOf(DocumentId document) {
        return all.stream()
                .filter(one -> one.id().equals(document))
                .findFirst()
                .map(Document::name)
                .orElse(null);
    }

    private HandedIn change(DocumentId document, DocumentState state, @Nullable String rejection) {
        return change(one -> one.id().equals(document) ? with(one, one.name(), state, rejection) : one);
    }

    private HandedIn change(UnaryOperator<Document> change) {
        return new HandedIn(all.stream().map(change).toList());
    }

    private static Document with(
            Document document, @Nullable String name, DocumentState state, @Nullable String rejection) {
        return new Document(
                document.id(),
                document.field(),
                name,
                document.mediaType(),
                document.bytes(),
                document.sha256(),
                document.scanned(),
                document.uploadedAt(),
                state,
                rejection);
    }
}
