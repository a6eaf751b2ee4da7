package org.selfservice.web.identity;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/** The end of sessions: by the person, on one device or on all, and by the provider. */
class LogoutStory extends PortalUnderTest {
    private static final String FOR_PROVIDER = "6000700080";

    private static final String FOR_DEVICES = "7000800090";
    private static final String BACK_CHANNEL = "/logout/connect/back-channel/national";
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    @Test
    void the_provider_ends_one_session_of_a_login_and_leaves_the_others() throws Exception {
        Visitor phone = signedIn(FOR_PROVIDER);
        Visitor computer = signedIn(FOR_PROVIDER);
        Map<String, Object> claims = logout(login(phone));
        claims.remove("sub");
        claims.put("sid", sid(phone));
        assertThat(tell(signed(claims)).status()).isEqualTo(200);
        assertThat(phone.get("/me").at().getPath()).isEqualTo("/sign-in/timeout");
        assertThat(computer.get("/me").at().getPath()).isEqualTo("/me");
    }

    @Test
    void a_session_of_which_the_provider_told_no_id_ends_with_any_of_its_login() throws Exception {
        Visitor phone = signedIn(FOR_PROVIDER);
        Visitor computer = signedIn(FOR_PROVIDER);
        Map<String, Object> claims = logout(login(phone));
        claims.put("sid", sid(phone));
        note(computer, null);
        Visitor tablet = signedIn(FOR_PROVIDER);
        note(tablet, "another");
        assertThat(tell(signed(claims)).status()).isEqualTo(200);
        assertThat(phone.get("/me").at().getPath()).isEqualTo("/sign-in/timeout");
        assertThat(computer.get("/me").at().getPath()).isEqualTo("/sign-in/timeout");
        assertThat(tablet.get("/me").at().getPath()).isEqualTo("/me");
    }

    @Test
    void the_provider_ends_all_sessions_of_a_login() throws Exception {
        Visitor phone = signedIn(FOR_PROVIDER);
        Visitor computer = signedIn(FOR_PROVIDER);
        Visitor somebodyElse = signedIn(AMINA);
        Map<String, Object> claims = logout(login(phone));
        Answer told = tell(signed(claims));
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(phone.get("/me").at().getPath()).isEqualTo("/sign-in/timeout");
        assertThat(computer.get("/me").at().getPath()).isEqualTo("/sign-in/timeout");
        assertThat(somebodyElse.get("/me").at().getPath()).isEqualTo("/me");
    }

    @Test
    void the_provider_ends_the_help_for_a_person_and_the_officer_stays_signed_in() throws Exception {
        OidcIdToken login = login(signedIn(FOR_PROVIDER));
        Visitor officer = helping(FOR_PROVIDER);
        Visitor another = helping(AMINA);
        assertThat(officer.get("/me").status()).isEqualTo(200);

        assertThat(tell(signed(logout(login))).status()).isEqualTo(200);

        Answer over = officer.get("/me");
        assertThat(over.at().getPath()).isEqualTo("/staff/assist/done");
        assertThat(over.body())
                .contains("the person signed out of their ID", "Nothing else of this person is left")
                .doesNotContain("portal-helping");
        assertThat(officer.get("/staff/assist").status()).isEqualTo(200);
        assertThat(officer.get("/me").status()).isEqualTo(403);
        assertThat(another.get("/me").status()).isEqualTo(200);

        // the next person is helped as if nothing had been
        begin(officer, FOR_PROVIDER);
        assertThat(officer.get("/me").status()).isEqualTo(200);
    }

    private static Visitor helping(String nationalId) {
        Visitor officer = staff("officer");
        begin(officer, nationalId);
        return officer;
    }

    private static void begin(Visitor officer, String nationalId) {
        officer.get("/staff/assist");
        signIn(officer, officer.post("/staff/assist", Map.of("provider", "national", "language", "en")), nationalId);
    }

    @Test
    void a_logout_token_is_good_once() throws Exception {
        String token = signed(logout(login(signedIn(FOR_PROVIDER))));
        assertThat(tell(token).status()).isEqualTo(200);
        assertThat(tell(token).status()).isEqualTo(400);
    }

    @Test
    void nothing_but_a_logout_token_of_the_provider_ends_a_session() throws Exception {
        Visitor visitor = signedIn(FOR_PROVIDER);
        OidcIdToken login = login(visitor);
        RSAKey foreign = new RSAKeyGenerator(2048).keyID(key().getKeyID()).generate();
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("no token", "");
        wrong.put("no JWT", "x.y.z");
        wrong.put("its id_token", login.getTokenValue());
        wrong.put("not signed", new PlainJWT(JWTClaimsSet.parse(logout(login))).serialize());
        wrong.put("signed with the client's secret", signed(logout(login), JWSAlgorithm.HS256, secret()));
        wrong.put("signed by somebody else", signed(logout(login), JWSAlgorithm.RS256, new RSASSASigner(foreign)));
        wrong.put("of another issuer", changed(login, claims -> claims.put("iss", "https://evil.example")));
        wrong.put("for another client", changed(login, claims -> claims.put("aud", "portal-farmer")));
        wrong.put("without audience", changed(login, claims -> claims.remove("aud")));
        wrong.put("of yesterday", changed(login, claims -> claims.put("iat", seconds(-86_400))));
        wrong.put("of tomorrow", changed(login, claims -> claims.put("iat", seconds(86_400))));
        wrong.put("without time", changed(login, claims -> claims.remove("iat")));
        wrong.put("expired", changed(login, claims -> claims.put("exp", seconds(-300))));
        wrong.put("without id", changed(login, claims -> claims.remove("jti")));
        wrong.put("with a nonce", changed(login, claims -> claims.put("nonce", "n")));
        wrong.put("without events", changed(login, claims -> claims.remove("events")));
        wrong.put("of another event", changed(login, claims -> claims.put("events", Map.of("other", Map.of()))));
        wrong.put("of nobody", changed(login, claims -> claims.remove("sub")));
        wrong.forEach((what, token) -> assertThat(tell(token).status()).as(what).isEqualTo(400));
        assertThat(visitor.postBare("/logout/connect/back-channel/nobody", Map.of("logout_token", "x"))
                        .status())
                .isEqualTo(404);
        assertThat(visitor.look(BACK_CHANNEL).status()).isIn(404, 405);
        assertThat(visitor.get("/me").at().getPath()).isEqualTo("/me");
    }

    @Test
    void what_is_known_of_a_session_goes_with_it() {
        Visitor visitor = signedIn(FOR_PROVIDER);
        String session = KeptSession.of(visitor).id();
        assertThat(noted(session)).isOne();
        long all = noted(null);
        visitor.post("/sign-out", Map.of());
        assertThat(noted(session)).isZero();
        assertThat(noted(null)).isLessThan(all);
    }

    @Test
    void a_request_that_is_under_way_when_its_session_ends_does_not_bring_it_back() {
        Visitor visitor = signedIn(FOR_DEVICES);
        KeptSession session = KeptSession.of(visitor);
        session.saveAfter(() -> bean(LoginSessions.class).endAll(session.user().getName()));
        assertThat(visitor.get("/me").at().getPath()).isEqualTo("/sign-in/timeout");
    }

    @Test
    void a_person_signs_out_on_all_devices() {
        Page phone = phone();
        phone.navigate("/sign-in?to=/me");
        signIn(phone, FOR_DEVICES);
        Page computer = desktop();
        computer.navigate("/sign-in?to=/me");
        signIn(computer, FOR_DEVICES);
        Visitor another = signedIn(AMINA);
        computer.navigate("/me");
        phone.navigate("/me/ids");
        phone.locator("form:has([name=everywhere]) button").click();
        phone.waitForURL(url("/"));

        // the page that is open there leads to sign-in, and says that nothing is lost
        computer.locator("#contact ~ form button").click();
        assertThat(computer).hasURL(java.util.regex.Pattern.compile(".*/sign-in/timeout.*"));
        assertThat(computer.locator("main")).containsText("Your answers are saved. Sign in to go on.");
        assertThat(another.get("/me").at().getPath()).isEqualTo("/me");
    }

    @Test
    void signing_out_on_one_device_leaves_the_other() {
        Visitor phone = signedIn(FOR_DEVICES);
        Visitor computer = signedIn(FOR_DEVICES);
        phone.get("/me");
        Answer out = phone.post("/sign-out", Map.of());
        // the provider is told, and sends the person back
        assertThat(out.by()).anyMatch(step -> String.valueOf(step.getQuery()).contains("id_token_hint="));
        assertThat(computer.get("/me").at().getPath()).isEqualTo("/me");
    }

    private static Answer tell(String token) {
        Visitor provider = visitor();
        return provider.exchange(provider.request(BACK_CHANNEL)
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("logout_token=" + token)));
    }

    private static Map<String, Object> logout(OidcIdToken login) {
        return new LinkedHashMap<>(Map.of(
                "iss",
                identities().issuer().toString(),
                "aud",
                "portal-national",
                "sub",
                login.getSubject(),
                "iat",
                seconds(0),
                "exp",
                seconds(120),
                "jti",
                UUID.randomUUID().toString(),
                "events",
                Map.of(EVENT, Map.of())));
    }

    private static String changed(OidcIdToken login, Consumer<Map<String, Object>> change) throws Exception {
        Map<String, Object> claims = logout(login);
        change.accept(claims);
        return signed(claims);
    }

    private static String signed(Map<String, Object> claims) throws Exception {
        return signed(claims, JWSAlgorithm.RS256, new RSASSASigner(key()));
    }

    private static String signed(Map<String, Object> claims, JWSAlgorithm algorithm, JWSSigner signer)
            throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .keyID(key().getKeyID())
                        .type(new JOSEObjectType("logout+jwt"))
                        .build(),
                JWTClaimsSet.parse(claims));
        token.sign(signer);
        return token.serialize();
    }

    private static JWSSigner secret() throws JOSEException {
        return new MACSigner("portal-national-secret-portal-national-secret");
    }

    /** The demonstration provider's own. */
    private static RSAKey key() throws Exception {
        List<JWK> keys =
                JWKSet.load(home().resolve("demo-idp/keys.json").toFile()).getKeys();
        return keys.stream()
                .filter(key -> JWSAlgorithm.RS256.equals(key.getAlgorithm()))
                .findFirst()
                .orElseThrow()
                .toRSAKey();
    }

    private static long seconds(long from) {
        return new Date(Instant.now().plusSeconds(from).toEpochMilli()).getTime() / 1000;
    }

    /** The login that the portal remembers of the visitor's session. */
    private static OidcIdToken login(Visitor visitor) {
        return KeptSession.of(visitor).user().getIdToken();
    }

    /** The provider's session in which the visitor signed in; a provider without any is given one. */
    private static String sid(Visitor visitor) {
        String said = login(visitor).getClaimAsString("sid");
        if (said != null) {
            return said;
        }
        String made = UUID.randomUUID().toString();
        note(visitor, made);
        return made;
    }

    private static void note(Visitor visitor, @org.jspecify.annotations.Nullable String sid) {
        JdbcClient.create(bean("portalDataSource", DataSource.class))
                .sql("""
                        update login_of_session set sid = ?
                        where session = (select primary_id from spring_session where session_id = ?)
                        """)
                .param(sid)
                .param(KeptSession.of(visitor).id())
                .update();
    }

    private static long noted(@org.jspecify.annotations.Nullable String session) {
        JdbcClient database = JdbcClient.create(bean("portalDataSource", DataSource.class));
        return session == null
                ? database.sql("select count(*) from login_of_session")
                        .query(Long.class)
                        .single()
                : database.sql("""
                        select count(*) from login_of_session join spring_session on primary_id = session
                        where session_id = ?
                        """).param(session).query(Long.class).single();
    }
}
