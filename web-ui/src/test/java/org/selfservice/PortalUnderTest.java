package org.selfservice;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.selfservice.Visitor.Answer;
import org.selfservice.idp.DemoIdentityProvider;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.Query;
import org.selfservice.web.Portal;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * A whole portal, started once for all tests of a run: embedded stores in a temporary folder, the demonstration identity
 * provider, ports of its own, the demonstration's programs. Tests share it, so each signs in as a person that no other test
 * relies on, or makes a program of its own.
 */
public abstract class PortalUnderTest {
    // National ID numbers of people of the demonstration
    public static final String AMINA = "1000200030";
    public static final String ZOE = "2000300040";
    public static final String LAYLA = "3000400050";
    public static final String KOFI = "4000500060";
    public static final String MARIA = "5000600070";
    public static final String PAT = "8000900010";
    public static final String NGOZI = "9000100020";

    /** What the portal under test logs. */
    public static final Path LOG = Path.of("target", "portal-under-test.log");

    private static final Author ADMIN = new Author(
            "admin", "Ada Administrator", Author.Role.PROGRAM_ADMIN, null, Author.Channel.API, null, "under-test");

    private final List<BrowserContext> browsers = new ArrayList<>();

    /** Made when it is first asked for. */
    private static final class Running {
        static final Launch PORTAL = start();

        private static Launch start() {
            try {
                Files.createDirectories(LOG.getParent());
                Files.deleteIfExists(LOG);
                Path home = Files.createTempDirectory(LOG.getParent(), "portal-");
                Launch portal = Launch.of(
                        Options.parse(
                                new String[] {
                                    "--port=0",
                                    "--idp-port=0",
                                    // the mail server under test says who has a mailbox
                                    "--logging.level.com.icegreen=off",
                                    "--spring.mail.host=localhost",
                                    "--spring.mail.port=" + Post.port(),
                                    "--portal.mail.from=portal@office.example",
                                    "--portal.address=https://portal.example",
                                    "--portal.notifications.check=PT0.2S",
                                    // longer than a run: a test of it sets the clock forward
                                    "--portal.step-up.contact-details.within-minutes=720",
                                    "--portal.notifications.retries=PT0.5S,PT0.5S",
                                    "--portal.store.binaries="
                                            + Path.of("target", "postgres").toAbsolutePath(),
                                    "--logging.file.name=" + LOG,
                                    // one file for the whole run: a test reads all of it
                                    "--logging.logback.rollingpolicy.max-file-size=1GB"
                                },
                                home.toAbsolutePath().toString()),
                        PortalUnderTest::withoutTests);
                // What is logged belongs to the whole process: no other application in it may set that up anew.
                System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
                return portal;
            } catch (IOException cannot) {
                throw new AssertionError(cannot);
            }
        }
    }

    /** Controllers and settings that other tests bring along are theirs alone. */
    static void withoutTests(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("without tests", new TypeExcludeFilter() {
            @Override
            public boolean match(MetadataReader type, MetadataReaderFactory readers) throws IOException {
                return type.getResource().getURL().getPath().contains("/test-classes/");
            }
        });
    }

    public static URI address() {
        return Running.PORTAL.address();
    }

    /** The portal's data folder. */
    public static Path home() {
        return Running.PORTAL.home();
    }

    public static String url(String path) {
        return address().resolve(path).toString();
    }

    public static <T> T bean(Class<T> type) {
        return Running.PORTAL.context().getBean(type);
    }

    public static <T> T bean(String name, Class<T> type) {
        return Running.PORTAL.context().getBean(name, type);
    }

    public static DemoIdentityProvider identities() {
        return Objects.requireNonNull(Running.PORTAL.idp());
    }

    /** As an administrator would through the endpoints, without HTTP. */
    public static Position send(Command command) {
        return bean(Portal.class).send(command, ADMIN);
    }

    public static <A> A ask(Query<A> query) {
        return bean(Portal.class).ask(query);
    }

    /** Until every process has handled all that happened. */
    public static void awaitProcesses() {
        EventStore events = bean(EventStore.class);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> processes()
                        .allMatch(process -> process.processingStatus().values().stream()
                                .anyMatch(status -> status.getTrackingToken() != null
                                        && status.getTrackingToken().covers(events.createHeadToken()))));
    }

    private static Stream<StreamingEventProcessor> processes() {
        return bean(EventProcessingConfiguration.class).eventProcessors().values().stream()
                .map(StreamingEventProcessor.class::cast);
    }

    /** Somebody who is not signed in. */
    public static Visitor visitor() {
        return new Visitor(address());
    }

    /** Somebody who signed in with a national ID and shared everything. */
    public static Visitor signedIn(String nationalId) {
        Visitor visitor = visitor();
        signIn(visitor, visitor.get("/oauth2/authorization/national"), nationalId);
        return visitor;
    }

    /** From the provider's first page to whatever page of the portal comes after it. */
    public static Answer signIn(Visitor visitor, Answer atProvider, String nationalId, String... shared) {
        Answer consent = identify(visitor, atProvider, nationalId);
        if (!consent.at().getPath().equals("/consent")) {
            return consent;
        }
        List<String> ticked = shared.length > 0
                ? List.of(shared)
                : List.of("given_name", "family_name", "birthdate", "gender", "phone_number", "email", "address");
        return visitor.submit(consent, "/consent", Map.of("decision", "allow"), "claims", ticked);
    }

    /** From the provider's first page to its consent page. */
    public static Answer identify(Visitor visitor, Answer atProvider, String id) {
        Answer code = visitor.submit(atProvider, "/login", Map.of("individual_id", id));
        return visitor.submit(
                code, "/code", Map.of("code", identities().codeFor(id).orElseThrow()));
    }

    /** The same with a device instead of a code: whatever surer way the portal asked for. */
    public static Answer prove(Visitor visitor, Answer atProvider, String id) {
        Answer device = visitor.submit(atProvider, "/login", Map.of("individual_id", id));
        Answer after = visitor.submit(device, "/device", Map.of());
        return after.at().getPath().equals("/consent")
                ? visitor.submit(after, "/consent", Map.of("decision", "allow"))
                : after;
    }

    /** A member of the demonstration's staff with a session: admin, reviewer, officer, auditor, analyst. */
    public static Visitor staff(String username) {
        Visitor visitor = visitor();
        Answer form = visitor.get("/oauth2/authorization/staff");
        visitor.submit(form, "/staff", Map.of("username", username, "password", "demo-" + username));
        return visitor;
    }

    /** Another system, with a bearer token for these scopes. */
    public static Visitor machine(String... scopes) {
        return visitor().with("Authorization", "Bearer " + bearer(scopes)).with("Accept", "application/json");
    }

    public static String bearer(String... scopes) {
        Visitor client = new Visitor(identities().issuer());
        client.with(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString("portal-api:portal-api-secret".getBytes(StandardCharsets.UTF_8)));
        Answer answer = client.postBare(
                client.look("/.well-known/openid-configuration")
                        .json()
                        .get("token_endpoint")
                        .asString(),
                Map.of("grant_type", "client_credentials", "scope", String.join(" ", scopes)));
        return answer.json().get("access_token").asString();
    }

    /** A browser window of somebody new, 360 pixels wide as a cheap phone's. */
    public Page phone() {
        return browser(new Browser.NewContextOptions().setViewportSize(360, 740));
    }

    public Page desktop() {
        return browser(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    public Page browser(Browser.NewContextOptions options) {
        if (options.baseURL == null) {
            options.setBaseURL(address().toString());
        }
        BrowserContext context = Chromium.visitor(options.setLocale("en"));
        browsers.add(context);
        return context.newPage();
    }

    /** Signs in, from the portal's sign-in page or the provider's first one, and shares everything. */
    public static void signIn(Page page, String nationalId) {
        if (page.url().startsWith(address().toString())) {
            if (!page.url().contains("/sign-in")) {
                page.navigate(url("/sign-in"));
            }
            page.locator("a[href^='/oauth2/authorization/national']").click();
        }
        page.locator("#field").fill(nationalId);
        page.locator("form[action='/login'] button[type=submit]").click();
        page.waitForURL("**/code**");
        page.locator("#field").fill(identities().codeFor(nationalId).orElseThrow());
        page.locator("form[action='/code'] button[type=submit]").click();
        page.locator("button[value=allow]").click();
        page.waitForURL(address() + "/**");
    }

    /** Signs a member of the demonstration's staff in: admin, reviewer, officer, auditor, analyst. */
    public static void staffSignIn(Page page, String username) {
        page.navigate(url("/oauth2/authorization/staff"));
        page.locator("[name=username]").fill(username);
        page.locator("[name=password]").fill("demo-" + username);
        page.locator("form[action='/staff'] button[type=submit]").click();
        page.waitForURL(address() + "/**");
    }

    /** Looks at the open page at three widths: nothing scrolls sideways, axe finds nothing, a picture is kept. */
    public static void look(Page page, String name) {
        for (int width : Chromium.WIDTHS) {
            page.setViewportSize(width, 900);
            Chromium.examine(page, name + "-" + width);
        }
    }

    /** Keeps a picture of the whole page in {@code target/screenshots}. */
    public static void screenshot(Page page, String name) {
        Chromium.picture(page, name);
    }

    @AfterEach
    void closeBrowsers() {
        browsers.forEach(BrowserContext::close);
        browsers.clear();
    }
}
