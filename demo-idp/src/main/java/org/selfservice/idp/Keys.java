package org.selfservice.idp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
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
record Keys(JWKSet all) {

    static Keys at(@Nullable Path file) {
        try {
            if (file != null && Files.exists(file)) return new Keys(JWKSet.load(file.toFile()));
            JWKSet keys = new JWKSet(List.of(generated(JWSAlgorithm.RS256), generated(JWSAlgorithm.PS256)));
            if (file != null) write(file, keys);
            return new Keys(keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("The demo provider's keys in " + file + " cannot be used", e);
        }
    }

    /** The same keys as eSignet publishes them: with a certificate each, and for no algorithm in particular. */
    JWKSet withCertificates() {
        return new JWKSet(all.getKeys().stream()
                .map(key -> (JWK) new RSAKey.Builder(key.toRSAKey())
                        .algorithm(null)
                        .x509CertChain(List.of(Certificate.ofItself(key.toRSAKey())))
                        .build())
                .toList());
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
