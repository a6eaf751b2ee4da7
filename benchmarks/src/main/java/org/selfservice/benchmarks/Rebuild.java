package org.selfservice.benchmarks;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryUpdateEmitter;
import org.bson.Document;
import org.selfservice.benchmarks.Report.Goal;
import org.selfservice.kernel.audit.History;
import org.selfservice.kernel.replay.Replays;
import org.selfservice.query.QuerySideConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * All views from event zero, as at the start of a portal: from the moment at which the projections start to the one at which
 * all are level. Beside it what nothing can be faster than: reading the events once, and writing the documents once.
 */
final class Rebuild {
    private static final int BATCH = 1_000;

    private Rebuild() {}

    static Report measure(Size size, Path home) throws Exception {
        Report report = new Report();
        try (Sides sides = new Sides(home, "command")) {
            Crowd crowd = new Crowd(sides);
            EventStore events = sides.get(EventStore.class);
            for (int target : size.histories()) {
                crowd.complete((target - (int) count(events)) / Crowd.EVENTS_EACH);
                measure(size.rounds(), sides, report);
            }
        }
        return report;
    }

    private static void measure(int rounds, Sides sides, Report report) throws Exception {
        EventStorageEngine engine = sides.get(EventStorageEngine.class);
        double[] rebuilt = new double[rounds];
        double[] read = new double[rounds];
        double[] written = new double[rounds];
        double[] ratios = new double[rounds];
        long events = 0;
        long writes = 0;
        for (int round = -1; round < rounds; round++) {
            MongoServer server = new MongoServer(new MemoryBackend());
            try (MongoClient client = MongoClients.create(server.bindAndGetConnectionString())) {
                long begun = System.nanoTime();
                events = engine.readEvents(null, false)
                        .filter(event -> event.getPayload() != null)
                        .count();
                double reading = seconds(begun);
                double folding = fold(sides, server.getConnectionString());
                Map<String, List<Document>> documents = documents(client.getDatabase("portal"));
                writes = documents.values().stream().mapToInt(List::size).sum();
                double writing = write(documents, client.getDatabase("bare"));
                // The first is for warming up.
                if (round >= 0) {
                    rebuilt[round] = events / folding;
                    read[round] = events / reading;
                    written[round] = writes / writing;
                    ratios[round] = (reading + writing) / folding;
                }
            } finally {
                server.shutdownNow();
            }
        }
        String what = "%,d events".formatted(events);
        report.median(what + ": all views folded", "events/s", rebuilt, null)
                .median(what + ": read and deciphered once", "events/s", read, null)
                .median(what + ": their %,d documents written alone".formatted(writes), "documents/s", written, null)
                .median(what + ": reading and writing alone beside folding", "", ratios, Goal.atLeast(0.5));
    }

    /** @return seconds */
    private static double fold(Sides sides, String database) {
        try (AnnotationConfigApplicationContext querySide = new AnnotationConfigApplicationContext()) {
            querySide
                    .getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("benchmark", Map.of("portal.mongo.uri", database)));
            for (Class<?> needed : List.of(EventStore.class, Replays.class, History.class)) {
                share(needed, sides, querySide);
            }
            querySide.registerBean(
                    QueryUpdateEmitter.class,
                    () -> SimpleQueryUpdateEmitter.builder().build());
            querySide.register(Begin.class, QuerySideConfiguration.class);
            querySide.refresh();
            return seconds(querySide.getBean(Begin.class).at);
        }
    }

    private static <T> void share(Class<T> bean, Sides sides, AnnotationConfigApplicationContext querySide) {
        querySide.registerBean(bean, () -> sides.get(bean));
    }

    /**
     * Takes the time right before the views start, which then hold the start up until they are level. It must not know them,
     * or they would be started before it.
     */
    static final class Begin implements SmartLifecycle {
        private volatile long at;

        @Override
        public void start() {
            at = System.nanoTime();
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return at != 0;
        }

        @Override
        public int getPhase() {
            return 0;
        }
    }

    private static Map<String, List<Document>> documents(MongoDatabase database) {
        Map<String, List<Document>> documents = new LinkedHashMap<>();
        for (String name : database.listCollectionNames()) {
            if (name.matches(".*_r\\d+_g\\d+")) {
                documents.put(name, database.getCollection(name).find().into(new ArrayList<>()));
            }
        }
        return documents;
    }

    /** Under the same guard, in batches as large. */
    private static double write(Map<String, List<Document>> documents, MongoDatabase into) {
        long begun = System.nanoTime();
        documents.forEach((name, all) -> {
            MongoCollection<Document> collection = into.getCollection(name);
            collection.createIndex(Indexes.ascending("_id", "rev"), new IndexOptions().unique(true));
            for (int from = 0; from < all.size(); from += BATCH) {
                collection.bulkWrite(
                        all.subList(from, Math.min(all.size(), from + BATCH)).stream()
                                .map(InsertOneModel::new)
                                .toList(),
                        new BulkWriteOptions().ordered(false));
            }
        });
        return seconds(begun);
    }

    private static long count(EventStore events) {
        return events.createHeadToken().position().orElse(-1) + 1;
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
