package org.selfservice.query;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A MongoDB that is asked over the network, with a database of the test's own: the one at {@code MONGO_URI}, or else a
 * stand-in on a port of its own.
 */
final class MongoUnderTest implements AutoCloseable {
    private final @Nullable MongoServer standIn;
    private final ConnectionString address;

    MongoUnderTest() {
        String real = System.getenv("MONGO_URI");
        standIn = real == null ? new MongoServer(new MemoryBackend()) : null;
        String server = real == null ? standIn.bindAndGetConnectionString() : real;
        address = new ConnectionString(
                server.replaceFirst("^(mongodb(?:\\+srv)?://[^/?]+)(/[^?]*)?", "$1/views-" + UUID.randomUUID()));
    }

    String uri() {
        return address.getConnectionString();
    }

    void look(Consumer<MongoDatabase> at) {
        try (MongoClient client = MongoClients.create(address)) {
            at.accept(client.getDatabase(address.getDatabase()));
        }
    }

    @Override
    public void close() {
        if (standIn == null) {
            look(MongoDatabase::drop);
        } else {
            standIn.shutdownNow();
        }
    }
}
