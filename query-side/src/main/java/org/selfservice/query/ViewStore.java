package org.selfservice.query;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.extensions.mongo.DefaultMongoTemplate;
import org.axonframework.extensions.mongo.eventsourcing.tokenstore.MongoTokenStore;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.bson.Document;

/**
 * The views' database. A view has generations, each a collection with its own positions; one of them is live. A new
 * revision of a view begins with a generation of its own, so that older and newer processes can run side by side.
 */
public final class ViewStore {
    private static final String TOKENS = "tokens";

    private final MongoDatabase database;
    private final boolean shelved;
    private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
    private final Mapping mapping = new Mapping();
    private final Map<String, Integer> live = new ConcurrentHashMap<>();

    /** @param shelved whether lists are read by what this process keeps of the documents, as the server has no indexes */
    ViewStore(MongoDatabase database, boolean shelved) {
        this.database = database;
        this.shelved = shelved;
    }

    public <V> Live<V> live(View<V> view) {
        return new Live<>(() -> documents(view, liveGeneration(view)));
    }

    <V> Documents<V> documents(View<V> view, int generation) {
        String name = "%s_r%d_g%d".formatted(view.name(), view.revision(), generation);
        return new Documents<>(
                view,
                generation,
                database.getCollection(name),
                mapping,
                shelved ? shelves.computeIfAbsent(name, _ -> new Shelf(view.indexes())) : null);
    }

    int liveGeneration(View<?> view) {
        return live.computeIfAbsent(key(view), this::readLive);
    }

    /** Looks whether another process made another generation live. */
    int refreshLiveGeneration(View<?> view) {
        int now = readLive(key(view));
        live.put(key(view), now);
        return now;
    }

    void goLive(View<?> view, int generation) {
        generations()
                .replaceOne(
                        Filters.eq(key(view)),
                        new Document("_id", key(view)).append("live", generation),
                        new ReplaceOptions().upsert(true));
        live.put(key(view), generation);
    }

    /** Forgets a generation's documents and positions. */
    void drop(Documents<?> generation) {
        if (database.listCollectionNames().into(new HashSet<>()).contains(generation.name())) {
            generation.drop();
        }
        database.getCollection(TOKENS).deleteMany(Filters.eq("processorName", generation.name()));
    }

    MongoCollection<Document> collection(String name) {
        return database.getCollection(name);
    }

    /** Positions live beside the documents, so that both are lost or kept together. */
    TokenStore tokens() {
        return MongoTokenStore.builder()
                .mongoTemplate(DefaultMongoTemplate.builder()
                        .mongoDatabase(database)
                        .trackingTokensCollectionName(TOKENS)
                        .build())
                .serializer(Jackson3Serializer.builder().build())
                .build();
    }

    private int readLive(String key) {
        Document found = generations().find(Filters.eq(key)).first();
        return found == null ? 1 : found.getInteger("live");
    }

    private MongoCollection<Document> generations() {
        return database.getCollection("generations");
    }

    private static String key(View<?> view) {
        return view.name() + "@" + view.revision();
    }
}
