package org.selfservice.web.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.document.DocumentId;

/** Where the bytes of documents are kept, encrypted with the key of their application. */
interface DocumentStore {

    /** Begins to keep a document: nothing is kept before {@link Draft#keep()}. */
    Draft begin(ApplicationId application, DocumentId document) throws IOException;

    /**
     * @throws org.selfservice.kernel.Refused DOCUMENT_UNKNOWN when there is none, or its key was destroyed
     * @throws IOException also when the stored bytes were tampered with
     */
    InputStream open(ApplicationId application, DocumentId document) throws IOException;

    /** Nothing happens when there is none. */
    void remove(DocumentId document) throws IOException;

    /** A document while it arrives; closed without being kept, it leaves nothing behind. */
    interface Draft extends AutoCloseable {
        OutputStream bytes();

        /** On disk once this returns, whatever is killed afterwards. */
        void keep() throws IOException;

        /** Reads what has arrived; only after {@link #bytes()} was closed. */
        InputStream read() throws IOException;

        @Override
        void close() throws IOException;
    }
}
