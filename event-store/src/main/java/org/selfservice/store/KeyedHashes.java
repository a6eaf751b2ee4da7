package org.selfservice.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantId;

/** HMAC-SHA-256 over length-prefixed parts, the first of which says what is named: no two different inputs are alike. */
final class KeyedHashes implements Pseudonyms {
    /** Keyed once, and copied for each hash. */
    private final Mac keyed;

    KeyedHashes(byte[] secret) {
        try {
            keyed = Mac.getInstance("HmacSHA256");
            keyed.init(new SecretKeySpec(secret, "HmacSHA256"));
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    @Override
    public RegistrantId registrant(String issuer, String subject, int generation) {
        return new RegistrantId("r-" + hash("registrant", issuer, subject, Integer.toString(generation)));
    }

    @Override
    public ApplicationId application(RegistrantId registrant, ProgramCode program, int ordinal) {
        return new ApplicationId(
                "a-" + hash("application", registrant.value(), program.value(), Integer.toString(ordinal)));
    }

    @Override
    public EnrolmentId enrolment(RegistrantId registrant, ProgramCode program) {
        return new EnrolmentId("e-" + hash("enrolment", registrant.value(), program.value()));
    }

    /** Of a value that identifies a person, to compare applications by. */
    String likeness(Likeness kind, String value) {
        return hash("likeness", kind.name(), value);
    }

    /** Of a request's content or of its key: both may hold what is personal. */
    String request(String caller, String part) {
        return hash("request", caller, part);
    }

    private String hash(String... parts) {
        try {
            Mac mac = (Mac) keyed.clone();
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(new byte[] {
                    (byte) (bytes.length >>> 24),
                    (byte) (bytes.length >>> 16),
                    (byte) (bytes.length >>> 8),
                    (byte) bytes.length
                });
                mac.update(bytes);
            }
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
        } catch (CloneNotSupportedException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
