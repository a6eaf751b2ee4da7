package org.selfservice.query;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents that are out of service because an event could not be folded into them. The events that wait are in the
 * document itself, so that neither can be lost without the other; here is what one must know to see and retry it.
 */
public final class Parked {
    private static final Logger log = LoggerFactory.getLogger(Parked.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final MongoCollection<Document> collection;
    private final Clock clock;

    Parked(MongoCollection<Document> collection, Clock clock) {
        this.collection = collection;
        this.clock = clock;
    }

    /**
     * @param generation the collection that the document is in
     * @param cause why, as {@link Failure} may say it; {@code where} in the portal's own code
     * @param tries how often folding it was tried
     */
    public record Entry(
            String view,
            String generation,
            String document,
            String cause,
            String where,
            Instant since,
            int tries,
            Instant nextTry) {}

    public List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        collection.find().forEach((Consumer<Document>) found -> entries.add(entry(found)));
        return entries;
    }

    public long count() {
        return collection.countDocuments();
    }

    public long count(String view) {
        return collection.countDocuments(Filters.eq("view", view));
    }

    void failed(String view, String generation, String document, Throwable failure) {
        Optional<Entry> before = Optional.ofNullable(
                        collection.find(Filters.eq(id(generation, document))).first())
                .map(Parked::entry);
        int tries = before.map(Entry::tries).orElse(0) + 1;
        Failure what = Failure.of(failure);
        Instant now = clock.instant();
        Duration wait = tries > 10 ? LONGEST_WAIT : FIRST_RETRY.multipliedBy(1L << (tries - 1));
        Entry entry = new Entry(
                view,
                generation,
                document,
                what.cause(),
                what.where(),
                before.map(Entry::since).orElse(now),
                tries,
                now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait));
        if (before.isEmpty()) {
            log.error("View {} is out of service for {}: {}", view, document, what);
        }
        collection.replaceOne(Filters.eq(id(generation, document)), document(entry), new ReplaceOptions().upsert(true));
    }

    void released(String view, String generation, String document) {
        if (collection.deleteOne(Filters.eq(id(generation, document))).getDeletedCount() > 0) {
            log.info("View {} is back in service for {}", view, document);
        }
    }

    void forget(String generation) {
        list().stream()
                .filter(entry -> entry.generation().equals(generation))
                .forEach(entry -> collection.deleteOne(Filters.eq(id(generation, entry.document()))));
    }

    private static String id(String generation, String document) {
        return generation + "/" + document;
    }

    private static Document document(Entry entry) {
        return new Document("_id", id(entry.generation(), entry.document()))
                .append("view", entry.view())
                .append("generation", entry.generation())
                .append("document", entry.document())
                .append("cause", entry.cause())
                .append("where", entry.where())
                .append("since", Date.from(entry.since()))
                .append("tries", entry.tries())
                .append("nextTry", Date.from(entry.nextTry()));
    }

    private static Entry entry(Document found) {
        return new Entry(
                found.getString("view"),
                found.getString("generation"),
                found.getString("document"),
                found.getString("cause"),
                found.getString("where"),
                found.getDate("since").toInstant(),
                found.getInteger("tries"),
                found.getDate("nextTry").toInstant());
    }
}
