package org.selfservice.idp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.selfservice.idp.Browser.Page;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of a provider in eSignet's shape: it proves itself by its key and pushes its requests. */
final class KeyedPortal {
    static final String TOKEN = "/v1/esignet/oauth/v2/token";
    static final String PUSH = "/v1/esignet/oauth/par";
    static final String USERINFO = "/v1/esignet/oidc/userinfo";
    static final String REDIRECT = Portal.ADDRESS + "/login/oauth2/code/esignet";
    static final String VERIFIER = "a-verifier-that-is-long-enough-for-the-rules-of-pkce";

    private final DemoIdentityProvider provider;
    private final String id;
    private final JWK key;
    private final Map<String, String> asked = new LinkedHashMap<>();
    final String state = UUID.randomUUID().toString();
    final String nonce = UUID.randomUUID().toString();
    JWSAlgorithm algorithm = JWSAlgorithm.RS256;

    KeyedPortal(DemoIdentityProvider provider, String id, JWK key) {
        this.provider = provider;
        this.id = id;
        this.key = key;
        asked.put("response_type", "code");
        asked.put("client_id", id);
        asked.put("redirect_uri", REDIRECT);
        asked.put("scope", "openid");
        asked.put("state", state);
        asked.put("nonce", nonce);
        asked.put("code_challenge", challenge());
        asked.put("code_challenge_method", "S256");
        asked.put("ui_locales", "en");
    }

    /** @param value empty for not at all */
    KeyedPortal asking(String parameter, String value) {
        if (value.isEmpty()) asked.remove(parameter);
        else asked.put(parameter, value);
        return this;
    }

    String openly() {
        return "/authorize?" + Browser.form(asked);
    }

    /** The address of a request that was left beforehand. */
    String pushed() {
        JsonNode answer = json(push(assertion(claims -> claims)));
        return "/authorize?"
                + Browser.form(Map.of(
                        "client_id",
                        id,
                        "request_uri",
                        answer.get("request_uri").asString()));
    }

    Page push(String assertion) {
        return browser().post(PUSH, Browser.form(asked) + proof(assertion), request -> request);
    }

    Page redeem(Page callback, String verifier) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                callback.parameters().get("code"),
                "redirect_uri",
                REDIRECT));
        fields.put("client_id", id);
        if (!verifier.isEmpty()) fields.put("code_verifier", verifier);
        return redeem(Browser.form(fields), assertion(claims -> claims));
    }

    Page redeem(String form, String assertion) {
        return browser().post(TOKEN, form + proof(assertion), request -> request);
    }

    /** A good one, changed. */
    String assertion(UnaryOperator<JWTClaimsSet.Builder> changed) {
        try {
            Date now = new Date();
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(),
                    changed.apply(new JWTClaimsSet.Builder()
                                    .issuer(id)
                                    .subject(id)
                                    .audience(provider.issuer() + TOKEN)
                                    .issueTime(now)
                                    .expirationTime(new Date(now.getTime() + 60_000))
                                    .jwtID(UUID.randomUUID().toString()))
                            .build());
            jwt.sign(new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    SignedJWT verified(String token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        var keys =
                JWKSet.load(provider.issuer().resolve("/.well-known/jwks.json").toURL());
        var signer = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();
        if (!jwt.verify(new com.nimbusds.jose.crypto.RSASSAVerifier(signer))) throw new AssertionError("forged");
        return jwt;
    }

    static JsonNode json(Page page) {
        return JsonMapper.shared().readTree(page.text());
    }

    private Browser browser() {
        return new Browser(provider.issuer());
    }

    private String proof(String assertion) {
        return "&"
                + Browser.form(Map.of(
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion));
    }

    private static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
