package org.selfservice.query;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoServerException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.BSONException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;

/** One generation of a view's documents, in a collection of its own. */
final class Documents<V> {
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final View<V> view;
    private final int generation;
    private final MongoCollection<Document> collection;
    private final Mapping mapping;
    private final @Nullable Shelf shelf;

    /** @param shelf what lists are read by where the server has no indexes; null where it has */
    Documents(
            View<V> view,
            int generation,
            MongoCollection<Document> collection,
            Mapping mapping,
            @Nullable Shelf shelf) {
        this.view = view;
        this.generation = generation;
        this.collection = collection;
        this.mapping = mapping;
        this.shelf = shelf;
    }

    String name() {
        return collection.getNamespace().getCollectionName();
    }

    int generation() {
        return generation;
    }

    /**
     * Creates the indexes that are missing.
     *
     * @throws CannotStart when one cannot be had as it is declared
     */
    void prepare() {
        // The embedded stand-in finds a guarded document fast only by a unique index on exactly these fields.
        index(new Document("_id", 1).append("rev", 1), new IndexOptions().unique(true));
        for (View.Index index : view.indexes()) {
            Document keys = new Document();
            index.fields().forEach(field -> keys.append(field.replaceFirst("^-", ""), field.startsWith("-") ? -1 : 1));
            index(keys, new IndexOptions().unique(index.unique()).sparse(index.unique()));
        }
    }

    private void index(Document keys, IndexOptions options) {
        try {
            // one of many documents takes its time
            collection.withTimeout(0, TimeUnit.MILLISECONDS).createIndex(keys, options);
        } catch (MongoServerException otherwise) {
            throw new CannotStart(
                    "MongoDB cannot make the index %s of %s (error %d). Take away what is in its way, another index or documents that may not be alike, and start again."
                            .formatted(keys.toJson(), name(), otherwise.getCode()));
        }
        boolean isThere = collection.listIndexes().into(new ArrayList<>()).stream()
                .anyMatch(found -> fields(found.get("key", Document.class)).equals(fields(keys))
                        && found.getBoolean("unique", false) == options.isUnique());
        if (!isThere) {
            throw new CannotStart(
                    "MongoDB has no index %s of %s, although it was asked for it. Drop what is in its way."
                            .formatted(keys.toJson(), name()));
        }
    }

    /** In their order, which a document's own comparison does not regard. */
    private static List<String> fields(Document keys) {
        return keys.entrySet().stream()
                .map(key -> key.getKey() + " " + ((Number) key.getValue()).intValue())
                .toList();
    }

    Map<String, Stored<V>> load(Collection<String> ids) {
        Map<String, Stored<V>> found = new HashMap<>();
        collection
                .find(new Document("_id", new Document("$in", List.copyOf(ids))))
                .forEach((Consumer<Document>) document -> {
                    Stored<V> stored = read(document);
                    found.put(stored.id(), stored);
                });
        return found;
    }

    /** Writes all, each only if nobody else wrote it since it was loaded; false when some could not be written. */
    boolean writeAll(List<Stored<V>> changed) {
        List<WriteModel<Document>> writes = new ArrayList<>();
        changed.forEach(one -> writes.add(
                one.revision() == 0
                        ? new InsertOneModel<>(document(one))
                        : new ReplaceOneModel<>(guard(one), document(one))));
        try {
            var result = collection.bulkWrite(writes, UNORDERED);
            boolean all = result.getInsertedCount() + result.getMatchedCount() == changed.size();
            shelve(changed, all);
            return all;
        } catch (MongoBulkWriteException | BSONException e) {
            shelve(changed, false);
            return false;
        }
    }

    /** @param all whether all were written; else those are read again that were */
    private void shelve(List<Stored<V>> changed, boolean all) {
        if (shelf == null) {
            return;
        }
        if (all) {
            changed.forEach(one -> shelf.put(one.id(), one.revision() + 1, row(one)));
        } else {
            load(changed.stream().map(Stored::id).toList())
                    .values()
                    .forEach(one -> shelf.put(one.id(), one.revision(), row(one)));
        }
    }

    /** @return false when somebody else wrote it since it was loaded */
    boolean write(Stored<V> one) {
        if (one.revision() > 0) {
            boolean written = collection.replaceOne(guard(one), document(one)).getMatchedCount() == 1;
            shelve(List.of(one), written);
            return written;
        }
        if (!load(List.of(one.id())).isEmpty()) {
            return false;
        }
        collection.insertOne(document(one));
        shelve(List.of(one), true);
        return true;
    }

    Optional<V> find(Document filter) {
        return Optional.ofNullable(collection.find(filter).first())
                .map(found -> read(found).document());
    }

    List<V> list(Document filter, Document sort, int limit) {
        if (shelf != null && shelf.sorts(sort)) {
            List<String> ids = shelf.list(filter, sort, limit);
            Map<String, Stored<V>> stored = load(ids);
            return ids.stream()
                    .map(stored::get)
                    .filter(Objects::nonNull)
                    .map(Stored::document)
                    .toList();
        }
        List<V> found = new ArrayList<>();
        collection.find(filter).sort(sort).limit(limit).forEach((Consumer<Document>)
                document -> found.add(read(document).document()));
        return found;
    }

    long count(Document filter) {
        return shelf != null ? shelf.count(filter) : collection.countDocuments(filter);
    }

    /** How many there are. */
    long size() {
        return collection.estimatedDocumentCount();
    }

    List<Document> aggregate(List<Document> stages) {
        return collection.aggregate(stages).into(new ArrayList<>());
    }

    Set<String> ids() {
        return collection
                .find()
                .projection(new Document("_id", 1))
                .map(found -> found.getString("_id"))
                .into(new HashSet<>());
    }

    void drop() {
        collection.drop();
        if (shelf != null) {
            shelf.clear();
        }
    }

    private static Document guard(Stored<?> one) {
        return new Document("_id", one.id()).append("rev", one.revision());
    }

    private Document document(Stored<V> one) {
        Document document = new Document("_id", one.id()).append("rev", one.revision() + 1);
        document.putAll(row(one));
        Document seen = new Document();
        one.seen().forEach((stream, sequence) -> seen.append(Mapping.escape(stream), sequence));
        document.append("seen", seen);
        if (one.isParked()) {
            document.append(
                    "waiting",
                    one.waiting().stream()
                            .map(event -> new Document("stream", event.stream()).append("sequence", event.sequence()))
                            .toList());
        }
        return document.append("body", mapping.write(one.document()));
    }

    private Map<String, Object> row(Stored<V> one) {
        Map<String, Object> row = new HashMap<>();
        view.lifted(one.document()).forEach((name, value) -> {
            if (value != null) {
                row.put(name, value);
            }
        });
        return row;
    }

    private Stored<V> read(Document document) {
        Map<String, Long> seen = new LinkedHashMap<>();
        document.get("seen", Document.class)
                .forEach((stream, sequence) -> seen.put(Mapping.unescape(stream), ((Number) sequence).longValue()));
        List<Stored.Waiting> waiting = document.getList("waiting", Document.class, List.of()).stream()
                .map(event ->
                        new Stored.Waiting(event.getString("stream"), ((Number) event.get("sequence")).longValue()))
                .toList();
        return new Stored<>(
                document.getString("_id"),
                ((Number) document.get("rev")).longValue(),
                mapping.read(document.get("body", Document.class), view.document()),
                seen,
                waiting);
    }
}
