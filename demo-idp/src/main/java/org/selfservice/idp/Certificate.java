package org.selfservice.idp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.HexFormat;

/** X.509 certificates (RFC 5280) that a key signs for itself; the platform reads them and makes none. */
final class Certificate {
    private static final byte[] VERSION_3 = HexFormat.of().parseHex("a003020102");
    private static final byte[] SHA256_WITH_RSA = HexFormat.of().parseHex("300d06092a864886f70d01010b0500");
    private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int TEXT = 0x0c;
    private static final int TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    private Certificate() {}

    static Base64 ofItself(RSAKey key) {
        try {
            byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(TEXT, text("Demonstration ID")))));
            byte[] validity = der(SEQUENCE, der(TIME, text("200101000000Z")), der(TIME, text("491231235959Z")));
            byte[] said = der(
                    SEQUENCE,
                    VERSION_3,
                    der(INTEGER, new byte[] {1}),
                    SHA256_WITH_RSA,
                    name,
                    validity,
                    name,
                    key.toPublicKey().getEncoded());
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.toPrivateKey());
            signature.update(said);
            byte[] whole = der(SEQUENCE, said, SHA256_WITH_RSA, der(BITS, new byte[] {0}, signature.sign()));
            return Base64.encode(whole);
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Tag, length, value: X.690, section 8.1. */
    private static byte[] der(int tag, byte[]... parts) {
        var value = new ByteArrayOutputStream();
        for (byte[] part : parts) value.writeBytes(part);
        var all = new ByteArrayOutputStream();
        all.write(tag);
        if (value.size() < 0x80) all.write(value.size());
        else {
            all.write(value.size() < 0x100 ? 0x81 : 0x82);
            if (value.size() >= 0x100) all.write(value.size() >> 8);
            all.write(value.size());
        }
        all.writeBytes(value.toByteArray());
        return all.toByteArray();
    }
}
