package org.selfservice.web.document;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.document.DocumentId;

/**
 * One file a document: the wrapped key of the file, then its bytes in authenticated segments (Tink's AES-GCM-HKDF streaming,
 * 256-bit keys, 64 KiB segments), so that no document is ever held in memory or written in the clear.
 */
final class DiskDocuments implements DocumentStore {
    private static final int KEY_BYTES = 32;
    private static final int SEGMENT_BYTES = 1 << 16;
    private static final String ARRIVING = ".arriving";

    private final Path folder;
    private final Keys keys;
    private final SecureRandom random = new SecureRandom();

    DiskDocuments(Path folder, Keys keys) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.keys = keys;
        removeLeftovers();
    }

    @Override
    public Draft begin(ApplicationId application, DocumentId document) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        Path file = file(document);
        Files.createDirectories(file.getParent());
        return new Arriving(file, key, keys.encrypt(application.value(), key, document.value()), document);
    }

    @Override
    public InputStream open(ApplicationId application, DocumentId document) throws IOException {
        InputStream stored;
        try {
            stored = Files.newInputStream(file(document));
        } catch (NoSuchFileException unknown) {
            throw new Refused(RefusalCode.DOCUMENT_UNKNOWN);
        }
        try {
            DataInputStream data = new DataInputStream(new BufferedInputStream(stored, SEGMENT_BYTES));
            byte[] key = keys.decrypt(application.value(), data.readNBytes(data.readUnsignedShort()), document.value());
            if (key == null) {
                throw new Refused(RefusalCode.DOCUMENT_UNKNOWN);
            }
            return cipher(key).newDecryptingStream(data, context(document));
        } catch (GeneralSecurityException | IOException | RuntimeException failure) {
            stored.close();
            throw failure instanceof GeneralSecurityException
                    ? new IOException("cannot decrypt " + document, failure)
                    : rethrow(failure);
        }
    }

    @Override
    public void remove(DocumentId document) throws IOException {
        Files.deleteIfExists(file(document));
    }

    private Path file(DocumentId document) {
        return folder.resolve(document.value().substring(2, 4)).resolve(document.value());
    }

    /** What was arriving when the process ended was never acknowledged. */
    private void removeLeftovers() throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path leftover :
                    files.filter(file -> file.toString().endsWith(ARRIVING)).toList()) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    private static AesGcmHkdfStreaming cipher(byte[] key) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key, "HmacSha256", KEY_BYTES, SEGMENT_BYTES, 0);
    }

    private static byte[] context(DocumentId document) {
        return document.value().getBytes(StandardCharsets.US_ASCII);
    }

    private static IOException rethrow(Exception failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return (IOException) failure;
    }

    private static final class Arriving implements Draft {
        private final Path file;
        private final Path arriving;
        private final byte[] key;
        private final int header;
        private final DocumentId document;
        private final OutputStream bytes;

        Arriving(Path file, byte[] key, byte[] wrapped, DocumentId document) throws IOException {
            this.file = file;
            this.arriving = file.resolveSibling(file.getFileName() + ARRIVING);
            this.key = key;
            this.header = Short.BYTES + wrapped.length;
            this.document = document;
            DataOutputStream data = new DataOutputStream(new BufferedOutputStream(
                    Files.newOutputStream(arriving, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    SEGMENT_BYTES));
            data.writeShort(wrapped.length);
            data.write(wrapped);
            try {
                this.bytes = cipher(key).newEncryptingStream(data, context(document));
            } catch (GeneralSecurityException impossible) {
                data.close();
                throw new IOException(impossible);
            }
        }

        @Override
        public OutputStream bytes() {
            return bytes;
        }

        @Override
        public InputStream read() throws IOException {
            InputStream stored = new BufferedInputStream(Files.newInputStream(arriving), SEGMENT_BYTES);
            stored.skipNBytes(header);
            try {
                return cipher(key).newDecryptingStream(stored, context(document));
            } catch (GeneralSecurityException impossible) {
                stored.close();
                throw new IOException(impossible);
            }
        }

        @Override
        public void keep() throws IOException {
            bytes.close();
            try (FileChannel channel = FileChannel.open(arriving, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(arriving, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(file.getParent())) {
                directory.force(true);
            } catch (IOException notOnThisSystem) {
                // Windows cannot open a folder; the move itself is durable there.
            }
        }

        @Override
        public void close() throws IOException {
            try {
                bytes.close();
            } finally {
                Files.deleteIfExists(arriving);
            }
        }
    }
}
