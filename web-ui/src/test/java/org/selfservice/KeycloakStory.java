package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The portal's jar with the settings for Keycloak that are shipped, and Keycloak itself with the realm that is shipped. Run by
 * {@code ./portal test --with-keycloak}.
 */
@EnabledIfSystemProperty(named = "portal.test.keycloak", matches = ".+")
class KeycloakStory extends PortalUnderTest {
    private static final int PORT = freePort();
    private static final int IDP_PORT = freePort();
    private static final String PORTAL = "http://localhost:" + PORT;
    private static final Pattern APPLICATION = Pattern.compile(".*/applications/(a-[^/?]+).*");

    @TempDir
    static Path home;

    private static KeycloakServer keycloak;
    private static Process portal;

    @BeforeAll
    static void start() throws Exception {
        keycloak = new KeycloakServer(
                Path.of(System.getProperty("portal.test.keycloak")), URI.create(PORTAL), freePort(), freePort());
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                Path.of("target", "portal.jar").toAbsolutePath().toString(),
                "--port=" + PORT,
                "--idp-port=" + IDP_PORT,
                "--spring.config.import=file:"
                        + Path.of("..", "docs", "sign-in", "keycloak.yml").toAbsolutePath());
        process.environment()
                .putAll(Map.of(
                        "PORTAL_HOME",
                        home.toString(),
                        "KEYCLOAK_ISSUER",
                        keycloak.issuer(),
                        "KEYCLOAK_CLIENT_ID",
                        "portal",
                        "KEYCLOAK_CLIENT_SECRET",
                        KeycloakServer.SECRET,
                        "KEYCLOAK_STAFF_CLIENT_ID",
                        "portal-staff",
                        "KEYCLOAK_STAFF_CLIENT_SECRET",
                        KeycloakServer.STAFF_SECRET));
        portal = process.redirectErrorStream(true)
                .redirectOutput(Path.of("target", "portal-with-keycloak.log").toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(() -> call("GET", "/programs/cash-transfer", "", "").statusCode() == 200);
        openProgram();
        keycloak.awaitStart();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        portal.destroy();
        if (!portal.waitFor(30, TimeUnit.SECONDS)) {
            portal.destroyForcibly();
        }
        keycloak.close();
    }

    @Test
    void a_registrant_applies_and_proves_it_with_a_one_time_code_before_sending() {
        Page page = browser(new Browser.NewContextOptions());
        signInTo(page, "/programs/sure");
        page.locator("form[action='/programs/sure/applications'] button")
                .first()
                .click();
        page.waitForURL(APPLICATION);
        String application = page.url().replaceFirst(APPLICATION.pattern(), "$1");
        page.navigate(PORTAL + "/applications/" + application + "/pages/about");
        page.locator("[name='answer.words']").fill("Seeds for the field");
        page.locator("button[name=exit][value=continue]").last().click();

        send(page, application);
        assertThat(page.locator("h1").textContent()).contains("Confirm that it is you");
        page.locator("form#confirm button").first().click();
        page.locator("#password").or(page.locator("#otp")).first().waitFor();
        if (page.locator("#password").count() > 0) {
            password(page);
        }
        page.locator("#otp").fill(code());
        page.locator("#kc-login").click();
        page.waitForURL("**/applications/" + application + "/check");
        assertThat(page.locator("main").textContent()).contains("Seeds for the field");

        send(page, application);
        page.waitForURL("**/sent");
        assertThat(page.locator("main").textContent()).containsPattern("SURE-\\w{4}-\\w{4}");
        page.navigate(PORTAL + "/me");
        assertThat(page.locator("main").textContent()).contains("Lena Diallo", "lena@example.org");
        screenshot(page, "keycloak-me");
        page.navigate(PORTAL + "/applications");
        assertThat(page.locator("main").textContent()).contains("Sure help");
    }

    @Test
    void whoever_signs_out_of_the_portal_signs_out_of_Keycloak() {
        Page page = browser(new Browser.NewContextOptions());
        signInTo(page, "/me");
        page.locator("form[action='/logout'] button").first().click();
        page.waitForURL(PORTAL + "/**");
        page.navigate(PORTAL + "/sign-in?to=/me");
        page.locator("a[href^='/oauth2/authorization/keycloak']").first().click();
        page.locator("#password").waitFor();
        assertThat(page.url()).startsWith(keycloak.issuer());
    }

    @Test
    void a_session_that_Keycloak_ends_ends_at_the_portal() throws Exception {
        Page page = browser(new Browser.NewContextOptions());
        signInTo(page, "/me");
        page.navigate(PORTAL + "/me");
        assertThat(page.url()).isEqualTo(PORTAL + "/me");

        keycloak.endSessionsOf("lena");

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            page.navigate(PORTAL + "/me");
            return page.url().contains("/sign-in");
        });
    }

    @Test
    void staff_sign_in_there_too_and_have_the_realms_roles() {
        Page page = browser(new Browser.NewContextOptions());
        page.navigate(PORTAL + "/staff/sign-in");
        page.locator("a[href^='/oauth2/authorization/keycloak-staff']").click();
        page.locator("#username").fill("reviewer");
        page.locator("#password").fill("demo-reviewer");
        page.locator("#kc-login").click();
        page.waitForURL(PORTAL + "/staff");
        assertThat(page.locator("main a[href='/staff/cases']").count()).isEqualTo(1);
        assertThat(page.locator("main a[href='/staff/assist']").count()).isZero();
    }

    private static void signInTo(Page page, String wanted) {
        page.navigate(PORTAL + "/sign-in?to=" + wanted);
        page.locator("a[href^='/oauth2/authorization/keycloak']").first().click();
        page.locator("#username").fill("lena");
        password(page);
        page.waitForURL(Pattern.compile(Pattern.quote(PORTAL) + "/.*"));
        if (!page.url().contains(wanted)) {
            page.navigate(PORTAL + wanted);
        }
    }

    private static void password(Page page) {
        page.locator("#password").fill("demo-lena");
        page.locator("#kc-login").click();
    }

    private static void send(Page page, String application) {
        page.navigate(PORTAL + "/applications/" + application + "/check");
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

    private static void openProgram() throws Exception {
        String token = Objects.requireNonNull(new Visitor(URI.create("http://localhost:" + IDP_PORT))
                .with("Authorization", "Basic cG9ydGFsLWFwaTpwb3J0YWwtYXBpLXNlY3JldA==")
                .postBare(
                        "http://localhost:" + IDP_PORT + "/oauth2/token",
                        Map.of("grant_type", "client_credentials", "scope", "read programs:write"))
                .json()
                .get("access_token")
                .asString());
        done(call("POST", "/api/v1/forms", token, "{'code':'sure','title':{'en':'Sure'}}"));
        done(call("PUT", "/api/v1/forms/sure/draft", token, """
                {'pages':[{'id':'about','title':{'en':'About'},
                  'fields':[{'id':'words','type':'TEXT','label':{'en':'Words'}}]}]}"""));
        done(call("POST", "/api/v1/forms/sure/versions", token, ""));
        done(call("POST", "/api/v1/programs", token, """
                {'code':'sure','profile':{'referencePrefix':'SURE','name':{'en':'Sure help'},'audience':{'en':'All'},
                  'benefit':{'en':'Help'},'description':{'en':'Help'},'afterwards':{'en':'Wait'},'dataUse':{'en':'We'},
                  'target':'INDIVIDUAL','currency':'KES','minutesToComplete':1,'decideWithinDays':5,'draftLifetimeDays':30,
                  'zone':'UTC'}}"""));
        done(call("PUT", "/api/v1/programs/sure/form", token, "{'form':'sure','version':1}"));
        done(call("PUT", "/api/v1/programs/sure/policy", token, "{'kind':'ONE_OPEN'}"));
        done(call("PUT", "/api/v1/programs/sure/step-up", token, "{'assurance':'STRONG','withinMinutes':30}"));
        done(call("POST", "/api/v1/programs/sure/opening", token, ""));
        Awaitility.await().until(() -> call("GET", "/programs/sure", "", "").statusCode() == 200);
    }

    private static void done(HttpResponse<String> answer) {
        assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
    }

    /** @param json with single quotes */
    private static HttpResponse<String> call(String method, String path, String token, String json) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(PORTAL + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        json.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json.replace('\'', '"')));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token).header("Accept", "application/json");
            request.header("Content-Type", "application/json");
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }
}
