package org.selfservice.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.selfservice.idp.Browser.Page;
import tools.jackson.databind.JsonNode;

/** The ways of eSignet 1.8 with a client: keys, assertions, pushed requests, tokens, userinfo. */
class EsignetClientTest extends AtEsignet {
    @Test
    void it_announces_eSignets_addresses_and_no_sign_out() {
        for (String document : List.of("openid-configuration", "oauth-authorization-server")) {
            JsonNode metadata = KeyedPortal.json(browser.open("/.well-known/" + document));
            String issuer = provider.issuer().toString();
            assertThat(metadata.get("authorization_endpoint").asString()).isEqualTo(issuer + "/authorize");
            assertThat(metadata.get("token_endpoint").asString()).isEqualTo(issuer + KeyedPortal.TOKEN);
            assertThat(metadata.get("pushed_authorization_request_endpoint").asString())
                    .isEqualTo(issuer + KeyedPortal.PUSH);
            assertThat(metadata.get("token_endpoint_auth_methods_supported").toString())
                    .isEqualTo("[\"private_key_jwt\"]");
            assertThat(metadata.get("id_token_signing_alg_values_supported").toString())
                    .isEqualTo("[\"PS256\"]");
            assertThat(metadata.get("grant_types_supported").toString()).isEqualTo("[\"authorization_code\"]");
            assertThat(metadata.propertyNames())
                    .doesNotContain(
                            "end_session_endpoint",
                            "revocation_endpoint",
                            "introspection_endpoint",
                            "registration_endpoint");
        }
    }

    @Test
    void its_keys_have_certificates_and_no_algorithm() throws Exception {
        JWKSet keys =
                JWKSet.load(provider.issuer().resolve("/.well-known/jwks.json").toURL());
        assertThat(keys.getKeys()).hasSizeGreaterThan(1).allSatisfy(key -> {
            assertThat(key.getAlgorithm()).isNull();
            assertThat(key.getParsedX509CertChain()).hasSize(1);
            key.getParsedX509CertChain().getFirst().verify(key.toRSAKey().toPublicKey());
        });
    }

    @Test
    void an_assertion_is_good_once_for_this_provider_and_however_long_it_lives() {
        KeyedPortal portal = portal();
        String assertion = portal.assertion(claims -> claims.expirationTime(in(Duration.ofHours(24))));
        assertThat(portal.push(assertion).status()).isEqualTo(201);
        refused(portal.push(assertion));

        String issuer = provider.issuer().toString();
        for (String audience : List.of(issuer, issuer + KeyedPortal.PUSH)) {
            assertThat(portal.push(portal.assertion(claims -> claims.audience(audience)))
                            .status())
                    .isEqualTo(201);
        }
        refused(portal.push(portal.assertion(claims -> claims.audience(issuer + "/oauth2/token"))));
        refused(portal.redeem(
                "client_id=portal&grant_type=authorization_code&code=none",
                portal.assertion(claims -> claims.audience(issuer + KeyedPortal.PUSH))));
        refused(portal.push(portal.assertion(claims -> claims.jwtID(null))));
        refused(portal.push(portal.assertion(claims -> claims.issueTime(null))));
        refused(portal.push(portal.assertion(claims -> claims.subject("another"))));
    }

    @Test
    void clocks_may_differ_by_five_seconds() {
        KeyedPortal portal = portal();
        assertThat(portal.push(portal.assertion(claims -> claims.issueTime(in(Duration.ofSeconds(-60)))
                                .expirationTime(in(Duration.ofSeconds(-3)))))
                        .status())
                .isEqualTo(201);
        refused(portal.push(portal.assertion(
                claims -> claims.issueTime(in(Duration.ofSeconds(-60))).expirationTime(in(Duration.ofSeconds(-8))))));
        refused(portal.push(portal.assertion(claims -> claims.issueTime(in(Duration.ofSeconds(15))))));
    }

    @Test
    void a_registered_key_says_by_which_algorithms() {
        KeyedPortal any = portal();
        KeyedPortal one = new KeyedPortal(provider, "of-one-algorithm", KEY);
        KeyedPortal curve = new KeyedPortal(provider, "of-curves", CURVE);
        assertThat(one.push(one.assertion(claims -> claims)).status()).isEqualTo(201);
        any.algorithm = JWSAlgorithm.PS256;
        one.algorithm = JWSAlgorithm.PS256;
        curve.algorithm = JWSAlgorithm.ES256;
        assertThat(any.push(any.assertion(claims -> claims)).status()).isEqualTo(201);
        assertThat(curve.push(curve.assertion(claims -> claims)).status()).isEqualTo(201);
        refused(one.push(one.assertion(claims -> claims)));
    }

    @Test
    void requests_come_pushed_and_a_reference_is_good_for_one_visit_and_one_minute() {
        assertThat(browser.open(portal().openly()).status()).isEqualTo(400);
        String address = portal().pushed();
        assertThat(browser.open(address).at().getPath()).isEqualTo("/login");
        assertThat(browser.open(address).status()).isEqualTo(400);

        String otherPort = "http://localhost:34567/login/oauth2/code/esignet";
        assertThat(browser.open(portal().asking("redirect_uri", otherPort).pushed())
                        .at()
                        .getPath())
                .isEqualTo("/login");

        String late = portal().pushed();
        CLOCK.forward(Duration.ofSeconds(61));
        assertThat(browser.open(late).status()).isEqualTo(400);
    }

    @Test
    void a_person_signs_in_and_all_of_it_looks_like_eSignets() throws Exception {
        KeyedPortal portal = portal().asking("claims", CLAIMS).asking("claims_locales", "fr en");
        Page back = allow(prove(portal.pushed(), AMINA), "birthdate", "gender", "address", "picture");
        assertThat(back.parameters())
                .containsOnlyKeys("state", "code", "iss", "ui_locales")
                .containsEntry("state", portal.state)
                .containsEntry("iss", provider.issuer().toString());

        Page wrong = portal.redeem(back, "another-verifier-that-is-long-enough-for-the-rules-of-pkce");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(KeyedPortal.json(wrong).get("error").asString()).isEqualTo("invalid_grant");
        JsonNode tokens = KeyedPortal.json(portal.redeem(back, KeyedPortal.VERIFIER));
        assertThat(tokens.propertyNames())
                .containsExactlyInAnyOrder("access_token", "id_token", "token_type", "expires_in");
        assertThat(tokens.get("expires_in").asInt()).isBetween(3590, 3600);
        SignedJWT idToken = portal.verified(tokens.get("id_token").asString());
        assertThat(idToken.getHeader().toJSONObject())
                .containsOnlyKeys("alg", "kid")
                .containsEntry("alg", "PS256");
        Map<String, Object> said = idToken.getPayload().toJSONObject();
        assertThat(said)
                .containsOnlyKeys("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "at_hash")
                .containsEntry("aud", "portal")
                .containsEntry("nonce", portal.nonce)
                .containsEntry("acr", "mosip:idp:acr:generated-code");
        assertThat((long) said.get("exp") - (long) said.get("iat")).isEqualTo(3600);

        JWEObject sealed = JWEObject.parse(userInfo(tokens));
        assertThat(sealed.getHeader().toJSONObject())
                .containsEntry("alg", "RSA-OAEP-256")
                .containsEntry("enc", "A256GCM")
                .containsEntry("cty", "JWT")
                .doesNotContainEntry("kid", OPENING.getKeyID());
        sealed.decrypt(new RSADecrypter(OPENING));
        SignedJWT inside = portal.verified(sealed.getPayload().toString());
        assertThat(inside.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS256);
        assertThat(inside.getHeader().getKeyID())
                .isNotEqualTo(idToken.getHeader().getKeyID());
        Map<String, Object> known = inside.getJWTClaimsSet().toJSONObject();
        assertThat(known)
                .containsOnlyKeys(
                        "iss",
                        "aud",
                        "sub",
                        "name#fra",
                        "name#eng",
                        "individual_id",
                        "birthdate",
                        "gender#fra",
                        "gender#eng",
                        "address",
                        "picture")
                .containsEntry("sub", said.get("sub"))
                .containsEntry("birthdate", "1986/11/25")
                .containsEntry("name#fra", "Amina O’Sample")
                .containsEntry("gender#fra", "Femme");
        assertThat(known.get("address"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsKeys("locality#fra", "locality#eng", "postal_code")
                .doesNotContainKeys("locality", "formatted");
        assertThat(known.get("picture").toString()).startsWith("data:image/png;base64,");

        Page again = portal.redeem(back, KeyedPortal.VERIFIER);
        assertThat(again.status()).isEqualTo(400);
        assertThat(KeyedPortal.json(again).get("error").asString()).isEqualTo("invalid_grant");
    }

    @Test
    void userinfo_comes_as_a_JWT_or_not_at_all() {
        KeyedPortal portal = portal();
        JsonNode tokens = KeyedPortal.json(portal.redeem(prove(portal.pushed(), KOFI), KeyedPortal.VERIFIER));
        String bearer = "Bearer " + tokens.get("access_token").asString();
        Page json = browser.get(KeyedPortal.USERINFO, Map.of("Authorization", bearer, "Accept", "application/json"));
        assertThat(json.status()).isEqualTo(406);
    }

    @Test
    void what_is_wrong_with_a_request_is_said_there() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "scope", "openid everything",
                        "redirect_uri", "https://elsewhere.example/",
                        "client_id", "nobody",
                        "response_type", "token",
                        "claims", "{\"userinfo\": {\"name\": {\"purpose\": \"no\"}}}")
                .entrySet()) {
            Page page =
                    browser.open(open().asking(wrong.getKey(), wrong.getValue()).openly());
            assertThat(page.status()).as(wrong.toString()).isEqualTo(400);
            assertThat(page.at().getAuthority()).isEqualTo(provider.issuer().getAuthority());
        }
    }

    @Test
    void pkce_may_be_left_out() throws Exception {
        KeyedPortal portal = open().asking("code_challenge", "").asking("code_challenge_method", "");
        Page back = prove(portal.openly(), KOFI);
        assertThat(KeyedPortal.json(portal.redeem(back, "")).has("id_token")).isTrue();
    }
}
