package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.Chromium.examine;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfservice.Chromium;
import org.selfservice.OwnPortal;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.web.identity.RogueProvider.Call;
import org.selfservice.web.identity.RogueProvider.Reply;

/** Forms that lead to a provider which sends people on to other hosts, of which the portal knows nothing. */
class LeavingStory extends PortalUnderTest {
    private static RogueProvider provider;
    private static RogueProvider elsewhere;
    private static RogueProvider further;
    private static OwnPortal portal;

    @BeforeAll
    static void start() {
        provider = new RogueProvider(0);
        elsewhere = new RogueProvider(0);
        further = new RogueProvider(0);
        provider.metadata = all -> {
            all.put("authorization_endpoint", elsewhere.issuer + "/authorize");
            all.put("end_session_endpoint", elsewhere.issuer + "/bye");
        };
        portal = OwnPortal.with(List.of(
                "--portal.login.providers.rogue.issuer=" + provider.issuer,
                "--portal.login.providers.rogue.label.en=Rogue ID",
                "--portal.login.providers.rogue.client.id=portal",
                "--portal.login.providers.rogue.client.secret=secret"));
    }

    @AfterAll
    static void stop() {
        portal.close();
        provider.close();
        elsewhere.close();
        further.close();
    }

    @BeforeEach
    void behave() {
        elsewhere.instead.put("/authorize", sentOn(further, "/authorize"));
        further.instead.put("/authorize", sentOn(provider, "/authorize"));
        elsewhere.instead.put("/bye", sentOn(further, "/bye"));
        further.instead.put(
                "/bye", call -> Reply.text(302, "text/plain", call.form().get("post_logout_redirect_uri")));
    }

    @Test
    void a_browser_confirms_and_signs_out_by_way_of_other_hosts_and_comes_back() {
        Page page = signedIn();
        page.navigate("/confirm?to=/help");
        page.locator("#confirm button").first().click();
        page.waitForURL(portal.address() + "/help");
        assertThat(provider.last("/authorize").form()).containsEntry("prompt", "login");

        page.locator("form[action='/sign-out'] button").first().click();

        page.waitForURL(portal.address() + "/");
        Map<String, String> said = further.last("/bye").form();
        assertThat(said).containsKey("id_token_hint");
        assertThat(said.get("post_logout_redirect_uri")).isEqualTo(portal.address() + "/");
        page.navigate("/me");
        assertThat(page.url()).contains("/sign-in");
    }

    @Test
    void the_page_on_the_way_says_where_it_leads_and_fits() {
        Page page = signedIn();
        for (String language : List.of("ar", "en")) {
            // a browser stays where it is
            elsewhere.instead.put("/authorize", call -> Reply.text(204, "text/plain", ""));
            page.navigate("/confirm?to=/me&lang=" + language);
            page.locator("#confirm button").first().click();
            page.waitForSelector("main bdi:has-text('localhost')");
            for (int width : Chromium.WIDTHS) {
                page.setViewportSize(width, 800);
                examine(page, "leaving-" + language + "-" + width);
            }
            elsewhere.instead.put("/authorize", sentOn(further, "/authorize"));
            page.locator("main a.govuk-button").click();
            page.waitForURL(portal.address() + "/me");
        }
    }

    @Test
    void nobody_is_led_away_by_its_address() {
        Visitor visitor = portal.visitor();
        visitor.get("/oauth2/authorization/rogue?to=/me");
        Answer answer = visitor.post("/leaving", Map.of("to", "https://evil.example"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Refresh")).isEmpty();
        assertThat(answer.body()).doesNotContain("evil.example");
    }

    private static Function<Call, Reply> sentOn(RogueProvider next, String path) {
        return call -> Reply.text(
                302,
                "text/plain",
                next.issuer
                        + path
                        + call.form().entrySet().stream()
                                .map(one ->
                                        one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&", "?", "")));
    }

    private Page signedIn() {
        Page page = browser(
                new Browser.NewContextOptions().setBaseURL(portal.address().toString()));
        page.navigate("/oauth2/authorization/rogue?to=/me");
        page.waitForURL(portal.address() + "/me");
        return page;
    }
}
