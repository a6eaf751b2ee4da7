package org.selfservice.web.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Random;
import java.util.UUID;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Constraints;

/** Documents in GridFS, of the server at {@code MONGO_URI} or of a stand-in that is asked over the network as one is. */
class GridFsDocumentsIT {
    private static final ApplicationId CASE = new ApplicationId("a-0123456789abcdefghij");
    private static final ApplicationId OTHER_CASE = new ApplicationId("a-zzzzzzzzzzzzzzzzzzzz");
    private static final DocumentId DOCUMENT = new DocumentId("d-0123456789abcdefghij");
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    private final MemoryKeys keys = new MemoryKeys();
    private MongoServer standIn;
    private ConnectionString address;
    private MongoClient client;
    private GridFsDocuments store;

    @BeforeEach
    void open() throws IOException {
        String real = System.getenv("MONGO_URI");
        standIn = real == null ? new MongoServer(new MemoryBackend()) : null;
        address = new ConnectionString(
                (real == null ? standIn.bindAndGetConnectionString() : real) + "/documents-" + UUID.randomUUID());
        client = MongoClients.create(address);
        store = reopened(CLOCK);
    }

    @AfterEach
    void close() {
        store.close();
        database().drop();
        client.close();
        if (standIn != null) {
            standIn.shutdownNow();
        }
    }

    @Test
    void what_is_kept_can_be_opened_also_after_a_restart() throws IOException {
        byte[] large = new byte[3_000_000];
        new Random(1).nextBytes(large);
        keep(store, DOCUMENT, large);

        assertThat(bytes(store.open(CASE, DOCUMENT))).isEqualTo(large);
        try (GridFsDocuments again = reopened(CLOCK)) {
            assertThat(bytes(again.open(CASE, DOCUMENT))).isEqualTo(large);
        }
    }

    @Test
    void a_file_comes_in_as_on_disk() throws IOException {
        byte[] content = SampleFiles.pdf();
        Intake.Kept kept = new Intake(store).take(CASE, new ByteArrayInputStream(content), Constraints.NONE);
        assertThat(kept.mediaType()).isEqualTo("application/pdf");
        assertThat(bytes(store.open(CASE, kept.document()))).isEqualTo(content);

        assertThatThrownBy(() -> new Intake(store)
                        .take(CASE, new ByteArrayInputStream("MZ no picture".getBytes()), Constraints.NONE))
                .isInstanceOf(Refused.class);
        assertThat(database().getCollection("documents.files").countDocuments()).isEqualTo(1);
        assertThat(database().getCollection("documents.arriving").countDocuments())
                .isZero();
    }

    @Test
    void what_lies_in_the_database_tells_nothing() throws IOException {
        keep(store, DOCUMENT, "In the clear this would be read.".getBytes(StandardCharsets.UTF_8));

        for (String collection : database().listCollectionNames()) {
            for (Document one : database().getCollection(collection).find()) {
                assertThat(one.toJson()).doesNotContain("clear");
                if (one.get("data") instanceof Binary data) {
                    assertThat(new String(data.getData(), StandardCharsets.ISO_8859_1))
                            .doesNotContain("clear");
                }
            }
        }
    }

    @Test
    void what_was_not_kept_is_not_there() throws IOException {
        try (DocumentStore.Draft draft = store.begin(CASE, DOCUMENT)) {
            draft.bytes().write(new byte[100_000]);
            draft.bytes().close();
            assertThat(bytes(draft.read())).hasSize(100_000);
            unknown(CASE);
        }
        unknown(CASE);
        assertThat(database().getCollection("documents.chunks").countDocuments())
                .isZero();
    }

    @Test
    void what_a_process_that_is_no_more_left_behind_is_removed_a_day_later() throws IOException {
        DocumentStore.Draft lost = store.begin(CASE, DOCUMENT);
        lost.bytes().write(new byte[1_000_000]);
        lost.bytes().close();
        reopened(CLOCK).close();
        assertThat(database().getCollection("documents.files").countDocuments()).isEqualTo(1);

        reopened(Clock.offset(CLOCK, Duration.ofDays(2))).close();
        for (String part : new String[] {"files", "chunks", "arriving"}) {
            assertThat(database().getCollection("documents." + part).countDocuments())
                    .as(part)
                    .isZero();
        }
        database()
                .getCollection("documents.arriving")
                .insertOne(new Document("_id", DOCUMENT.value()).append("since", new Date(0)));
        reopened(CLOCK).close();
        assertThat(database().getCollection("documents.arriving").countDocuments())
                .isZero();
    }

    @Test
    void a_removed_or_erased_document_and_that_of_another_case_are_unknown() throws IOException {
        keep(store, DOCUMENT, new byte[10]);
        assertThatThrownBy(() -> bytes(store.open(OTHER_CASE, DOCUMENT))).isInstanceOf(Exception.class);
        keys.destroy(CASE.value());
        unknown(CASE);

        store.remove(DOCUMENT);
        store.remove(DOCUMENT);
        assertThat(database().getCollection("documents.chunks").countDocuments())
                .isZero();
    }

    @Test
    void bytes_that_were_tampered_with_are_not_given_out() throws IOException {
        keep(store, DOCUMENT, new byte[200_000]);
        var chunks = database().getCollection("documents.chunks");
        Document chunk = chunks.find().first();
        byte[] data = chunk.get("data", Binary.class).getData();
        data[data.length / 2] ^= 1;
        chunks.replaceOne(new Document("_id", chunk.get("_id")), chunk.append("data", new Binary(data)));

        assertThatThrownBy(() -> bytes(store.open(CASE, DOCUMENT))).isInstanceOf(IOException.class);
    }

    @Test
    void documents_from_before_there_was_a_mongodb_are_still_opened_and_removed() throws IOException {
        DiskDocuments disk = new DiskDocuments(folder, keys);
        keep(disk, DOCUMENT, new byte[] {1, 2, 3});

        assertThat(bytes(store.open(CASE, DOCUMENT))).containsExactly(1, 2, 3);
        store.remove(DOCUMENT);
        unknown(CASE);
    }

    private void unknown(ApplicationId application) {
        assertThatThrownBy(() -> store.open(application, DOCUMENT))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo(RefusalCode.DOCUMENT_UNKNOWN));
    }

    private GridFsDocuments reopened(Clock clock) throws IOException {
        return new GridFsDocuments(address, keys, clock, new DiskDocuments(folder, keys));
    }

    private MongoDatabase database() {
        return client.getDatabase(address.getDatabase());
    }

    private static void keep(DocumentStore store, DocumentId document, byte[] content) throws IOException {
        try (DocumentStore.Draft draft = store.begin(CASE, document)) {
            draft.bytes().write(content);
            draft.bytes().close();
            draft.keep();
        }
    }

    private static byte[] bytes(InputStream stream) throws IOException {
        try (stream) {
            return stream.readAllBytes();
        }
    }
}
