package org.selfservice.query;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.event.CommandListener;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The views' database server: a MongoDB by its address, or without one the stand-in in this process, which forgets all at its end. */
final class ViewServer implements AutoCloseable {
    private static final String DATABASE = "portal";

    private final @Nullable MongoServer standIn;
    private final MongoClient client;
    private final String database;

    /**
     * @param uri absent for the stand-in
     * @param listeners hear of every command that is sent to the server
     */
    ViewServer(@Nullable String uri, List<CommandListener> listeners) {
        standIn = uri == null ? new MongoServer(new MemoryBackend()) : null;
        ConnectionString address = new ConnectionString(standIn == null ? uri : standIn.bindAndGetConnectionString());
        client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(address)
                .writeConcern(WriteConcern.MAJORITY)
                .commandListenerList(listeners)
                .build());
        database = address.getDatabase() == null ? DATABASE : address.getDatabase();
    }

    /** @param shelved whether lists of the stand-in are read by what this process keeps of the documents */
    ViewStore store(boolean shelved) {
        return new ViewStore(client.getDatabase(database), standIn != null && shelved);
    }

    @Override
    public void close() {
        client.close();
        if (standIn != null) {
            standIn.shutdownNow();
        }
    }
}
