package org.selfservice.web.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.RSAPublicKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.Key;
import org.selfservice.web.identity.LoginSettings.Secret;
import org.springframework.boot.ssl.pem.PemContent;

/** Private keys in a file: a JWK or JWK set, PEM, or PKCS#12, as its content says. */
final class KeyFile {
    private static final byte DER_SEQUENCE = 0x30;

    private KeyFile() {}

    /**
     * All private keys in the file; the one that was asked for, when an alias or an id says which.
     *
     * @throws WrongSetting when there is none
     */
    static List<JWK> read(Key key) {
        byte[] content = bytes(key.file(), "file");
        String password = secret(key.password(), key.passwordFile(), "password-file");
        try {
            List<JWK> keys;
            if (content.length > 0 && content[0] == DER_SEQUENCE) {
                keys = List.of(named(store(content, key, password), key.id()));
            } else {
                String text = new String(content, StandardCharsets.UTF_8);
                keys = PemContent.isPresentInText(text)
                        ? List.of(named(pem(text, key.file(), password), key.id()))
                        : json(text, key);
            }
            return keys;
        } catch (GeneralSecurityException | JOSEException | ParseException | IOException | RuntimeException wrong) {
            if (wrong instanceof WrongSetting known) {
                throw known;
            }
            // the text of the cause may hold what is in the file
            throw new WrongSetting(
                    "file",
                    key.file() + " cannot be read as a key (" + wrong.getClass().getSimpleName()
                            + "); it must be a JWK or JWK set, PEM, or PKCS#12 with its password");
        }
    }

    /**
     * What stands in a setting or in a file of its own, without the line break at the end.
     *
     * @param setting that names the file
     */
    static @Nullable String secret(@Nullable Secret secret, @Nullable Path file, String setting) {
        if (secret != null) {
            return secret.text();
        }
        return file == null ? null : new String(bytes(file, setting), StandardCharsets.UTF_8).strip();
    }

    private static byte[] bytes(Path file, String setting) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException cannot) {
            throw new WrongSetting(setting, file + " cannot be read; name a file that the portal may read");
        }
    }

    private static List<JWK> json(String text, Key key) throws ParseException {
        List<JWK> all = text.contains("\"keys\"") ? JWKSet.parse(text).getKeys() : List.of(JWK.parse(text));
        List<JWK> usable = all.stream()
                .filter(JWK::isPrivate)
                .filter(one -> key.id() == null || key.id().equals(one.getKeyID()) || all.size() == 1)
                .toList();
        if (usable.isEmpty()) {
            throw new WrongSetting(
                    "file",
                    key.file() + " has no private part" + (key.id() == null ? "" : " of the key " + key.id())
                            + "; a private key is needed, a public one is for the provider");
        }
        return usable;
    }

    private static JWK store(byte[] content, Key key, @Nullable String password)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char[] opener = Objects.toString(password, "").toCharArray();
        try {
            store.load(new ByteArrayInputStream(content), opener);
        } catch (IOException wrong) {
            throw new WrongSetting("password", "it does not open " + key.file() + "; give the password of the file");
        }
        List<String> aliases = new ArrayList<>();
        for (String one : Collections.list(store.aliases())) {
            if (store.isKeyEntry(one)) {
                aliases.add(one);
            }
        }
        if (key.alias() == null && aliases.size() != 1) {
            throw new WrongSetting("alias", "it is missing; " + key.file() + " holds " + aliases);
        }
        String alias = key.alias() == null ? aliases.getFirst() : key.alias();
        if (!store.isKeyEntry(alias)) {
            throw new WrongSetting("alias", "there is no " + alias + "; " + key.file() + " holds " + aliases);
        }
        return pair(
                (PrivateKey) store.getKey(alias, opener),
                store.getCertificate(alias).getPublicKey());
    }

    private static JWK pem(String text, Path file, @Nullable String password) throws GeneralSecurityException {
        PemContent pem = PemContent.of(text);
        PrivateKey key = pem.getPrivateKey(password);
        if (key == null) {
            throw new WrongSetting("file", file + " has no private part; a private key is needed");
        }
        PublicKey other = switch (key) {
            case RSAPrivateCrtKey rsa ->
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            case ECPrivateKey ec -> publicPart(ec);
            default -> throw new WrongSetting("file", file + " holds a key of another kind; RSA or EC is needed");
        };
        return pair(key, other);
    }

    private static JWK pair(PrivateKey key, PublicKey other) {
        return switch (other) {
            case RSAPublicKey rsa -> new RSAKey.Builder(rsa).privateKey(key).build();
            case ECPublicKey ec ->
                new ECKey.Builder(Objects.requireNonNull(Curve.forECParameterSpec(ec.getParams())), ec)
                        .privateKey(key)
                        .build();
            default -> throw new WrongSetting("file", "the key is of another kind; RSA or EC is needed");
        };
    }

    private static JWK named(JWK key, @Nullable String id) throws JOSEException {
        String name = id != null ? id : key.computeThumbprint().toString();
        return key instanceof RSAKey rsa
                ? new RSAKey.Builder(rsa).keyID(name).build()
                : new ECKey.Builder(key.toECKey()).keyID(name).build();
    }

    /** PEM without a certificate says only the private number: the public point is the generator, so many times. */
    private static PublicKey publicPart(ECPrivateKey key) throws GeneralSecurityException {
        ECParameterSpec curve = key.getParams();
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger a = curve.getCurve().getA();
        ECPoint sum = ECPoint.POINT_INFINITY;
        ECPoint doubled = curve.getGenerator();
        for (int bit = 0; bit < key.getS().bitLength(); bit++) {
            if (key.getS().testBit(bit)) {
                sum = add(sum, doubled, a, p);
            }
            doubled = add(doubled, doubled, a, p);
        }
        return KeyFactory.getInstance("EC").generatePublic(new java.security.spec.ECPublicKeySpec(sum, curve));
    }

    private static ECPoint add(ECPoint one, ECPoint other, BigInteger a, BigInteger p) {
        if (one.equals(ECPoint.POINT_INFINITY)) {
            return other;
        }
        BigInteger slope = one.equals(other)
                ? one.getAffineX()
                        .pow(2)
                        .multiply(BigInteger.valueOf(3))
                        .add(a)
                        .multiply(one.getAffineY().shiftLeft(1).modInverse(p))
                : other.getAffineY()
                        .subtract(one.getAffineY())
                        .multiply(other.getAffineX().subtract(one.getAffineX()).modInverse(p));
        BigInteger x = slope.pow(2)
                .subtract(one.getAffineX())
                .subtract(other.getAffineX())
                .mod(p);
        BigInteger y = slope.multiply(one.getAffineX().subtract(x))
                .subtract(one.getAffineY())
                .mod(p);
        return new ECPoint(x, y);
    }
}
