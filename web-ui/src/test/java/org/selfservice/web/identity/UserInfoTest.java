package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.web.identity.RogueProvider.Reply;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/** Userinfo as JSON, signed, encrypted, and both. */
class UserInfoTest {
    private static final RSAKey OLD = RogueProvider.rsa("portal-old");
    private static final RSAKey NEW = RogueProvider.rsa("portal-new");

    @TempDir
    Path folder;

    private final RogueProvider provider = new RogueProvider(0);
    private Path keys;
    private ECKey curve;

    @BeforeEach
    void keys() throws Exception {
        curve = new ECKeyGenerator(Curve.P_256).keyID("portal-ec").generate();
        keys = Files.writeString(folder.resolve("keys.json"), new JWKSet(List.of(curve, NEW, OLD)).toString(false));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void as_JSON() {
        assertThat(read()).containsEntry("name", RogueProvider.NAME);
        assertThat(provider.last("/userinfo").headers().get("accept")).contains("application/jwt", "application/json");
    }

    @Test
    void signed_by_any_key_that_the_provider_publishes() {
        RSAKey system = RogueProvider.rsa("of-the-id-system");
        provider.published = List.of(provider.key.toPublicJWK(), system.toPublicJWK());
        answers(RogueProvider.signed(provider.userInfo("portal"), "PS256", system));
        assertThat(read()).containsEntry("name", RogueProvider.NAME);
    }

    @Test
    void signed_long_ago() {
        answers(signed(new JWTClaimsSet.Builder(provider.userInfo("portal"))
                .expirationTime(Date.from(Instant.now().minusSeconds(120)))
                .build()));
        refused("the signature cannot be checked");
    }

    @Test
    void signed_and_encrypted_for_a_key_that_the_provider_calls_otherwise() throws Exception {
        for (RSAKey key : List.of(NEW, OLD)) {
            answers(sealed(signed(), key, "RSA-OAEP-256", "thumbprint-of-a-certificate"));
            assertThat(read()).containsEntry("name", RogueProvider.NAME);
        }
        answers(sealed(signed(), curve));
        assertThat(read()).containsEntry("name", RogueProvider.NAME);
    }

    @Test
    void encrypted_and_not_signed() throws Exception {
        answers(sealed("{\"sub\": \"rogue-subject\", \"name\": \"Rosalind\"}", NEW, "RSA-OAEP-256", null));
        assertThat(read()).containsEntry("name", "Rosalind");
    }

    @Test
    void encrypted_for_somebody_else() throws Exception {
        answers(sealed(signed(), RogueProvider.rsa("foreign"), "RSA-OAEP-256", "portal-new"));
        refused("no decryption-key opens it");
    }

    @Test
    void encrypted_in_a_way_that_is_broken() throws Exception {
        answers(sealed(signed(), NEW, "RSA1_5", null));
        refused("encrypted in a way that is not allowed");
    }

    @Test
    void encrypted_around_a_signature_that_is_wrong() throws Exception {
        answers(sealed(RogueProvider.signed(provider.userInfo("portal"), "RS256", OLD), NEW, "RSA-OAEP-256", null));
        refused("the signature cannot be checked");
        answers(sealed(new PlainJWT(provider.userInfo("portal")).serialize(), NEW, "RSA-OAEP-256", null));
        refused("the signature cannot be checked");
        answers(sealed(signed(provider.userInfo("another-client")), NEW, "RSA-OAEP-256", null));
        refused("issuer or audience is another one");
    }

    @Test
    void encrypted_without_a_key_to_open_it() throws Exception {
        answers(sealed(signed(), NEW, "RSA-OAEP-256", null));
        keys = null;
        refused("there is no decryption-key");
    }

    @Test
    void none_at_all() {
        provider.metadata = all -> all.remove("userinfo_endpoint");
        assertThat(read()).containsEntry("sub", RogueProvider.SUBJECT);
        assertThat(provider.calls("/userinfo")).isEmpty();
    }

    private String signed() {
        return signed(provider.userInfo("portal"));
    }

    private String signed(JWTClaimsSet claims) {
        return RogueProvider.signed(claims, "RS256", provider.key);
    }

    private static String sealed(String text, RSAKey key, String algorithm, String id) throws JOSEException {
        return sealed(text, JWEAlgorithm.parse(algorithm), new RSAEncrypter(key), id);
    }

    private static String sealed(String text, ECKey key) throws JOSEException {
        return sealed(text, JWEAlgorithm.ECDH_ES_A256KW, new ECDHEncrypter(key), null);
    }

    private static String sealed(String text, JWEAlgorithm algorithm, JWEEncrypter encrypter, String id)
            throws JOSEException {
        JWEObject sealed = new JWEObject(
                new JWEHeader.Builder(algorithm, EncryptionMethod.A256GCM)
                        .contentType("JWT")
                        .keyID(id)
                        .build(),
                new Payload(text));
        sealed.encrypt(encrypter);
        return sealed.serialize();
    }

    private void answers(String jwt) {
        provider.instead.put("/userinfo", call -> Reply.text(200, "application/jwt;charset=UTF-8", jwt));
    }

    private void refused(String why) {
        assertThatExceptionOfType(OAuth2AuthenticationException.class)
                .isThrownBy(this::read)
                .satisfies(failure -> {
                    assertThat(failure.getError().getErrorCode()).isEqualTo(UserInfo.INVALID);
                    assertThat(failure.getError().getDescription()).contains(why);
                });
    }

    private Map<String, Object> read() {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "providers.national.issuer", provider.issuer.toString(),
                "providers.national.client.id", "portal",
                "providers.national.client.secret", "secret"));
        if (keys != null) {
            settings.put("providers.national.decryption-key.file", keys.toString());
        }
        Providers providers = new Providers(Configured.login(settings), Clock.systemUTC());
        ClientRegistration registration = Objects.requireNonNull(providers.findByRegistrationId("national"));
        Instant now = Instant.now();
        return new UserInfo(providers, new IdTokens(providers))
                .of(new OidcUserRequest(
                        registration,
                        new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "token", now, now.plusSeconds(60)),
                        new OidcIdToken("id-token", now, now.plusSeconds(60), Map.of("sub", RogueProvider.SUBJECT))));
    }
}
