package org.selfservice.web.document;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.document.DocumentId;

/**
 * How a document's bytes are stored wherever that is: its own key, wrapped with the one of its application, then the bytes in
 * authenticated segments (Tink's AES-GCM-HKDF streaming, 256-bit keys, 64 KiB segments), so that no document is ever held in
 * memory or written in the clear.
 */
final class Sealed {
    static final int SEGMENT_BYTES = 1 << 16;

    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DocumentId document;
    private final byte[] key;
    private final byte[] wrapped;

    private Sealed(DocumentId document, byte[] key, byte[] wrapped) {
        this.document = document;
        this.key = key;
        this.wrapped = wrapped;
    }

    static Sealed with(Keys keys, ApplicationId application, DocumentId document) {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return new Sealed(document, key, keys.encrypt(application.value(), key, document.value()));
    }

    /** @param stored closed when its end is closed, also when this fails */
    OutputStream into(OutputStream stored) throws IOException {
        DataOutputStream data = new DataOutputStream(stored);
        data.writeShort(wrapped.length);
        data.write(wrapped);
        try {
            return cipher(key).newEncryptingStream(data, context(document));
        } catch (GeneralSecurityException impossible) {
            data.close();
            throw new IOException(impossible);
        }
    }

    /** Reads what this wrote itself. */
    InputStream from(InputStream stored) throws IOException {
        stored.skipNBytes(Short.BYTES + wrapped.length);
        try {
            return cipher(key).newDecryptingStream(stored, context(document));
        } catch (GeneralSecurityException impossible) {
            stored.close();
            throw new IOException(impossible);
        }
    }

    /**
     * @param stored closed when this fails
     * @throws Refused DOCUMENT_UNKNOWN when its key was destroyed
     */
    static InputStream open(Keys keys, ApplicationId application, DocumentId document, InputStream stored)
            throws IOException {
        try {
            DataInputStream data = new DataInputStream(stored);
            byte[] key = keys.decrypt(application.value(), data.readNBytes(data.readUnsignedShort()), document.value());
            if (key == null) {
                throw new Refused(RefusalCode.DOCUMENT_UNKNOWN);
            }
            return cipher(key).newDecryptingStream(data, context(document));
        } catch (GeneralSecurityException failure) {
            stored.close();
            throw new IOException("cannot decrypt " + document, failure);
        } catch (IOException | RuntimeException failure) {
            stored.close();
            throw failure;
        }
    }

    private static AesGcmHkdfStreaming cipher(byte[] key) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key, "HmacSha256", KEY_BYTES, SEGMENT_BYTES, 0);
    }

    private static byte[] context(DocumentId document) {
        return document.value().getBytes(StandardCharsets.US_ASCII);
    }
}
