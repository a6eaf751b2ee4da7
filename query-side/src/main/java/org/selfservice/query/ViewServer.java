package org.selfservice.query;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import org.jspecify.annotations.Nullable;

/** The views' database server: a MongoDB by its address, or without one the stand-in in this process, which forgets all at its end. */
final class ViewServer implements AutoCloseable {
    private static final String DATABASE = "portal";

    private final @Nullable MongoServer standIn;
    private final MongoClient client;
    private final String database;

    ViewServer(@Nullable String uri) {
        standIn = uri == null ? new MongoServer(new MemoryBackend()) : null;
        ConnectionString address = new ConnectionString(standIn == null ? uri : standIn.bindAndGetConnectionString());
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(address)
                .writeConcern(WriteConcern.MAJORITY)
                .build());
        database = address.getDatabase() == null ? DATABASE : address.getDatabase();
    }

    ViewStore store() {
        return new ViewStore(client.getDatabase(database));
    }

    @Override
    public void close() {
        client.close();
        if (standIn != null) {
            standIn.shutdownNow();
        }
    }
}
