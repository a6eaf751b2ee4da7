package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole portal with a MongoDB by its address: a stand-in that is asked over the network, as a real one is. */
class MongoStory {
    private static final String AMINA = "1000200030";

    private final MongoServer mongo = new MongoServer(new MemoryBackend());
    private final String uri = mongo.bindAndGetConnectionString() + "/country";

    @TempDir
    Path home;

    @AfterEach
    void stop() {
        mongo.shutdownNow();
    }

    @Test
    void views_and_documents_are_in_the_mongodb_that_it_is_given_and_go_on_there_after_a_restart() {
        try (Launch portal = start();
                MongoClient client = MongoClients.create(uri)) {
            MongoDatabase database = client.getDatabase("country");
            assertThat(new Visitor(portal.address()).get("/").body()).contains("/programs/medical-assistance");
            new Filer(portal.address(), portal.idp().issuer(), AMINA).signIn();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(count(database, "dossier")).isEqualTo(1));
            assertThat(count(database, "program")).isEqualTo(5);
            assertThat(database.getCollection("tokens").countDocuments()).isPositive();
            assertThat(portal.context().getBean("documentStore").getClass().getSimpleName())
                    .isEqualTo("GridFsDocuments");
            assertThat(new Operator(portal.port(), System.out).replay(new Options.Replay("program", true, false)))
                    .isEqualTo(Operator.SAME);
            assertThat(names(database)).anyMatch(name -> name.matches("program_r\\d+_g2"));
        }
        try (Launch portal = start();
                MongoClient client = MongoClients.create(uri)) {
            assertThat(new Visitor(portal.address()).get("/").body()).contains("/programs/medical-assistance");
            assertThat(count(client.getDatabase("country"), "dossier")).isEqualTo(1);
        }
    }

    private Launch start() {
        return Launch.of(
                Options.parse(
                        new String[] {
                            "--port=0",
                            "--idp-port=0",
                            "--portal.mongo.uri=" + uri,
                            "--portal.store.binaries="
                                    + Path.of("target", "postgres").toAbsolutePath(),
                            "--logging.file.name=" + PortalUnderTest.LOG
                        },
                        home.toAbsolutePath().toString()),
                PortalUnderTest::withoutTests);
    }

    private static long count(MongoDatabase database, String view) {
        Pattern newest = Pattern.compile(view + "_r\\d+_g\\d+");
        return names(database).stream()
                .filter(name -> newest.matcher(name).matches())
                .map(name -> database.getCollection(name).countDocuments(new Document()))
                .findFirst()
                .orElse(0L);
    }

    private static List<String> names(MongoDatabase database) {
        return database.listCollectionNames().into(new ArrayList<>());
    }
}
