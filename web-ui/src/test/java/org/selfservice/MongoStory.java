package org.selfservice;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.Visitor.Answer;

/** A whole portal with a MongoDB by its address: a stand-in that is asked over the network, as a real one is. */
class MongoStory extends PortalUnderTest {
    private static final String AMINA = "1000200030";

    private final MongoServer mongo = new MongoServer(new MemoryBackend());
    private final String uri = mongo.bindAndGetConnectionString() + "/country";

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        mongo.shutdownNow();
    }

    @Test
    void views_and_documents_are_in_the_mongodb_that_it_is_given_and_go_on_there_after_a_restart() {
        try (OwnPortal portal = start();
                MongoClient client = MongoClients.create(uri)) {
            MongoDatabase database = client.getDatabase("country");
            assertThat(new Visitor(portal.address()).get("/").body()).contains("/programs/medical-assistance");
            new Filer(portal.address(), portal.identities().issuer(), AMINA).signIn();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(count(database, "dossier")).isEqualTo(1));
            assertThat(count(database, "program")).isEqualTo(5);
            assertThat(database.getCollection("tokens").countDocuments()).isPositive();
            assertThat(portal.bean("documentStore").getClass().getSimpleName()).isEqualTo("GridFsDocuments");
            assertThat(new Operator(portal.address().getPort(), System.out)
                            .replay(new Options.Replay("program", true, false)))
                    .isEqualTo(Operator.SAME);
            assertThat(names(database)).anyMatch(name -> name.matches("program_r\\d+_g2"));
        }
        try (OwnPortal portal = start();
                MongoClient client = MongoClients.create(uri)) {
            assertThat(new Visitor(portal.address()).get("/").body()).contains("/programs/medical-assistance");
            assertThat(count(client.getDatabase("country"), "dossier")).isEqualTo(1);
        }
    }

    @Test
    void one_that_stands_still_for_a_minute_keeps_nobody_waiting_and_nothing_from_being_decided() throws Exception {
        InetSocketAddress server = mongo.getLocalAddress();
        try (Wire wire = new Wire(server);
                OwnPortal portal = OwnPortal.demonstrated(
                        folder, List.of("--portal.mongo.uri=mongodb://localhost:" + wire.port() + "/country"))) {
            Saving saving = Saving.at(portal, AMINA);
            Machine office =
                    new Machine(portal.address(), portal.identities().issuer(), "read programs:write cases:write");
            office.openLoad();
            Filer zoe = new Filer(portal.address(), portal.identities().issuer(), "2000300040").signIn();
            String sent = zoe.send(1);
            Page open = desktop();
            zoe.open(open, portal.address(), "/applications/" + sent);
            assertThat(open.locator("section[aria-labelledby=status]")).containsText("Sent");
            Thread load = Thread.startVirtualThread(saving);
            Awaitility.await().until(() -> saving.saved.size() > 5);
            long since = OwnPortal.logged();

            wire.hold();
            long held = System.nanoTime();
            Visitor anybody = portal.visitor();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> anybody.look("/applications").status() == 503);
            for (String language : List.of("en", "ar")) {
                Page window = browser(new Browser.NewContextOptions()
                        .setBaseURL(portal.address().toString()));
                window.navigate("/help?lang=" + language);
                look(window, "away-help-" + language);
                window.navigate("/programs/medical-assistance?lang=" + language);
                look(window, "away-" + language);
            }
            int decided = 0;
            while (System.nanoTime() - held < Duration.ofMinutes(1).toNanos()) {
                long begun = System.nanoTime();
                Answer mine = saving.person.get("/applications");
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
                assertThat(mine.status()).isEqualTo(503);
                assertThat(mine.header("Retry-After")).hasValue("10");
                assertThat(mine.body()).contains("Everything that you saved is kept");
                assertThat(saving.person.get("/help").body())
                        .contains("<h1", "programs and applications cannot be shown", "Sign out");
                assertThat(anybody.get("/help?lang=ar").body()).contains("لا يمكن حاليًا عرض البرامج والطلبات.");
                office.call("POST", "/forms", "{'code':'meanwhile-" + decided + "','title':{'en':'Meanwhile'}}");
                decided++;
                Awaitility.await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            }
            assertThat(portal.part("views")).isEqualTo("DOWN");
            assertThat(portal.part("db")).isEqualTo("UP");
            wire.mend();

            Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> saving.savedSinceRefusal > 5);
            saving.stop.set(true);
            load.join();
            saving.isKept();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> portal.part("views").equals("UP"));
            for (int number = 0; number < decided; number++) {
                assertThat(office.read("/forms/meanwhile-" + number).status()).isEqualTo(200);
            }
            office.call("POST", "/cases/" + sent + "/approval", "{'note':'Seen.'}");
            assertThat(open.locator("section[aria-labelledby=status]"))
                    .containsText("Approved", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
            assertThat(OwnPortal.logged(since))
                    .contains("The MongoDB of the views does not answer", "The MongoDB of the views answers again")
                    .doesNotContain(AMINA);
        }
    }

    private OwnPortal start() {
        return OwnPortal.demonstrated(folder, List.of("--portal.mongo.uri=" + uri));
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
