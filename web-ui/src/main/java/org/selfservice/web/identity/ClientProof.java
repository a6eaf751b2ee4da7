package org.selfservice.web.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.AssertionAudience;
import org.selfservice.web.identity.LoginSettings.Authentication;
import org.selfservice.web.identity.LoginSettings.Client;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.util.MultiValueMap;

/**
 * By what the portal proves to a provider that it is its client, wherever the provider wants that (OpenID Connect Core 1.0,
 * section 9). A signed assertion is good for a minute and once.
 */
final class ClientProof {
    private static final List<String> WITH_KEY =
            List.of("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512");
    private static final List<String> WITH_SECRET = List.of("HS256", "HS384", "HS512");
    private static final Duration GOOD_FOR = Duration.ofSeconds(60);

    private final Client client;
    private final Clock clock;
    private final @Nullable String secret;
    private final @Nullable JWK key;
    private final @Nullable JWSAlgorithm algorithm;
    private final @Nullable JWSSigner signer;

    /** @throws WrongSetting when it cannot prove anything */
    ClientProof(Client client, Clock clock) {
        this.client = client;
        this.clock = clock;
        Authentication method = client.method();
        if (method == Authentication.NONE) {
            if (client.key() != null || client.secret() != null || client.secretFile() != null) {
                throw new WrongSetting(
                        "authentication",
                        "it is none, but there is a key or a secret; leave these away or say how they are used");
            }
            secret = null;
            key = null;
            algorithm = null;
            signer = null;
        } else if (method == Authentication.PRIVATE_KEY_JWT) {
            secret = null;
            key = key(client);
            algorithm = algorithm(client, key);
            signer = signer(key, algorithm);
        } else {
            secret = secretOf(client, method);
            key = null;
            algorithm = method == Authentication.CLIENT_SECRET_JWT ? macAlgorithm(client) : null;
            signer = algorithm == null ? null : signer(secret, algorithm);
        }
    }

    /** What goes into the header of a request to the token or the pushed authorization request endpoint. */
    void addTo(HttpHeaders headers) {
        if (client.method() == Authentication.CLIENT_SECRET_BASIC) {
            // RFC 6749, section 2.3.1: both are form-encoded first
            headers.setBasicAuth(encoded(client.id()), encoded(Objects.requireNonNull(secret)), StandardCharsets.UTF_8);
        }
    }

    /** What goes into its body. */
    void addTo(MultiValueMap<String, String> form, ClientRegistration registration) {
        switch (client.method()) {
            case CLIENT_SECRET_BASIC -> form.remove("client_id");
            case CLIENT_SECRET_POST -> {
                form.set("client_id", client.id());
                form.set("client_secret", Objects.requireNonNull(secret));
            }
            case PRIVATE_KEY_JWT, CLIENT_SECRET_JWT -> {
                form.set("client_id", client.id());
                form.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
                form.set("client_assertion", assertion(registration));
            }
            case NONE -> form.set("client_id", client.id());
        }
    }

    /** For whoever registers the portal at the provider; null without a key. */
    @Nullable
    JWK publicKey() {
        return key == null ? null : key.toPublicJWK();
    }

    /** In one line: how, with which algorithm and which key. */
    String describe() {
        StringBuilder line = new StringBuilder(client.method().name().toLowerCase(Locale.ROOT));
        if (algorithm != null) {
            line.append(" with ").append(algorithm);
        }
        if (key != null) {
            line.append(", key ").append(key.getKeyID());
        }
        return line.toString();
    }

    private String assertion(ClientRegistration registration) {
        Instant now = clock.instant();
        String audience = client.assertionAudience() == AssertionAudience.ISSUER
                ? registration.getProviderDetails().getIssuerUri()
                : registration.getProviderDetails().getTokenUri();
        SignedJWT assertion = new SignedJWT(
                new JWSHeader.Builder(Objects.requireNonNull(algorithm))
                        .type(JOSEObjectType.JWT)
                        .keyID(key == null ? null : key.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(client.id())
                        .subject(client.id())
                        .audience(audience)
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(GOOD_FOR)))
                        .build());
        try {
            assertion.sign(Objects.requireNonNull(signer));
        } catch (JOSEException impossible) {
            throw new IllegalStateException("the key signed at the start", impossible);
        }
        return assertion.serialize();
    }

    private static JWK key(Client client) {
        if (client.key() == null) {
            throw new WrongSetting(
                    "key.file", "it is missing; private_key_jwt needs a private key: a JWK, PEM or PKCS#12 file");
        }
        try {
            return KeyFile.read(client.key()).getFirst();
        } catch (WrongSetting wrong) {
            throw wrong.below("key");
        }
    }

    private static JWSAlgorithm algorithm(Client client, JWK key) {
        String said = client.algorithm() != null
                ? client.algorithm()
                : key.getAlgorithm() != null ? key.getAlgorithm().getName() : usual(key);
        if (!WITH_KEY.contains(said)) {
            throw new WrongSetting("algorithm", said + " is not for keys; RS256, PS256 and ES256 are");
        }
        return new JWSAlgorithm(said);
    }

    /** Each curve has one of its own. */
    private static String usual(JWK key) {
        if (!(key instanceof ECKey ec)) {
            return "RS256";
        }
        return ec.getCurve().equals(Curve.P_384) ? "ES384" : ec.getCurve().equals(Curve.P_521) ? "ES512" : "ES256";
    }

    private static JWSSigner signer(JWK key, JWSAlgorithm algorithm) {
        try {
            return new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
        } catch (JOSEException | RuntimeException wrong) {
            throw new WrongSetting(
                    "algorithm",
                    algorithm + " does not go with this key; "
                            + (key.getKeyType().equals(KeyType.EC)
                                    ? "ES256 goes with an EC key on P-256"
                                    : "RS256 and PS256 go with an RSA key of 2048 bits or more"));
        }
    }

    private static String secretOf(Client client, Authentication method) {
        if (client.key() != null) {
            throw new WrongSetting(
                    "authentication",
                    "it is " + method.name().toLowerCase(Locale.ROOT)
                            + ", but there is a key; use private_key_jwt, or leave the key away");
        }
        if (client.secret() != null && client.secretFile() != null) {
            throw new WrongSetting("secret", "there is a secret-file too; give one of them");
        }
        String secret = KeyFile.secret(client.secret(), client.secretFile(), "secret-file");
        if (secret == null || secret.isBlank()) {
            throw new WrongSetting(
                    client.secretFile() == null ? "secret" : "secret-file",
                    "it is missing; give a secret, by the environment or secret-file, or a key, or authentication: none for a public client");
        }
        return secret;
    }

    private static JWSAlgorithm macAlgorithm(Client client) {
        String said = client.algorithm() == null ? "HS256" : client.algorithm();
        if (!WITH_SECRET.contains(said)) {
            throw new WrongSetting("algorithm", said + " is not for secrets; HS256 is");
        }
        return new JWSAlgorithm(said);
    }

    private static JWSSigner signer(String secret, JWSAlgorithm algorithm) {
        try {
            MACSigner signer = new MACSigner(secret.getBytes(StandardCharsets.UTF_8));
            if (!signer.supportedJWSAlgorithms().contains(algorithm)) {
                throw new JOSEException("too short");
            }
            return signer;
        } catch (JOSEException tooShort) {
            throw new WrongSetting(
                    "secret", "it is too short for " + algorithm + "; 32 characters or more are needed for HS256");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
