package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The browser of a run, started when it is first asked for: looks at pages as people do, and as axe does. */
public final class Chromium {
    /** A small phone, a tablet, a desk. */
    public static final List<Integer> WIDTHS = List.of(320, 800, 1280);

    private static final int ATTEMPTS_AT_A_PICTURE = 3;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final Browser BROWSER = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setHeadless(true)
                    .setArgs(List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            // where the machine's shared memory is small, a large page would end its tab
                            "--disable-dev-shm-usage",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));

    private Chromium() {}

    /** Somebody new, without anybody else's cookies. */
    public static BrowserContext visitor(Browser.NewContextOptions options) {
        BrowserContext context = BROWSER.newContext(options);
        context.setDefaultTimeout(Patience.LONG.toMillis());
        PlaywrightAssertions.setDefaultAssertionTimeout(Patience.LONG.toMillis());
        return context;
    }

    /** No violation of WCAG 2.2 A and AA or of axe's best practices, nothing wider than the screen; keeps a picture. */
    public static void examine(Page page, String name) {
        picture(page, name);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .as("%s does not scroll sideways", name)
                .isEqualTo(true);
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .as("accessibility of %s", name)
                .extracting(rule -> rule.getId() + ": "
                        + rule.getNodes().stream().map(node -> node.getHtml()).toList())
                .isEmpty();
    }

    /**
     * Keeps a picture of the whole page in {@code target/screenshots}. Asks again where the browser did not paint in
     * time, as happened once on a busy machine: no story is about that.
     */
    public static void picture(Page page, String name) {
        Page.ScreenshotOptions whole = new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true);
        for (int attempt = 1; ; attempt++) {
            try {
                page.screenshot(whole);
                return;
            } catch (TimeoutError late) {
                if (attempt == ATTEMPTS_AT_A_PICTURE) {
                    throw late;
                }
            }
        }
    }

    private static Path executable() {
        return Stream.of(
                        Objects.toString(System.getenv("CHROMIUM"), ""),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/snap/bin/chromium")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "Chromium is not installed; \"./portal test\" does that, or set CHROMIUM to its path"));
    }
}
