package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.idp.Client;
import org.selfservice.idp.DemoIdentityProvider;
import org.selfservice.idp.IdSystem;
import org.selfservice.idp.Settings;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;

/** A provider that behaves as eSignet does: key instead of secret, PS256, userinfo as a signed JWT. */
class SignedProviderTest {
    private static final String AMINA = "1000200030";

    @TempDir
    Path folder;

    @Test
    void a_provider_that_wants_and_gives_signatures_is_configuration_alone() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("portal-1").generate();
        Path file = Files.writeString(folder.resolve("key.json"), key.toJSONString());
        URI callback = URI.create("http://localhost/login/oauth2/code/national");
        Client client = Client.of("portal", IdSystem.NATIONAL, callback)
                .publicKeys(new JWKSet(key).toPublicJWKSet().toString())
                .idTokensSignedWith("PS256")
                .signedUserInfo();
        try (DemoIdentityProvider idp = DemoIdentityProvider.start(Settings.of(client))) {
            LoginSettings settings = settings(idp.issuer(), file);
            Providers providers = new Providers(settings, Clock.systemUTC());
            ClientRegistration registration = Objects.requireNonNull(providers.findByRegistrationId("national"));
            MockHttpServletRequest start = new MockHttpServletRequest("GET", "/oauth2/authorization/national");
            start.setServletPath("/oauth2/authorization/national");
            OAuth2AuthorizationRequest there = Objects.requireNonNull(new Departures(
                            providers, new PushedRequests(providers), new FixedLocaleResolver(), Clock.systemUTC())
                    .resolve(start));

            Answer back = signIn(idp, there.getAuthorizationRequestUri());
            OAuth2AccessTokenResponse tokens = new TokenCall(providers)
                    .getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(
                            registration,
                            new OAuth2AuthorizationExchange(
                                    there,
                                    OAuth2AuthorizationResponse.success(
                                                    back.parameters().get("code"))
                                            .redirectUri(callback.toString())
                                            .state(there.getState())
                                            .build())));
            Jwt token = new IdTokens(providers)
                    .createDecoder(registration)
                    .decode(tokens.getAdditionalParameters().get("id_token").toString());
            assertThat(token.getHeaders()).containsEntry("alg", "PS256");

            Map<String, Object> claims = new UserInfo(providers, new IdTokens(providers))
                    .of(new OidcUserRequest(
                            registration,
                            tokens.getAccessToken(),
                            new OidcIdToken(
                                    token.getTokenValue(),
                                    token.getIssuedAt(),
                                    token.getExpiresAt(),
                                    token.getClaims())));
            assertThat(claims).containsEntry("name", "Amina O'Sample").containsEntry("sub", token.getSubject());
        }
    }

    private static Answer signIn(DemoIdentityProvider idp, String address) {
        Visitor visitor = new Visitor(idp.issuer());
        Answer code = visitor.submit(visitor.get(address), "/login", Map.of("individual_id", AMINA));
        Answer consent =
                visitor.submit(code, "/code", Map.of("code", idp.codeFor(AMINA).orElseThrow()));
        String back = visitor.submitAndStop(consent, "/consent", Map.of("decision", "allow"));
        return new Answer(URI.create(back), 302, consent.headers(), "", List.of());
    }

    private static LoginSettings settings(URI issuer, Path key) {
        return Configured.login(Map.of(
                "providers.national.issuer", issuer.toString(),
                "providers.national.client.id", "portal",
                "providers.national.client.key.file", key.toString(),
                "providers.national.claims", "{\"userinfo\": {\"name\": {\"essential\": true}}}",
                "providers.national.acr.sign-in", "mosip:idp:acr:generated-code",
                "providers.national.algorithms", "PS256, RS256"));
    }
}
