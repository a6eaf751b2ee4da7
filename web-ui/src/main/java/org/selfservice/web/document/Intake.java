package org.selfservice.web.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Constraints;
import org.springframework.stereotype.Component;

/** Receives one file: counts, hashes and encrypts it while it streams by, and keeps it only when it is what it must be. */
@Component
class Intake {
    private final DocumentStore store;
    private final SecureRandom random = new SecureRandom();

    Intake(DocumentStore store) {
        this.store = store;
    }

    /** A file that is kept. */
    record Kept(DocumentId document, String mediaType, long bytes, String sha256) {}

    /**
     * @throws Refused DOCUMENT_EMPTY, DOCUMENT_TOO_LARGE (detail {@code max}, bytes), DOCUMENT_TYPE, DOCUMENT_ENCRYPTED,
     *     DOCUMENT_DAMAGED; then nothing is kept
     * @throws IOException when the connection was lost; then nothing is kept either
     */
    Kept take(ApplicationId application, InputStream content, Constraints constraints) throws IOException {
        DocumentId document = newId();
        byte[] beginning = content.readNBytes(Checks.BEGINNING);
        if (beginning.length == 0) {
            throw new Refused(RefusalCode.DOCUMENT_EMPTY);
        }
        String type = Checks.type(beginning, constraints);
        MessageDigest digest = sha256();
        try (DocumentStore.Draft draft = store.begin(application, document)) {
            long size = copy(beginning, content, draft.bytes(), digest, constraints.maxBytesOrDefault());
            draft.bytes().close();
            try (InputStream arrived = draft.read()) {
                Checks.opens(type, arrived);
            }
            draft.keep();
            return new Kept(document, type, size, HexFormat.of().formatHex(digest.digest()));
        }
    }

    private static long copy(byte[] beginning, InputStream rest, OutputStream to, MessageDigest digest, long max)
            throws IOException {
        byte[] buffer = beginning;
        int read = beginning.length;
        long size = 0;
        while (read > 0) {
            size += read;
            if (size > max) {
                throw new Refused(RefusalCode.DOCUMENT_TOO_LARGE, Map.of("max", Long.toString(max)));
            }
            digest.update(buffer, 0, read);
            to.write(buffer, 0, read);
            read = rest.read(buffer);
        }
        return size;
    }

    private DocumentId newId() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return new DocumentId("d-" + Base64.getUrlEncoder().withoutPadding().encodeToString(id));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
