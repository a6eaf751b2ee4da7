package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.web.identity.RogueProvider.Call;
import org.selfservice.web.identity.RogueProvider.Reply;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

/** What arrives at a token endpoint, for each way in which a client proves that it is the one. */
class ClientProofTest {
    private static final String SECRET = "a secret: with+signs & more than 32 characters";

    @TempDir
    Path folder;

    private final RogueProvider provider = new RogueProvider(0);

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void a_secret_in_the_header_is_form_encoded_first() {
        Call call = redeem(Map.of("client.secret", SECRET));
        assertThat(call.headers().get("authorization"))
                .isEqualTo("Basic "
                        + Base64.getEncoder()
                                .encodeToString("portal:a+secret%3A+with%2Bsigns+%26+more+than+32+characters"
                                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(call.form()).doesNotContainKeys("client_id", "client_secret", "client_assertion");
        assertThat(call.form())
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "a-code")
                .containsEntry("code_verifier", "a-verifier");
    }

    @Test
    void a_secret_of_a_file_in_the_body() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        Call call =
                redeem(Map.of("client.authentication", "client_secret_post", "client.secret-file", file.toString()));
        assertThat(call.form()).containsEntry("client_id", "portal").containsEntry("client_secret", SECRET);
        assertThat(call.headers()).doesNotContainKey("authorization");
    }

    @Test
    void a_public_client_has_PKCE_alone() {
        Call call = redeem(Map.of("client.authentication", "none"));
        assertThat(call.form())
                .containsEntry("client_id", "portal")
                .containsKey("code_verifier")
                .doesNotContainKeys("client_secret", "client_assertion");
        assertThat(call.headers()).doesNotContainKey("authorization");
    }

    @Test
    void an_assertion_by_secret() throws Exception {
        Call call = redeem(Map.of("client.authentication", "client_secret_jwt", "client.secret", SECRET));
        SignedJWT assertion = assertion(call, new MACVerifier(SECRET));
        assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo("HS256");
        assertThat(call.form().toString()).doesNotContain(SECRET);
    }

    @Test
    void an_assertion_by_key_is_good_for_a_minute_and_for_once() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("portal-1").generate();
        Path file = Files.writeString(folder.resolve("key.json"), key.toJSONString());
        Call first = redeem(Map.of("client.key.file", file.toString()));
        SignedJWT assertion = assertion(first, new RSASSAVerifier(key));
        assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(assertion.getHeader().getKeyID()).isEqualTo("portal-1");
        JWTClaimsSet claims = assertion.getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly(provider.issuer + "/token");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofSeconds(60));

        Call second = redeem(Map.of("client.key.file", file.toString(), "client.assertion-audience", "issuer"));
        JWTClaimsSet again = assertion(second, new RSASSAVerifier(key)).getJWTClaimsSet();
        assertThat(again.getJWTID()).isNotBlank().isNotEqualTo(claims.getJWTID());
        assertThat(again.getAudience()).containsExactly(provider.issuer.toString());
    }

    @Test
    void the_algorithm_is_the_settings_or_the_keys() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).generate();
        ECKey ec = new ECKeyGenerator(Curve.P_256).generate();
        RSAKey marked = new RSAKey.Builder(rsa)
                .algorithm(new com.nimbusds.jose.JWSAlgorithm("PS256"))
                .build();
        assertThat(algorithm(Map.of("client.algorithm", "PS256"), rsa.toJSONString(), new RSASSAVerifier(rsa)))
                .isEqualTo("PS256");
        assertThat(algorithm(Map.of(), marked.toJSONString(), new RSASSAVerifier(rsa)))
                .isEqualTo("PS256");
        assertThat(algorithm(Map.of(), ec.toJSONString(), new ECDSAVerifier(ec)))
                .isEqualTo("ES256");
    }

    private String algorithm(Map<String, String> settings, String key, JWSVerifier verifier) throws Exception {
        Path file = Files.writeString(folder.resolve("key.json"), key);
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("client.key.file", file.toString());
        return assertion(redeem(all), verifier).getHeader().getAlgorithm().getName();
    }

    private static SignedJWT assertion(Call call, JWSVerifier verifier) throws Exception {
        assertThat(call.form())
                .containsEntry("client_id", "portal")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
        assertThat(call.headers()).doesNotContainKey("authorization");
        SignedJWT assertion = SignedJWT.parse(call.form().get("client_assertion"));
        assertThat(assertion.verify(verifier)).isTrue();
        assertThat(assertion.getJWTClaimsSet().getIssuer()).isEqualTo("portal");
        assertThat(assertion.getJWTClaimsSet().getSubject()).isEqualTo("portal");
        return assertion;
    }

    /** What the token endpoint was sent. */
    private Call redeem(Map<String, String> settings) {
        provider.instead.put(
                "/token",
                call -> Reply.json(200, Map.of("access_token", "a", "token_type", "Bearer", "expires_in", 60)));
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "providers.national.issuer", provider.issuer.toString(), "providers.national.client.id", "portal"));
        settings.forEach((name, value) -> all.put("providers.national." + name, value));
        Providers providers = new Providers(Configured.login(all), Clock.systemUTC());
        ClientRegistration registration = Objects.requireNonNull(providers.findByRegistrationId("national"));
        new TokenCall(providers)
                .getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(
                        registration,
                        new OAuth2AuthorizationExchange(
                                OAuth2AuthorizationRequest.authorizationCode()
                                        .authorizationUri(provider.issuer + "/authorize")
                                        .clientId("portal")
                                        .redirectUri("http://localhost/back")
                                        .state("a-state")
                                        .attributes(attributes -> attributes.put("code_verifier", "a-verifier"))
                                        .build(),
                                OAuth2AuthorizationResponse.success("a-code")
                                        .redirectUri("http://localhost/back")
                                        .state("a-state")
                                        .build())));
        return provider.last("/token");
    }
}
