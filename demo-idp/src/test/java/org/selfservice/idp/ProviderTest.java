package org.selfservice.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.idp.Browser.Page;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProviderTest {
    private static final URI CALLBACK = URI.create(Portal.ADDRESS + "/login/oauth2/code/national");
    private static final ECKey KEY = key();

    @TempDir
    static Path folder;

    private static DemoIdentityProvider provider;
    private final Browser browser = new Browser(provider.issuer());

    @BeforeAll
    static void start() {
        provider = DemoIdentityProvider.start(settings());
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    @Test
    void metadata_tell_a_client_all_it_needs() {
        JsonNode metadata = JsonMapper.shared()
                .readTree(browser.open("/.well-known/openid-configuration").text());
        assertThat(metadata.get("issuer").asString())
                .isEqualTo(provider.issuer().toString());
        assertThat(metadata.get("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
        assertThat(metadata.get("claims_parameter_supported").asBoolean()).isTrue();
        assertThat(metadata.get("end_session_endpoint").asString()).endsWith("/connect/logout");
        assertThat(metadata.get("pushed_authorization_request_endpoint").asString())
                .endsWith("/oauth2/par");
    }

    @Test
    void a_machine_gets_a_token_with_its_scopes_and_no_others() throws Exception {
        Portal api = new Portal(provider, "portal-api");
        Page answer = token(api, "read cases:write");
        String token =
                JsonMapper.shared().readTree(answer.text()).get("access_token").asString();
        assertThat(api.verified(token).getJWTClaimsSet().getClaims())
                .containsEntry("sub", "portal-api")
                .containsEntry("aud", List.of("portal-api"))
                .satisfies(claims -> assertThat(claims.get("scope"))
                        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                        .containsExactlyInAnyOrder("read", "cases:write"));
        assertThat(token(api, "everything").status()).isEqualTo(400);
    }

    @Test
    void subjects_and_keys_outlive_a_restart_and_differ_between_sectors() throws Exception {
        Portal portal = new Portal(provider, "portal-national");
        String before = subject(provider, portal);
        JsonNode tokens = portal.redeem(signIn(provider, browser, portal));
        assertThat(subject(provider, new Portal(provider, "other-service"))).isNotEqualTo(before);

        try (DemoIdentityProvider next = DemoIdentityProvider.start(settings())) {
            Portal again = new Portal(next, "portal-national");
            assertThat(subject(next, again)).isEqualTo(before);
            assertThat(again.verified(tokens.get("id_token").asString())).isNotNull();
        }
        assertThat(Files.getPosixFilePermissions(folder.resolve("keys.json"))).hasSize(2);
    }

    @Test
    void a_client_may_authenticate_with_its_key_and_get_signed_answers() throws Exception {
        Portal portal = new Portal(provider, "portal-signed");
        Page callback = signIn(provider, browser, portal);
        JsonNode tokens = JsonMapper.shared()
                .readTree(browser.post("/oauth2/token", portal.exchange(callback) + assertion(), r -> r)
                        .text());
        assertThat(portal.verified(tokens.get("id_token").asString())
                        .getHeader()
                        .getAlgorithm())
                .isEqualTo(JWSAlgorithm.PS256);
        String userInfo =
                browser.get("/userinfo", tokens.get("access_token").asString()).text();
        assertThat(portal.verified(userInfo).getJWTClaimsSet().getClaims())
                .containsEntry("iss", provider.issuer().toString())
                .containsEntry("aud", List.of("portal-signed"))
                .containsEntry("name", "Amina O'Sample");
    }

    @Test
    void a_client_that_may_ask_for_a_fingerprint_gets_one_and_no_other_client_does() throws Exception {
        Portal assisted = new Portal(provider, "portal-assisted").asking("acr_values", "mosip:idp:acr:biometrics");
        Page device = browser.submit(
                browser.open(assisted.authorizationRequest()), "/login", Map.of("individual_id", "1000200030"));
        assertThat(device.at().getPath()).isEqualTo("/device");
        Page consent = browser.submit(device, "/device", Map.of());
        Page callback = browser.submit(consent, "/consent", Map.of("decision", "allow"));
        assertThat(assisted.idToken(assisted.redeem(callback)))
                .containsEntry("acr", "mosip:idp:acr:biometrics")
                .containsEntry("sub", subject(provider, new Portal(provider, "portal-national")));

        Portal other = new Portal(provider, "portal-farmer").asking("acr_values", "mosip:idp:acr:biometrics");
        Page code = browser.submit(
                browser.open(other.authorizationRequest()), "/login", Map.of("individual_id", "FR-10001"));
        assertThat(code.at().getPath()).isEqualTo("/code");
    }

    @Test
    void a_pushed_request_is_followed() {
        Portal portal = new Portal(provider, "portal-national")
                .asking("scope", "openid")
                .asking("claims", "{\"userinfo\": {\"email\": null}}");
        String query = portal.authorizationRequest().replaceAll(".*\\?", "");
        JsonNode pushed = JsonMapper.shared()
                .readTree(browser.post("/oauth2/par", query, r -> r.header("Authorization", portal.basic()))
                        .text());
        Page login = browser.open("/oauth2/authorize?"
                + Browser.form(Map.of(
                        "client_id",
                        "portal-national",
                        "request_uri",
                        pushed.get("request_uri").asString())));
        Page consent = enterCode(provider, browser, login);
        assertThat(consent.text()).contains("amina@people.example").doesNotContain("1986-11-25");
        Page callback = browser.submit(consent, "/consent", Map.of("decision", "allow", "claims", "email"));
        assertThat(portal.userInfo(portal.redeem(callback)).get("email").asString())
                .isEqualTo("amina@people.example");
    }

    @Test
    void logging_out_leads_back_to_the_portal_even_after_a_restart() throws Exception {
        Portal portal = new Portal(provider, "portal-national");
        JsonNode tokens = portal.redeem(signIn(provider, browser, portal));
        String known = "&post_logout_redirect_uri=http://localhost:8080/";
        assertThat(browser.open("/connect/logout?id_token_hint="
                                + tokens.get("id_token").asString() + known)
                        .at())
                .isEqualTo(URI.create("http://localhost:8080/"));
        assertThat(browser.open("/connect/logout?id_token_hint=forgotten" + known)
                        .at())
                .isEqualTo(URI.create("http://localhost:8080/"));
        assertThat(browser.open("/connect/logout?id_token_hint=forgotten"
                                + "&post_logout_redirect_uri=https://elsewhere.example/")
                        .at())
                .isEqualTo(provider.issuer().resolve("/"));
    }

    @Test
    void a_redirect_goes_to_registered_addresses_alone_but_to_any_port_of_this_machine() {
        Portal elsewhere = new Portal(provider, "portal-national").asking("redirect_uri", "https://elsewhere.example/");
        Page refused = browser.open(elsewhere.authorizationRequest());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(browser.get(elsewhere.authorizationRequest(), "Accept", "text/html")
                        .text())
                .contains("asked for something that is not possible", "http://localhost:8080/");

        Portal otherPort = new Portal(provider, "portal-national")
                .asking("redirect_uri", "http://localhost:34567/login/oauth2/code/national");
        assertThat(browser.open(otherPort.authorizationRequest()).at().getPath())
                .isEqualTo("/login");
    }

    @Test
    void a_request_without_pkce_or_with_broken_claims_is_refused() {
        Portal plain = new Portal(provider, "portal-national").asking("code_challenge", "");
        assertThat(browser.open(plain.authorizationRequest()).parameters()).containsEntry("error", "invalid_request");
        Portal broken = new Portal(provider, "portal-national").asking("claims", "{oops");
        assertThat(browser.open(broken.authorizationRequest()).parameters()).containsEntry("error", "invalid_request");
    }

    @Test
    void a_form_without_its_token_is_refused() {
        Page refused = browser.post("/login", "individual_id=1000200030", r -> r.header("Accept", "text/html"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).startsWith("<!DOCTYPE html>").contains("This sign-in is over");
    }

    @Test
    void everybody_who_can_sign_in_is_listed() {
        assertThat(DemoIdentityProvider.people()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(DemoIdentityProvider.people())
                .filteredOn(person -> person.farmerId() != null)
                .hasSize(4);
        assertThat(DemoIdentityProvider.staff())
                .flatExtracting(Staff::roles)
                .contains("officer", "reviewer", "program-admin", "auditor", "analyst");
    }

    private static Settings settings() {
        Settings portal = Settings.forPortal(Portal.ADDRESS);
        return Settings.of(
                        portal.client("portal-national"),
                        portal.client("portal-farmer"),
                        portal.client("portal-api"),
                        Client.of("other-service", IdSystem.NATIONAL, CALLBACK)
                                .named("Another Service")
                                .sector("another-service")
                                .secret("other-service-secret"),
                        portal.client("portal-assisted"),
                        Client.of("portal-signed", IdSystem.NATIONAL, CALLBACK)
                                .publicKeys(new JWKSet(KEY.toPublicJWK()).toString())
                                .idTokensSignedWith("PS256")
                                .signedUserInfo())
                .withKeyFile(folder.resolve("keys.json"));
    }

    private Page token(Portal api, String scope) {
        return browser.post(
                "/oauth2/token",
                Browser.form(Map.of("grant_type", "client_credentials", "scope", scope)),
                request -> request.header("Authorization", api.basic()));
    }

    private static String subject(DemoIdentityProvider provider, Portal portal) throws Exception {
        Page callback = signIn(provider, new Browser(provider.issuer()), portal);
        return portal.idToken(portal.redeem(callback)).get("sub").toString();
    }

    private static Page signIn(DemoIdentityProvider provider, Browser browser, Portal portal) {
        Page consent = enterCode(provider, browser, browser.open(portal.authorizationRequest()));
        return browser.submit(consent, "/consent", Map.of("decision", "allow"));
    }

    private static Page enterCode(DemoIdentityProvider provider, Browser browser, Page login) {
        Page code = browser.submit(login, "/login", Map.of("individual_id", "1000200030"));
        return browser.submit(
                code, "/code", Map.of("code", provider.codeFor("1000200030").orElseThrow()));
    }

    private static String assertion() throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(KEY.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer("portal-signed")
                        .subject("portal-signed")
                        .audience(provider.issuer().toString())
                        .issueTime(new Date())
                        .expirationTime(new Date(System.currentTimeMillis() + 60_000))
                        .jwtID(UUID.randomUUID().toString())
                        .build());
        jwt.sign(new ECDSASigner(KEY));
        return "&"
                + Browser.form(Map.of(
                        "client_id",
                        "portal-signed",
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        jwt.serialize()));
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("portal").generate();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
