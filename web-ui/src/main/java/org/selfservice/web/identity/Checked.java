package org.selfservice.web.identity;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of a provider led to, read once at the start.
 *
 * @param decryptionKeys any of which may open an encrypted answer
 * @param logo a data URI
 */
record Checked(
        ClientProof proof,
        List<JWK> decryptionKeys,
        @Nullable String logo) {}
