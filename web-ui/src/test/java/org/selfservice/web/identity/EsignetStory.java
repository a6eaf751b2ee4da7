package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.Hands.control;
import static org.selfservice.Hands.fill;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.Cases;
import org.selfservice.OwnPortal;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.idp.Client;
import org.selfservice.idp.DemoIdentityProvider;
import org.selfservice.idp.Factor;
import org.selfservice.idp.IdSystem;
import org.selfservice.idp.Settings;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.document.SampleFiles;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings for eSignet that are shipped, with a provider that has all of eSignet's ways. */
class EsignetStory extends PortalUnderTest {
    private static final String AMINAS_VIRTUAL_ID = "5612093477810026";
    private static final String CODE = "mosip:idp:acr:generated-code";
    private static final RSAKey KEY = RogueProvider.rsa("portal-1");
    private static final RSAKey OPENING = RogueProvider.rsa("portal-userinfo");
    private static final Later CLOCK = new Later();

    @TempDir
    static Path home;

    private static DemoIdentityProvider esignet;
    private static OwnPortal portal;

    @BeforeAll
    static void start() throws IOException {
        esignet = DemoIdentityProvider.start(Settings.of(
                        client("portal", "esignet"),
                        // registered for less than the portal asks for
                        client("portal-of-codes", "codes").accepting(Factor.ONE_TIME_CODE),
                        Client.machine("portal-api", "read", "programs:write").secret("portal-api-secret"))
                .likeEsignet()
                .withClock(CLOCK));
        Path key = Files.writeString(home.resolve("key.json"), KEY.toJSONString());
        Path opening = Files.writeString(home.resolve("userinfo-key.json"), OPENING.toJSONString());
        Path own = Files.writeString(home.resolve("own.yaml"), """
                ESIGNET_ISSUER: %1$s
                ESIGNET_CLIENT_ID: portal
                ESIGNET_KEY_FILE: %2$s
                spring.config.import: file:%3$s
                portal.login:
                  api.issuer: %1$s
                  providers:
                    esignet.decryption-key.file: %4$s
                    codes:
                      issuer: %1$s
                      label.en: ID of codes
                      client: {id: portal-of-codes, key.file: %2$s}
                      decryption-key.file: %4$s
                      claims: '{"userinfo": {"name": {"essential": true}}}'
                      acr.sign-in: mosip:idp:acr:biometrics
                """.formatted(
                        esignet.issuer(), key, Shipped.FOLDER.resolve("esignet.yml"), opening));
        portal = OwnPortal.with(List.of("--spring.config.import=file:" + own));
        openProgram();
    }

    @AfterAll
    static void stop() {
        portal.close();
        esignet.close();
    }

    @AfterEach
    void theClockIsRight() {
        CLOCK.ahead = Duration.ZERO;
    }

    @Test
    void a_person_signs_in_checks_applies_uploads_proves_it_by_wallet_sends_follows_and_signs_out() {
        Page page = browser(new Browser.NewContextOptions().setViewportSize(1280, 900));
        page.navigate(at("/programs/school-kit"));
        page.locator("a[href='/programs/school-kit/eligibility']").first().click();
        fill(page, "q-children", "2");
        page.locator("#eligibility button").click();
        assertThat(page.locator("main").textContent()).contains("You can probably get this");

        page.navigate(at("/programs/school-kit"));
        page.locator("#apply a[href^='/sign-in']").click();
        assertThat(page.locator("main").textContent()).contains("Sign in with National ID");
        page.locator("a[href^='/oauth2/authorization/esignet']").click();
        page.waitForURL(esignet.issuer() + "/login**");
        look(page, "esignet-login");
        byCode(page, NGOZI);
        assertThat(page.locator("main").textContent()).contains(NGOZI, "ngozi@people.example");
        look(page, "esignet-consent");
        page.locator("button[value=allow]").click();
        page.waitForURL(portal.address() + "/**");

        page.navigate(at("/me"));
        assertThat(page.locator("main").textContent())
                .contains("Ngozi Fiction-Example", "8 March 1975", "Farm 12, Storybook Valley", "ngozi@people.example");
        screenshot(page, "esignet-me");
        page.navigate(at("/programs/school-kit"));
        page.locator("form[action$='/applications'] button").first().click();
        page.waitForURL("**/details");
        page.locator("button[value=continue]").first().click();
        page.waitForURL("**/tasks");
        page.locator(".govuk-task-list a[href$='/family']").click();
        assertThat(control(page, "q-name").inputValue()).isEqualTo("Ngozi Fiction-Example");
        fill(page, "q-children", "2");
        page.locator("button[value='documents:letter']").click();
        page.locator("#files").setInputFiles(new FilePayload("letter.png", "image/png", SampleFiles.png()));
        page.locator("[data-files] li:has-text('letter.png')").waitFor();
        page.locator("[data-next] a").click();
        page.waitForURL("**/tasks");
        String application = page.url().replaceFirst(".*/applications/([^/]+)/.*", "$1");

        send(page, application);
        assertThat(page.locator("h1").textContent()).contains("Confirm that it is you");
        page.locator("form#confirm button").first().click();
        // the first of the sure ways is a device; the other is the wallet, and a code is none of them
        page.locator("button[value=WALLET]").waitFor();
        assertThat(page.locator("button[value=ONE_TIME_CODE]").count()).isZero();
        page.locator("button[value=WALLET]").click();
        approve(page, NGOZI);
        page.waitForURL("**/applications/" + application + "/check");
        send(page, application);
        page.waitForURL("**/sent");
        assertThat(page.locator(".govuk-panel").textContent()).containsPattern("KIT-\\w{4}-\\w{4}");
        screenshot(page, "esignet-sent");

        page.navigate(at("/applications/" + application));
        assertThat(page.locator("main").textContent()).contains("We received your application.");
        screenshot(page, "esignet-follow");
        page.locator("form[action='/sign-out'] button").first().click();
        page.waitForURL(address -> !address.contains("/applications/"));
        page.navigate(at("/me"));
        assertThat(page.url()).contains("/sign-in");
        page.locator("a[href^='/oauth2/authorization/esignet']").click();
        page.waitForURL(esignet.issuer() + "/login**");
    }

    @Test
    void somebody_signs_in_by_wallet_and_reads_everything_in_French_and_in_Arabic() {
        for (String language : List.of("fr", "ar")) {
            Page page = browser(new Browser.NewContextOptions().setViewportSize(360, 740));
            page.navigate(at("/sign-in?to=/me&lang=" + language));
            page.locator("a[href^='/oauth2/authorization/esignet']").click();
            page.locator("button[value=WALLET]").click();
            page.locator("img.qr").waitFor();
            look(page, "esignet-wallet-" + language);
            approve(page, AMINA);
            if (page.locator("button[value=allow]").count() > 0) {
                page.locator("button[value=allow]").click();
            }
            page.waitForURL(portal.address() + "/**");
            page.navigate(at("/me"));
            screenshot(page, "esignet-me-" + language);
            assertThat(page.locator("main").textContent())
                    .contains(
                            language.equals("fr") ? "Amina O’Sample" : "أمينة أوسامبل",
                            language.equals("fr") ? "7, allée Inventée" : "٧ زقاق الخيال")
                    .contains(language.equals("fr") ? "Femme" : "أنثى");
        }
    }

    @Test
    void who_agreed_before_is_not_asked_again_and_a_virtual_ID_leads_to_the_same_person() {
        Visitor first = portal.visitor();
        String me = allow(first, byCode(first, through(first, "esignet"), AMINA))
                .at()
                .getPath();
        assertThat(me).isIn("/me", "/sign-in/changed");
        RegistrantId who = Cases.registrant(first);

        Visitor again = portal.visitor();
        Answer back = byCode(again, through(again, "esignet"), AMINAS_VIRTUAL_ID);
        assertThat(back.by()).noneMatch(page -> page.getPath().equals("/consent") && page.getQuery() == null);
        assertThat(back.at().getPath()).isEqualTo("/sign-in/changed");
        assertThat(back.body()).contains(AMINAS_VIRTUAL_ID);
        assertThat(Cases.registrant(again)).isEqualTo(who);
    }

    @Test
    void who_says_no_reads_what_that_means_although_state_and_issuer_are_lost() {
        Visitor visitor = portal.visitor();
        Answer consent = byCode(visitor, through(visitor, "esignet"), KOFI);
        Answer back = visitor.submit(consent, "/consent", Map.of("decision", "refuse"));
        assertThat(back.by())
                .anyMatch(uri -> uri.getQuery() != null
                        && uri.getQuery().contains("error=consent_details_rejected")
                        && uri.getQuery().contains("state=null"));
        assertThat(back.at().getPath()).isEqualTo("/sign-in");
        assertThat(back.parameters()).containsEntry("outcome", "declined");
    }

    @Test
    void who_takes_too_long_there_begins_again() {
        Visitor visitor = portal.visitor();
        Answer login = through(visitor, "esignet");
        CLOCK.ahead = Duration.ofSeconds(301);
        Answer back = visitor.submit(login, "/login", Map.of("individual_id", KOFI));
        assertThat(back.by())
                .anyMatch(uri -> uri.getQuery() != null && uri.getQuery().contains("error=transaction_timeout"));
        assertThat(back.at().toString()).startsWith(esignet.issuer() + "/login");
        CLOCK.ahead = Duration.ZERO;
    }

    @Test
    void a_request_that_was_opened_is_not_opened_again_and_a_new_one_works() {
        Visitor visitor = portal.visitor();
        String there = visitor.look("/oauth2/authorization/esignet?to=/me")
                .header("Location")
                .orElseThrow();
        assertThat(there).contains("request_uri=").doesNotContain("nonce=", "claims=", "acr_values=");
        Visitor browser = new Visitor(esignet.issuer());
        assertThat(browser.get(there).at().getPath()).isEqualTo("/login");
        assertThat(browser.get(there).status()).isEqualTo(400);
        assertThat(through(visitor, "esignet").at().getPath()).isEqualTo("/login");
    }

    @Test
    void a_way_that_was_not_asked_for_signs_nobody_in_although_eSignet_falls_back_to_it() {
        long before = OwnPortal.logged();
        Visitor visitor = portal.visitor();
        Answer back = allow(visitor, byCode(visitor, through(visitor, "codes"), MARIA));
        assertThat(back.at().getPath()).isEqualTo("/sign-in");
        assertThat(back.parameters()).containsEntry("outcome", "weak");
        assertThat(OwnPortal.logged(before)).contains("weak_authentication").contains(CODE);
    }

    @Test
    void the_check_of_the_provider_finds_everything_right() {
        ProviderCheck.Report report = ProviderCheck.of(
                "esignet",
                Shipped.load(
                        Shipped.FOLDER.resolve("esignet.yml"),
                        home,
                        Map.of(
                                "ESIGNET_ISSUER", esignet.issuer().toString(),
                                "ESIGNET_CLIENT_ID", "portal",
                                "ESIGNET_KEY_FILE", home.resolve("key.json").toString())),
                portal.address().toString());
        assertThat(report.isGood()).as(String.join("\n", report.lines())).isTrue();
        assertThat(report.lines())
                .contains(
                        "  token: " + esignet.issuer() + "/v1/esignet/oauth/v2/token",
                        "  client: portal, private_key_jwt with RS256, key portal-1",
                        "  public key: " + KEY.toPublicJWK().toJSONString(),
                        "  pushed requests: are taken",
                        "  client: the token endpoint knows it and accepts its proof");
    }

    private static Client client(String id, String registration) {
        return Client.of(id, IdSystem.NATIONAL, URI.create("http://localhost/login/oauth2/code/" + registration))
                .publicKeys(new JWKSet(KEY.toPublicJWK()).toString())
                .likeEsignet()
                .encryptedUserInfo(OPENING.toPublicJWK().toJSONString());
    }

    private static String at(String path) {
        return portal.address() + path;
    }

    private static Answer through(Visitor visitor, String provider) {
        return visitor.get("/oauth2/authorization/" + provider + "?to=/me");
    }

    /** At the provider, from the number to whatever comes after the code. */
    private static Answer byCode(Visitor visitor, Answer login, String id) {
        Answer code = visitor.submit(login, "/login", Map.of("individual_id", id));
        return visitor.submit(code, "/code", Map.of("code", esignet.codeFor(id).orElseThrow()));
    }

    private static void byCode(Page page, String id) {
        page.locator("#field").fill(id);
        page.locator("form[action='/login'] button[type=submit]").click();
        page.waitForURL("**/code**");
        page.locator("#field").fill(esignet.codeFor(id).orElseThrow());
        page.locator("form[action='/code'] button[type=submit]").click();
        page.waitForURL("**/consent**");
    }

    private static Answer allow(Visitor visitor, Answer consent) {
        return consent.at().getPath().equals("/consent")
                ? visitor.submit(
                        consent,
                        "/consent",
                        Map.of("decision", "allow"),
                        "claims",
                        List.of("birthdate", "gender", "phone_number", "email", "address"))
                : consent;
    }

    /** With the wallet on another device; the first screen goes on by itself. */
    private void approve(Page screen, String id) {
        String link = screen.locator("a[href*='/link?code=']").getAttribute("href");
        Page phone = browser(new Browser.NewContextOptions().setViewportSize(360, 740));
        phone.navigate(link);
        screenshot(phone, "esignet-phone");
        phone.locator("button[value='" + id + "']").click();
        assertThat(phone.locator("h1").textContent()).contains("approved");
        screen.waitForURL(address -> !address.contains("/wallet"));
    }

    private static void send(Page page, String application) {
        page.navigate(at("/applications/" + application + "/check"));
        control(page, "declaration").check();
        page.locator("main form[action$='/check'] button").last().click();
    }

    private static void openProgram() throws IOException {
        Answer granted = new Visitor(esignet.issuer())
                .with("Authorization", "Basic cG9ydGFsLWFwaTpwb3J0YWwtYXBpLXNlY3JldA==")
                .postBare(
                        "/v1/esignet/oauth/v2/token",
                        Map.of("grant_type", "client_credentials", "scope", "read programs:write"));
        Visitor api = portal.visitor()
                .with(
                        "Authorization",
                        "Bearer " + granted.json().get("access_token").asString());
        JsonNode examples = JsonMapper.shared().readTree(new ClassPathResource("api/examples.json").getInputStream());
        done(api, "POST", "forms", examples.get("createForm"));
        done(api, "PUT", "forms/school-kit/draft", examples.get("reviseFormDraft"));
        done(api, "POST", "forms/school-kit/versions", null);
        done(api, "POST", "programs", examples.get("createProgram"));
        done(api, "PUT", "programs/school-kit/form", examples.get("mapForm"));
        done(api, "PUT", "programs/school-kit/policy", examples.get("setApplicationPolicy"));
        done(api, "PUT", "programs/school-kit/rules", examples.get("setEligibilityRules"));
        done(api, "PUT", "programs/school-kit/documents", examples.get("requireDocuments"));
        done(
                api,
                "PUT",
                "programs/school-kit/step-up",
                JsonMapper.shared().readTree("{\"assurance\": \"STRONG\", \"withinMinutes\": 30}"));
        done(api, "POST", "programs/school-kit/opening", null);
        Awaitility.await()
                .until(() -> portal.visitor().get("/programs/school-kit").status() == 200);
    }

    private static void done(Visitor api, String method, String path, JsonNode body) {
        Answer answer = api.send(method, "/api/v1/" + path, body == null ? "" : body.toString());
        assertThat(answer.status() / 100).as(path + ": " + answer.body()).isEqualTo(2);
    }

    /** The provider's clock. */
    private static final class Later extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
