package org.selfservice.idp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.selfservice.idp.Browser.Page;
import tools.jackson.databind.JsonNode;

/** A provider in eSignet's shape, and clients of it that meet all of its ways or all but one. */
abstract class AtEsignet {
    static final String AMINA = "1000200030";
    static final String ZOE = "2000300040";
    static final String KOFI = "4000500060";
    static final String AMINAS_VIRTUAL_ID = "5612 0934 7781 0026";
    static final String CLAIMS = """
            {"userinfo": {"name": {"essential": true}, "individual_id": {"essential": true}, "birthdate": null,
             "gender": null, "email": null, "address": null, "picture": null}}""";
    static final Hands CLOCK = new Hands();
    static final RSAKey KEY = rsa("portal");
    static final RSAKey OPENING = rsa("portal-userinfo");
    static final ECKey CURVE = curve();

    /** Started once; it ends with the tests. */
    static final DemoIdentityProvider provider = DemoIdentityProvider.start(Settings.of(
                    esignet("portal", KEY)
                            .encryptedUserInfo(OPENING.toPublicJWK().toJSONString()),
                    esignet("of-curves", CURVE),
                    esignet(
                            "of-one-algorithm",
                            new RSAKey.Builder(KEY)
                                    .algorithm(JWSAlgorithm.RS256)
                                    .build()),
                    // what is easier seen without a pushed request
                    esignet("open", KEY)
                            .without(Trait.PUSHED_REQUESTS_ALONE)
                            .knowing("name", "individual_id", "birthdate", "email"),
                    esignet("wallets-alone", KEY)
                            .without(Trait.PUSHED_REQUESTS_ALONE)
                            .accepting(Factor.WALLET)
                            .sector("of-wallets"))
            .likeEsignet()
            .withClock(CLOCK));

    Browser browser;

    @BeforeEach
    void newBrowser() {
        CLOCK.forward(Duration.ofHours(1));
        browser = new Browser(provider.issuer());
    }

    static KeyedPortal portal() {
        return new KeyedPortal(provider, "portal", KEY);
    }

    static KeyedPortal open() {
        return new KeyedPortal(provider, "open", KEY);
    }

    Page prove(String address, String id) {
        Page code = browser.submit(browser.open(address), "/login", Map.of("individual_id", id));
        return browser.submit(code, "/code", Map.of("code", code(id)));
    }

    Page allow(Page consent, String... ticked) {
        return browser.submit(consent, "/consent", Map.of("decision", "allow", "claims", String.join(",", ticked)));
    }

    Page refuse(Page consent) {
        return browser.submit(consent, "/consent", Map.of("decision", "refuse"));
    }

    static String code(String id) {
        return provider.codeFor(id).orElseThrow();
    }

    static String acr(KeyedPortal portal, Page back) throws Exception {
        JsonNode tokens = KeyedPortal.json(portal.redeem(back, KeyedPortal.VERIFIER));
        return portal.verified(tokens.get("id_token").asString())
                .getJWTClaimsSet()
                .getStringClaim("acr");
    }

    Map<String, Object> shared(KeyedPortal portal, String id) throws Exception {
        Page back = allow(prove(portal.openly(), id));
        JsonNode tokens = KeyedPortal.json(portal.redeem(back, KeyedPortal.VERIFIER));
        return portal.verified(userInfo(tokens)).getJWTClaimsSet().getClaims();
    }

    String userInfo(JsonNode tokens) {
        return browser.get(KeyedPortal.USERINFO, tokens.get("access_token").asString())
                .text();
    }

    static String link(Page screen) {
        Matcher link =
                Pattern.compile("href=\"[^\"]*(/link\\?code=[0-9a-f]+)\"").matcher(screen.text());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    static void refused(Page page) {
        assertThat(page.status()).isEqualTo(400);
        assertThat(KeyedPortal.json(page).get("error").asString()).isEqualTo("invalid_client");
    }

    static Date in(Duration time) {
        return new Date(System.currentTimeMillis() + time.toMillis());
    }

    private static Client esignet(String id, JWK key) {
        return Client.of(id, IdSystem.NATIONAL, URI.create(KeyedPortal.REDIRECT))
                .publicKeys(new JWKSet(key.toPublicJWK()).toString())
                .likeEsignet();
    }

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static ECKey curve() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
