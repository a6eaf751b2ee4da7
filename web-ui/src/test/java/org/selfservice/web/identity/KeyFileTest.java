package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.web.identity.LoginSettings.Key;
import org.selfservice.web.identity.LoginSettings.Secret;

class KeyFileTest {
    @TempDir
    Path folder;

    @Test
    void a_JWK_keeps_its_id() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("of-the-portal").generate();
        assertThat(read(file(key.toJSONString()), null)).containsExactly(key);
    }

    @Test
    void a_JWK_set_gives_all_its_private_keys_or_the_one_that_is_named() throws Exception {
        RSAKey one = new RSAKeyGenerator(2048).keyID("one").generate();
        RSAKey two = new RSAKeyGenerator(2048).keyID("two").generate();
        RSAKey foreign = new RSAKeyGenerator(2048).keyID("foreign").generate().toPublicJWK();
        Path file = file(new JWKSet(List.of(foreign, one, two)).toString(false));
        assertThat(read(file, null)).containsExactly(one, two);
        assertThat(read(file, "two")).containsExactly(two);
    }

    @Test
    void PEM_of_RSA_is_named_by_its_thumbprint() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).generate();
        JWK read = only(read(file(pem(key.toPrivateKey().getEncoded())), null));
        assertThat(read.getKeyID()).isEqualTo(key.computeThumbprint().toString());
        assertThat(read.toRSAKey().toRSAPublicKey()).isEqualTo(key.toRSAPublicKey());
        assertThat(read.isPrivate()).isTrue();
        assertThat(only(read(file(pem(key.toPrivateKey().getEncoded())), "mine"))
                        .getKeyID())
                .isEqualTo("mine");
    }

    @Test
    void PEM_of_an_elliptic_curve_needs_no_public_part() throws Exception {
        for (int i = 0; i < 5; i++) {
            ECKey key = new ECKeyGenerator(Curve.P_256).generate();
            JWK read = only(read(file(pem(key.toPrivateKey().getEncoded())), null));
            assertThat(read.toECKey().toPublicJWK().computeThumbprint()).isEqualTo(key.computeThumbprint());
        }
    }

    @Test
    void PKCS12_opens_with_its_password() throws Exception {
        Path file = store(folder.resolve("keys.p12"), "of-the-store", "rsa", "ec");
        KeyStore store = KeyStore.getInstance(file.toFile(), "of-the-store".toCharArray());
        JWK rsa = only(KeyFile.read(new Key(file, "rsa", new Secret("of-the-store"), null, null)));
        assertThat(rsa.toRSAKey().toPublicKey())
                .isEqualTo(store.getCertificate("rsa").getPublicKey());
        assertThat(rsa.getKeyID()).isEqualTo(rsa.computeThumbprint().toString());

        Path password = Files.writeString(folder.resolve("password"), "of-the-store\n");
        JWK ec = only(KeyFile.read(new Key(file, "ec", null, password, "kid")));
        assertThat(ec.toECKey().getCurve()).isEqualTo(Curve.P_256);
        assertThat(ec.getKeyID()).isEqualTo("kid");
    }

    private static JWK only(List<JWK> keys) {
        assertThat(keys).hasSize(1);
        return keys.getFirst();
    }

    private static List<JWK> read(Path file, @Nullable String id) {
        return KeyFile.read(new Key(file, null, null, null, id));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "key", ""), text);
    }

    private static String pem(byte[] der) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END PRIVATE KEY-----\n";
    }

    /** As an operator makes it. */
    static Path store(Path file, String password, String... aliases) throws IOException, InterruptedException {
        for (String alias : aliases) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            password,
                            "-alias",
                            alias,
                            "-keyalg",
                            alias.startsWith("ec") ? "EC" : "RSA",
                            alias.startsWith("ec") ? "-groupname" : "-keysize",
                            alias.startsWith("ec") ? "secp256r1" : "2048",
                            "-dname",
                            "CN=portal")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(keytool.waitFor()).as(said).isZero();
        }
        return file;
    }
}
