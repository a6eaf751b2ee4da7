package org.selfservice.web.document;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoGridFSException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import com.mongodb.client.gridfs.GridFSUploadStream;
import com.mongodb.client.gridfs.model.GridFSUploadOptions;
import com.mongodb.client.model.Filters;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonString;
import org.bson.Document;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.document.DocumentId;

/**
 * Documents in MongoDB's GridFS, sealed as they are on disk. While one arrives a mark stands beside it; taking the mark away
 * is the one write that keeps the document, so that one that was never kept is never found.
 */
final class GridFsDocuments implements DocumentStore, AutoCloseable {
    private static final String DATABASE = "portal";
    private static final String BUCKET = "documents";
    private static final String ARRIVING = BUCKET + ".arriving";
    /** No upload takes so long: what arrived before was left behind by a process that is no more. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final MongoClient client;
    private final GridFSBucket bucket;
    private final MongoCollection<Document> arriving;
    private final Keys keys;
    private final Clock clock;
    private final DiskDocuments earlier;

    /**
     * @param address of a MongoDB; its database is {@code portal} unless it names another
     * @param earlier documents that were kept before there was a MongoDB
     */
    GridFsDocuments(ConnectionString address, Keys keys, Clock clock, DiskDocuments earlier) {
        this.client = MongoClients.create(MongoClientSettings.builder()
                // a server that neither answers nor goes keeps nobody waiting for long; the address may say otherwise
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(5, TimeUnit.SECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(3, TimeUnit.SECONDS).readTimeout(20, TimeUnit.SECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(2, TimeUnit.SECONDS))
                .applyConnectionString(address)
                .writeConcern(WriteConcern.MAJORITY)
                .build());
        MongoDatabase database = client.getDatabase(address.getDatabase() == null ? DATABASE : address.getDatabase());
        this.bucket = GridFSBuckets.create(database, BUCKET);
        this.arriving = database.getCollection(ARRIVING);
        this.keys = keys;
        this.clock = clock;
        this.earlier = earlier;
        removeLeftovers();
    }

    @Override
    public Draft begin(ApplicationId application, DocumentId document) throws IOException {
        arriving.insertOne(new Document("_id", document.value()).append("since", Date.from(clock.instant())));
        return new Arriving(document, Sealed.with(keys, application, document));
    }

    @Override
    public InputStream open(ApplicationId application, DocumentId document) throws IOException {
        boolean isHere = bucket.find(Filters.eq(id(document))).first() != null
                && arriving.find(Filters.eq(document.value())).first() == null;
        return isHere
                ? Sealed.open(keys, application, document, stored(document))
                : earlier.open(application, document);
    }

    @Override
    public void remove(DocumentId document) throws IOException {
        delete(document);
        earlier.remove(document);
    }

    @Override
    public void close() {
        client.close();
    }

    private InputStream stored(DocumentId document) {
        return new BufferedInputStream(bucket.openDownloadStream(id(document)), Sealed.SEGMENT_BYTES);
    }

    private void delete(DocumentId document) {
        try {
            bucket.delete(id(document));
        } catch (MongoGridFSException thereIsNone) {
            // which is what was wanted; its parts, if there are any, are gone as well
        }
    }

    private void removeLeftovers() {
        Date before = Date.from(clock.instant().minus(LEFT_BEHIND));
        List<Document> left = arriving.find(Filters.lt("since", before)).into(new ArrayList<>());
        for (Document one : left) {
            delete(new DocumentId(one.getString("_id")));
            arriving.deleteOne(Filters.eq(one.getString("_id")));
        }
    }

    private static BsonString id(DocumentId document) {
        return new BsonString(document.value());
    }

    private final class Arriving implements Draft {
        private final DocumentId document;
        private final Sealed sealed;
        private final GridFSUploadStream upload;
        private final OutputStream bytes;
        private boolean isKept;

        Arriving(DocumentId document, Sealed sealed) throws IOException {
            this.document = document;
            this.sealed = sealed;
            this.upload = bucket.openUploadStream(id(document), document.value(), new GridFSUploadOptions());
            this.bytes = sealed.into(new BufferedOutputStream(upload, Sealed.SEGMENT_BYTES));
        }

        @Override
        public OutputStream bytes() {
            return bytes;
        }

        @Override
        public InputStream read() throws IOException {
            return sealed.from(stored(document));
        }

        @Override
        public void keep() throws IOException {
            bytes.close();
            arriving.deleteOne(Filters.eq(document.value()));
            isKept = true;
        }

        @Override
        public void close() throws IOException {
            if (isKept) {
                return;
            }
            try {
                bytes.close();
            } finally {
                delete(document);
                arriving.deleteOne(Filters.eq(document.value()));
            }
        }
    }
}
