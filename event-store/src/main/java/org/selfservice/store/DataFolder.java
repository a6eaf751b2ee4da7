package org.selfservice.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;

/** The folder in which one portal process keeps its data, held by a lock as long as the process lives. */
final class DataFolder implements AutoCloseable {
    private static final int SECRET_BYTES = 32;

    private final Path home;
    private final FileChannel channel;

    private DataFolder(Path home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    static DataFolder open(Path path) {
        Path home;
        FileChannel channel;
        try {
            Files.createDirectories(path);
            home = path.toRealPath();
            channel = FileChannel.open(
                    home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException cannot) {
            throw new CannotStart("The data folder " + path.toAbsolutePath() + " cannot be written.", cannot);
        }
        try {
            FileLock lock = lock(channel);
            if (lock == null) {
                String process = read(channel);
                channel.close();
                throw new CannotStart(
                        "The data folder " + home + " is in use by another portal (process " + process + ").");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
                    0);
            channel.force(true);
            return new DataFolder(home, channel);
        } catch (IOException cannot) {
            throw new CannotStart("The data folder " + home + " cannot be locked: " + cannot.getMessage(), cannot);
        }
    }

    /** Absolute, with links resolved. */
    Path home() {
        return home;
    }

    /** 32 random bytes that only the portal's own user may read, made when they are first asked for. */
    byte[] secret(String name) {
        Path file = home.resolve("secrets").resolve(name);
        try {
            if (Files.notExists(file)) {
                byte[] secret = new byte[SECRET_BYTES];
                new SecureRandom().nextBytes(secret);
                write(file, Base64.getEncoder().encodeToString(secret));
            }
            return decode(Files.readString(file), file.toString());
        } catch (IOException cannot) {
            throw new CannotStart("The secret " + file + " cannot be read or written.", cannot);
        }
    }

    /** @param given base64 from the configuration, which goes before the file; null when the configuration has none */
    byte[] secret(String name, @Nullable String given, String setting) {
        return given == null || given.isBlank() ? secret(name) : decode(given, setting);
    }

    private static byte[] decode(String base64, String source) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException notBase64) {
            secret = new byte[0];
        }
        if (secret.length != SECRET_BYTES) {
            throw new CannotStart("The secret in " + source + " is not " + SECRET_BYTES + " bytes as base64.");
        }
        return secret;
    }

    /** Written beside and moved into place, so that a kill in between leaves no half secret. */
    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwx------"));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            out.force(true);
        }
        Files.move(fresh, file);
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(32);
        channel.read(buffer, 0);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).strip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
