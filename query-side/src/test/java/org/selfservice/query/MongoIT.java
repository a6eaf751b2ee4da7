package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.registrant;

import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.CannotStart;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentWithdrawn;
import org.springframework.boot.health.contributor.Status;

/** What the query side asks of a MongoDB that it is given by its address. */
class MongoIT {
    private final MongoUnderTest mongo = new MongoUnderTest();
    private final Map<String, Object> properties = Map.of("portal.mongo.uri", mongo.uri());

    @AfterEach
    void drop() {
        mongo.close();
    }

    @Test
    void everyWriteIsAcknowledgedByTheMajority() {
        Set<String> writes = Set.of("insert", "update", "delete", "findAndModify");
        List<BsonDocument> seen = new CopyOnWriteArrayList<>();
        CommandListener listener = new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (writes.contains(event.getCommandName())) {
                    seen.add(event.getCommand().clone());
                }
            }
        };
        try (QuerySide side = QuerySide.hearing(listener, properties)) {
            Histories.of(3, 3, 60).forEach(event -> side.happen(OFFICER, event));
            side.awaitLevel();
            side.replayed("application");
        }
        assertThat(seen)
                .isNotEmpty()
                .allSatisfy(
                        write -> assertThat(write.getDocument("writeConcern").get("w"))
                                .as(write.getFirstKey())
                                .isEqualTo(new BsonString("majority")));
    }

    @Test
    void theIndexesOfEveryViewAreMadeAtTheStart() {
        try (QuerySide side = new QuerySide(QuerySide.inMemory(), properties)) {
            mongo.look(database -> AllViews.all()
                    .forEach(view -> assertThat(indexes(
                                    database,
                                    side.bean(ViewStore.class)
                                            .documents(view, 1)
                                            .name()))
                            .as(view.name())
                            .hasSize(view.indexes().size() + 2)));
        }
    }

    @Test
    void anIndexThatCannotBeHadAsItIsDeclaredKeepsThePortalFromStarting() {
        Tally view = new Tally((_, _) -> {}, true);
        mongo.look(database -> database.getCollection("tally_r1_g1")
                .insertMany(List.of(
                        new Document("_id", "a").append("last", "same"),
                        new Document("_id", "b").append("last", "same"))));

        assertThatThrownBy(() -> new QuerySide(QuerySide.inMemory(), properties, view).close())
                .hasRootCauseInstanceOf(CannotStart.class)
                .hasStackTraceContaining("{\"last\": 1} of tally_r1_g1");
    }

    @Test
    void documentsPositionsAndWhatIsParkedLieInTheDatabaseThatTheAddressNames() {
        Tally view = new Tally((withdrawn, _) -> {
            if (withdrawn.consent().equals("bad")) {
                throw new IllegalStateException();
            }
        });
        try (QuerySide side = new QuerySide(QuerySide.inMemory(), properties, view)) {
            side.happen(
                    OFFICER,
                    new Event[] {new ConsentWithdrawn(registrant(1), "a"), new ConsentWithdrawn(registrant(2), "bad")});
            side.awaitLevel();
        }
        mongo.look(database -> {
            assertThat(database.getCollection("tally_r1_g1").countDocuments()).isEqualTo(2);
            assertThat(database.getCollection("parked").countDocuments()).isEqualTo(1);
            assertThat(database.getCollection("tokens").countDocuments(new Document("processorName", "tally_r1_g1")))
                    .isEqualTo(1);
        });
    }

    @Test
    void whileItIsAwayNothingIsLostAndTheViewsGoOnByThemselvesWhenItIsBack() throws IOException {
        Tally view = new Tally((_, _) -> {});
        MongoServer server = new MongoServer(new MemoryBackend());
        try (Wire wire = new Wire(server.bind())) {
            String through = "mongodb://localhost:" + wire.port() + "/views?serverSelectionTimeoutMS=500";
            try (QuerySide side = new QuerySide(QuerySide.inMemory(), Map.of("portal.mongo.uri", through), view)) {
                side.happen(OFFICER, new ConsentWithdrawn(registrant(1), "before"));
                side.awaitLevel();
                ViewHealth health = side.bean(ViewHealth.class);

                wire.cut();
                side.happen(OFFICER, new ConsentWithdrawn(registrant(1), "meanwhile"));
                await().atMost(Duration.ofSeconds(20)).until(() -> side.views().isFailing("tally"));
                assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
                assertThatThrownBy(() -> side.bean(ViewStore.class)
                                .live(view)
                                .find(registrant(1).value()))
                        .isInstanceOf(MongoTimeoutException.class);

                wire.mend();
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(side.bean(ViewStore.class)
                                        .live(view)
                                        .find(registrant(1).value())
                                        .orElseThrow()
                                        .withdrawn())
                                .containsExactly("before", "meanwhile"));
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> health.health().getStatus().equals(Status.UP));
            }
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void anAddressWhereNothingAnswersIsSaidInOneLineWithoutItsPassword() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        assertThatThrownBy(() -> new ViewServer(
                        "mongodb://portal:hidden@localhost:" + nobody + "/portal?serverSelectionTimeoutMS=200",
                        List.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessage("No MongoDB answers at [localhost:" + nobody + "], which portal.mongo.uri names.");
        assertThatThrownBy(() -> new ViewServer("postgresql://portal:hidden@localhost", List.of()))
                .isInstanceOf(CannotStart.class)
                .hasMessageStartingWith("portal.mongo.uri is no address of a MongoDB")
                .hasMessageNotContaining("hidden");
    }

    private static List<Document> indexes(MongoDatabase database, String collection) {
        return database.getCollection(collection).listIndexes().into(new ArrayList<>());
    }
}
