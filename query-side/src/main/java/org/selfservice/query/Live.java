package org.selfservice.query;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.Document;

/** Reads a view's documents of the generation that is live now. */
public final class Live<V> {
    private final Supplier<Documents<V>> documents;

    Live(Supplier<Documents<V>> documents) {
        this.documents = documents;
    }

    public Optional<V> find(String id) {
        return documents.get().find(new Document("_id", id));
    }

    /** @param field a lifted one with a unique index */
    public Optional<V> findBy(String field, Object value) {
        return documents.get().find(new Document(field, value));
    }

    /** @param filter and {@code sort} use lifted fields that an index holds, or nothing where documents are few */
    public List<V> list(Document filter, Document sort, int limit) {
        return documents.get().list(filter, sort, limit);
    }

    /** @param stages begin with a match; they use lifted fields, or a document's own under {@code body} */
    public List<Document> aggregate(List<Document> stages) {
        return documents.get().aggregate(stages);
    }

    /** @param filter uses lifted fields that an index begins with */
    public long count(Document filter) {
        return documents.get().count(filter);
    }
}
