package org.selfservice.query;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ClusterType;
import com.mongodb.event.ClusterDescriptionChangedEvent;
import com.mongodb.event.ClusterListener;
import com.mongodb.event.CommandListener;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;
import org.selfservice.kernel.StoreWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The views' database server: a MongoDB by its address, or without one the stand-in in this process, which forgets all at its end. */
final class ViewServer implements StoreWatch, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ViewServer.class);
    private static final String DATABASE = "portal";

    private final @Nullable MongoServer standIn;
    private final MongoClient client;
    private final String database;

    /** Whether whatever takes writes, and is read from, is there: a replica set has none while it elects one. */
    private volatile boolean isThere = true;

    /** Not while this process starts or ends. */
    private volatile boolean isWatched;

    /**
     * @param uri absent for the stand-in
     * @param listeners hear of every command that is sent to the server
     * @throws CannotStart when nothing answers at the address
     */
    ViewServer(@Nullable String uri, List<CommandListener> listeners) {
        standIn = uri == null ? new MongoServer(new MemoryBackend()) : null;
        ConnectionString address = uri == null ? new ConnectionString(standIn.bindAndGetConnectionString()) : at(uri);
        client = MongoClients.create(MongoClientSettings.builder()
                // a server that neither answers nor goes keeps nobody waiting for long; the address may say otherwise
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(5, TimeUnit.SECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(3, TimeUnit.SECONDS).readTimeout(20, TimeUnit.SECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(2, TimeUnit.SECONDS))
                .applyConnectionString(address)
                .applyToClusterSettings(cluster -> cluster.addClusterListener(new ClusterListener() {
                    @Override
                    public void clusterDescriptionChanged(ClusterDescriptionChangedEvent change) {
                        watch(change.getNewDescription().hasWritableServer());
                    }
                }))
                .writeConcern(WriteConcern.MAJORITY)
                .commandListenerList(listeners)
                .build());
        database = address.getDatabase() == null ? DATABASE : address.getDatabase();
        if (standIn == null) {
            greet(address);
        }
        isWatched = true;
    }

    /** @param shelved whether lists of the stand-in are read by what this process keeps of the documents */
    ViewStore store(boolean shelved) {
        return new ViewStore(client.getDatabase(database), standIn != null && shelved);
    }

    @Override
    public boolean isAway() {
        return !isThere;
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.SHOW);
    }

    private void watch(boolean now) {
        if (isWatched && now != isThere) {
            if (now) {
                log.info("The MongoDB of the views answers again");
            } else {
                log.warn("The MongoDB of the views does not answer. Views are not shown until it does.");
            }
        }
        isThere = now || !isWatched;
    }

    @Override
    public void close() {
        isWatched = false;
        client.close();
        if (standIn != null) {
            standIn.shutdownNow();
        }
    }

    /** The text of the failure may quote the address, which may hold a password. */
    private static ConnectionString at(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException wrong) {
            throw new CannotStart("portal.mongo.uri is no address of a MongoDB, such as"
                    + " mongodb://one:27017,two:27017,three:27017/portal?replicaSet=rs0.");
        }
    }

    private void greet(ConnectionString address) {
        try {
            client.getDatabase(database).runCommand(new Document("ping", 1));
        } catch (MongoSecurityException refused) {
            client.close();
            throw new CannotStart("The MongoDB at " + address.getHosts() + " does not accept the name and password of"
                    + " portal.mongo.uri.");
        } catch (MongoException away) {
            client.close();
            throw new CannotStart("No MongoDB answers at " + address.getHosts() + ", which portal.mongo.uri names.");
        }
        if (client.getClusterDescription().getType() == ClusterType.STANDALONE) {
            log.warn(
                    "The MongoDB at {} is a single server: what it acknowledges is on one disk. Use a replica set.",
                    address.getHosts());
        }
    }
}
