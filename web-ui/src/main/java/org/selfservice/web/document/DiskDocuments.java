package org.selfservice.web.document;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.document.DocumentId;

/** One file a document. */
final class DiskDocuments implements DocumentStore {
    private static final String ARRIVING = ".arriving";

    private final Path folder;
    private final Keys keys;

    DiskDocuments(Path folder, Keys keys) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.keys = keys;
        removeLeftovers();
    }

    @Override
    public Draft begin(ApplicationId application, DocumentId document) throws IOException {
        Path file = file(document);
        Files.createDirectories(file.getParent());
        return new Arriving(file, Sealed.with(keys, application, document));
    }

    @Override
    public InputStream open(ApplicationId application, DocumentId document) throws IOException {
        InputStream stored;
        try {
            stored = Files.newInputStream(file(document));
        } catch (NoSuchFileException unknown) {
            throw new Refused(RefusalCode.DOCUMENT_UNKNOWN);
        }
        return Sealed.open(keys, application, document, new BufferedInputStream(stored, Sealed.SEGMENT_BYTES));
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

    private static final class Arriving implements Draft {
        private final Path file;
        private final Path arriving;
        private final Sealed sealed;
        private final OutputStream bytes;

        Arriving(Path file, Sealed sealed) throws IOException {
            this.file = file;
            this.arriving = file.resolveSibling(file.getFileName() + ARRIVING);
            this.sealed = sealed;
            this.bytes = sealed.into(new BufferedOutputStream(
                    Files.newOutputStream(arriving, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    Sealed.SEGMENT_BYTES));
        }

        @Override
        public OutputStream bytes() {
            return bytes;
        }

        @Override
        public InputStream read() throws IOException {
            return sealed.from(new BufferedInputStream(Files.newInputStream(arriving), Sealed.SEGMENT_BYTES));
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
