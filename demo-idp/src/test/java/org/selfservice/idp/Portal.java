package org.selfservice.idp;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.selfservice.idp.Browser.Page;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client as the portal is one: builds authorization requests, redeems codes, reads tokens and userinfo. */
final class Portal {
    static final URI ADDRESS = URI.create("http://localhost:8080");
    private static final String VERIFIER = "a-verifier-that-is-long-enough-for-the-rules-of-pkce";

    private final DemoIdentityProvider provider;
    private final String clientId;
    private final String redirectUri;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    final String state = UUID.randomUUID().toString();
    final String nonce = UUID.randomUUID().toString();

    Portal(DemoIdentityProvider provider, String clientId) {
        this.provider = provider;
        this.clientId = clientId;
        String registration =
                List.of("portal-farmer", "portal-staff", "portal-assisted").contains(clientId)
                        ? clientId.substring(7)
                        : "national";
        this.redirectUri = ADDRESS + "/login/oauth2/code/" + registration;
    }

    Portal asking(String parameter, String value) {
        parameters.put(parameter, value);
        return this;
    }

    String authorizationRequest() {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "response_type",
                "code",
                "client_id",
                clientId,
                "redirect_uri",
                redirectUri,
                "scope",
                "openid profile",
                "state",
                state,
                "nonce",
                nonce,
                "code_challenge",
                challenge(),
                "code_challenge_method",
                "S256"));
        all.putAll(parameters);
        return "/oauth2/authorize?" + Browser.form(all);
    }

    JsonNode redeem(Page callback) {
        Page answer = new Browser(provider.issuer())
                .post("/oauth2/token", exchange(callback), request -> request.header("Authorization", basic()));
        return JsonMapper.shared().readTree(answer.text());
    }

    String exchange(Page callback) {
        return Browser.form(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                callback.parameters().get("code"),
                "redirect_uri",
                redirectUri,
                "code_verifier",
                VERIFIER));
    }

    Map<String, Object> idToken(JsonNode tokens) throws Exception {
        return verified(tokens.get("id_token").asString()).getJWTClaimsSet().getClaims();
    }

    JsonNode userInfo(JsonNode tokens) {
        return JsonMapper.shared()
                .readTree(new Browser(provider.issuer())
                        .get("/userinfo", tokens.get("access_token").asString())
                        .text());
    }

    SignedJWT verified(String token) throws Exception {
        SignedJWT jwt = SignedJWT.parse(token);
        var keys = JWKSet.load(provider.issuer().resolve("/oauth2/jwks").toURL());
        var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toRSAKey();
        if (!jwt.verify(new com.nimbusds.jose.crypto.RSASSAVerifier(key))) throw new AssertionError("forged");
        return jwt;
    }

    String basic() {
        String pair = clientId + ":" + clientId + "-secret";
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
