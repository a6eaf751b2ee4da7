package org.selfservice.idp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The provider's signing keys, one for each algorithm that an id_token can have. */
final class Keys {
    private Keys() {}

    static JWKSet at(@Nullable Path file) {
        try {
            if (file != null && Files.exists(file)) return JWKSet.load(file.toFile());
            JWKSet keys = new JWKSet(List.of(generated(JWSAlgorithm.RS256), generated(JWSAlgorithm.PS256)));
            if (file != null) write(file, keys);
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("The demo provider's keys in " + file + " cannot be used", e);
        }
    }

    private static RSAKey generated(JWSAlgorithm algorithm) throws JOSEException {
        return new RSAKeyGenerator(2048)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(algorithm)
                .keyIDFromThumbprint(true)
                .generate();
    }

    private static void write(Path file, JWKSet keys) throws IOException {
        if (file.toAbsolutePath().getParent() != null)
            Files.createDirectories(file.toAbsolutePath().getParent());
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix)
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, keys.toString(false));
    }
}
