package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.RequestOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.web.document.SampleFiles;

/**
 * The portal's jar with the settings for Keycloak that are shipped, and Keycloak itself with the realms that are shipped. Run by
 * {@code ./portal test --with-keycloak}.
 */
@EnabledIfSystemProperty(named = "portal.test.keycloak", matches = ".+")
class KeycloakStory extends PortalUnderTest {
    private static final int PORT = PortalProcess.freePort();
    private static final String PORTAL = "http://localhost:" + PORT;
    private static final Pattern APPLICATION = Pattern.compile(".*/applications/(a-[^/?]+).*");

    @TempDir
    static Path home;

    private static KeycloakServer keycloak;
    private static PortalProcess portal;

    @BeforeAll
    static void start() throws Exception {
        keycloak = new KeycloakServer(
                Path.of(System.getProperty("portal.test.keycloak")),
                URI.create(PORTAL),
                PortalProcess.freePort(),
                PortalProcess.freePort());
        portal = PortalProcess.start(
                home,
                Path.of("target", "portal-with-keycloak.log"),
                PORT,
                Map.of(
                        "KEYCLOAK_ISSUER",
                        keycloak.issuer(),
                        "KEYCLOAK_CLIENT_ID",
                        "portal",
                        "KEYCLOAK_CLIENT_SECRET",
                        KeycloakServer.SECRET,
                        "KEYCLOAK_STAFF_ISSUER",
                        keycloak.staffIssuer(),
                        "KEYCLOAK_STAFF_CLIENT_ID",
                        "portal-staff",
                        "KEYCLOAK_STAFF_CLIENT_SECRET",
                        KeycloakServer.STAFF_SECRET),
                List.of(
                        "--no-demo",
                        "--spring.config.import=file:"
                                + Path.of("..", "docs", "sign-in", "keycloak.yml")
                                        .toAbsolutePath()));
        keycloak.awaitStart();
        portal.await(() -> portal.status("/") == 200);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        portal.close();
        keycloak.close();
    }

    /** The catalogue, signing in, applying, uploading, proving it with a one-time code, sending, following, signing out. */
    @Test
    void a_registrant_goes_the_whole_way() throws Exception {
        openProgram();
        Page page = window();
        page.navigate(PORTAL + "/");
        page.locator("main a[href='/programs/sure']").first().click();
        page.locator("main a.govuk-button--start").click();
        screenshot(page, "keycloak-sign-in");
        page.locator("main a[href^='/oauth2/authorization/keycloak']").click();
        page.locator("#username").fill("lena");
        screenshot(page, "keycloak-itself");
        password(page);
        page.waitForURL(Pattern.compile(Pattern.quote(PORTAL) + "/(sign-in/not-shared|programs/sure).*"));
        if (page.url().contains("/sign-in/not-shared")) {
            // told at the first sign-in alone
            screenshot(page, "keycloak-not-shared");
            page.locator("main a.govuk-button").click();
            page.waitForURL(PORTAL + "/programs/sure");
        }

        page.locator("form[action='/programs/sure/applications'] button").click();
        page.waitForURL(APPLICATION);
        String application = PORTAL + "/applications/" + page.url().replaceFirst(APPLICATION.pattern(), "$1");
        page.navigate(application + "/pages/about");
        page.locator("[name='answer.words']").fill("Seeds for the field");
        page.locator("button[name=exit][value=continue]").last().click();
        page.navigate(application + "/documents/paper");
        page.locator("#files").setInputFiles(new FilePayload("title.pdf", "application/pdf", SampleFiles.pdf()));
        page.locator("[data-files] .govuk-tag--green").waitFor();
        screenshot(page, "keycloak-uploaded");

        send(page, application);
        page.waitForURL(PORTAL + "/confirm**");
        assertThat(page.locator("h1").textContent()).contains("Confirm that it is you");
        screenshot(page, "keycloak-confirm");
        page.locator("form#confirm button").click();
        password(page);
        page.locator("#otp").fill(code());
        screenshot(page, "keycloak-code");
        page.locator("#kc-login").click();
        page.waitForURL(application + "/check");
        assertThat(page.locator("main").textContent()).contains("Seeds for the field", "title.pdf");

        send(page, application);
        page.waitForURL(application + "/sent");
        assertThat(page.locator("main").textContent()).containsPattern("SURE-\\w{4}-\\w{4}");
        screenshot(page, "keycloak-sent");
        page.locator("main a:has-text('Follow')").click();
        page.waitForURL(application);
        assertThat(page.locator("main").textContent()).contains("We received your application");

        approve(application.substring(PORTAL.length()));
        page.navigate(PORTAL + "/applications");
        page.locator("main a[href^='/applications/a-']").first().click();
        assertThat(page.locator("section[aria-labelledby=decision]").textContent())
                .contains("Your seeds are on their way");
        screenshot(page, "keycloak-decided");
        page.navigate(PORTAL + "/me");
        assertThat(page.locator("main").textContent())
                .contains("Lena Diallo", "lena@example.org", "1000200030", "From National ID");
        screenshot(page, "keycloak-me");

        page.locator("form[action='/sign-out'] button").first().click();
        page.waitForURL(PORTAL + "/");
        assertThat(page.navigate(PORTAL + "/me").url()).contains("/sign-in");
    }

    @Test
    void whoever_signs_out_of_the_portal_signs_out_of_Keycloak() {
        Page page = window();
        signInTo(page, "/me");
        page.locator("form[action='/sign-out'] button").first().click();
        page.waitForURL(PORTAL + "/");
        page.navigate(PORTAL + "/sign-in?to=/me");
        page.locator("main a[href^='/oauth2/authorization/keycloak']").click();
        page.locator("#password").waitFor();
        assertThat(page.url()).startsWith(keycloak.issuer());
    }

    @Test
    void a_session_that_Keycloak_ends_ends_at_the_portal() throws Exception {
        Page page = window();
        signInTo(page, "/me");
        assertThat(page.url()).isEqualTo(PORTAL + "/me");

        keycloak.endSessionsOf("lena");

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            page.navigate(PORTAL + "/me");
            return page.url().contains("/sign-in");
        });
    }

    @Test
    void staff_sign_in_there_too_and_have_the_realms_roles() {
        Page page = staffSignedIn("reviewer");
        assertThat(page.locator("main a[href='/staff/cases']").count()).isEqualTo(1);
        assertThat(page.locator("main a[href='/staff/assist']").count()).isZero();
        screenshot(page, "keycloak-staff");
    }

    @Test
    void a_person_signs_in_beside_an_officer_who_stays_signed_in() {
        Page page = staffSignedIn("officer");
        page.navigate(PORTAL + "/staff/assist");
        page.locator("#provider-keycloak").check();
        page.locator("#language-en").check();
        page.locator("form#begin button[type=submit]").click();
        page.locator("#username").fill("lena");
        password(page);
        page.waitForURL(PORTAL + "/");
        assertThat(page.locator(".portal-helping").innerText()).containsPattern("You are helping\\s+Lena D\\.");
        screenshot(page, "keycloak-helping");
        page.navigate(PORTAL + "/me");
        assertThat(page.locator("main").textContent()).contains("Lena Diallo");
        page.locator(".portal-helping__stop").click();
        page.waitForURL(PORTAL + "/staff/assist/done");
        assertThat(page.navigate(PORTAL + "/me").status()).isEqualTo(403);
        assertThat(page.navigate(PORTAL + "/staff/assist").status()).isEqualTo(200);
    }

    private Page window() {
        return browser(new Browser.NewContextOptions().setBaseURL(PORTAL).setViewportSize(1280, 900));
    }

    private Page staffSignedIn(String username) {
        Page page = window();
        page.navigate(PORTAL + "/staff/sign-in");
        page.locator("main a[href^='/oauth2/authorization/keycloak-staff']").click();
        page.locator("#username").fill(username);
        page.locator("#password").fill("demo-" + username);
        page.locator("#kc-login").click();
        page.waitForURL(PORTAL + "/staff");
        return page;
    }

    private static void signInTo(Page page, String wanted) {
        page.navigate(PORTAL + "/sign-in?to=" + wanted);
        page.locator("main a[href^='/oauth2/authorization/keycloak']").click();
        page.locator("#username").fill("lena");
        password(page);
        page.waitForURL(Pattern.compile(Pattern.quote(PORTAL) + "/.*"));
        page.navigate(PORTAL + wanted);
    }

    private static void password(Page page) {
        page.locator("#password").fill("demo-lena");
        page.locator("#kc-login").click();
    }

    private static void send(Page page, String application) {
        page.navigate(application + "/check");
        page.getByRole(AriaRole.CHECKBOX).all().forEach(box -> box.check());
        page.locator("main form[action$='/check'] button").last().click();
    }

    /** RFC 6238, with the secret in the realm. */
    private static String code() {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec("12345678901234567890".getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES)
                    .putLong(Instant.now().getEpochSecond() / 30)
                    .array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
            return "%06d".formatted(number % 1_000_000);
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private void approve(String application) {
        Page page = staffSignedIn("reviewer");
        page.navigate(PORTAL + "/staff/cases" + application.substring("/applications".length()));
        page.locator("button:has-text('Take it')").click();
        page.locator("a[href$='/approval']").click();
        page.locator("#explanation").fill("Your seeds are on their way");
        page.locator("button:has-text('Preview')").click();
        page.locator("main form button[name=confirm]").click();
        page.locator("section[aria-labelledby=decision]").waitFor();
    }

    /** As an administrator, with the session that they have from Keycloak. */
    private void openProgram() {
        Page admin = staffSignedIn("admin");
        call(admin, "POST", "/forms", "{'code':'sure','title':{'en':'Sure'}}");
        call(admin, "PUT", "/forms/sure/draft", """
                {'pages':[{'id':'about','title':{'en':'About'},
                  'fields':[{'id':'words','type':'TEXT','label':{'en':'Words'}},
                            {'id':'paper','type':'FILE','label':{'en':'Paper'},'required':true}]}]}""");
        call(admin, "POST", "/forms/sure/versions", "");
        call(admin, "POST", "/programs", """
                {'code':'sure','profile':{'referencePrefix':'SURE','name':{'en':'Sure help'},'audience':{'en':'All'},
                  'benefit':{'en':'Help'},'description':{'en':'Help'},'afterwards':{'en':'Wait'},'dataUse':{'en':'We'},
                  'target':'INDIVIDUAL','currency':'KES','minutesToComplete':1,'decideWithinDays':5,'draftLifetimeDays':30,
                  'zone':'UTC'}}""");
        call(admin, "PUT", "/programs/sure/form", "{'form':'sure','version':1}");
        call(admin, "PUT", "/programs/sure/policy", "{'kind':'ONE_OPEN'}");
        call(admin, "PUT", "/programs/sure/step-up", "{'assurance':'STRONG','withinMinutes':30}");
        call(admin, "POST", "/programs/sure/opening", "");
        Awaitility.await().until(() -> portal.status("/programs/sure") == 200);
    }

    /** @param json with single quotes */
    private static void call(Page staff, String method, String path, String json) {
        RequestOptions request = RequestOptions.create()
                .setMethod(method)
                .setHeader("Accept", "application/json")
                .setHeader(
                        "X-CSRF-TOKEN",
                        staff.locator("input[name=_csrf]").first().inputValue());
        if (!json.isEmpty()) {
            request.setHeader("Content-Type", "application/json").setData(json.replace('\'', '"'));
        }
        APIResponse answer = staff.request().fetch(PORTAL + "/api/v1" + path, request);
        assertThat(answer.ok()).as(method + " " + path + ": " + answer.text()).isTrue();
    }
}
