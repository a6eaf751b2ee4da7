package org.selfservice.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks at pages as people do, and as an automatic test of accessibility does. */
public final class Chromium implements AutoCloseable {
    /** A small phone, a tablet, a desk. */
    public static final List<Integer> WIDTHS = List.of(320, 800, 1280);

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setArgs(List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));

    /** A fresh visitor whose browser speaks a language. */
    public Page visitor(int width, String language, Map<String, String> headers) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, 800)
                .setLocale(language)
                .setExtraHTTPHeaders(headers));
        return context.newPage();
    }

    /** No violation of WCAG 2.2 A and AA or of axe's best practices, nothing wider than the screen; keeps a picture. */
    public static void examine(Page page, String name) {
        Path picture = Path.of("target", "screenshots", name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(picture).setFullPage(true));
        AxeResults results = new AxeBuilder(page).analyze();
        assertThat(results.getViolations().stream()
                        .map(rule -> rule.getId() + ": "
                                + rule.getNodes().stream()
                                        .map(node -> node.getHtml())
                                        .toList())
                        .toList())
                .as("accessibility of %s", name)
                .isEmpty();
        assertThat((Integer) page.evaluate(
                        "Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"))
                .as("overflow of %s", name)
                .isZero();
    }

    private static Path executable() {
        return Stream.of(
                        System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"),
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Chromium; set CHROMIUM to its path"));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
