package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.OwnPortal;
import org.selfservice.PortalUnderTest;
import org.selfservice.web.identity.RogueProvider.Reply;

/** A provider that ends its sessions on another host than the one where people sign in. */
class SignOutElsewhereStory extends PortalUnderTest {

    @Test
    void a_browser_is_let_go_there_and_comes_back() {
        try (RogueProvider provider = new RogueProvider(0);
                RogueProvider elsewhere = new RogueProvider(0)) {
            provider.metadata = all -> all.put("end_session_endpoint", elsewhere.issuer + "/bye");
            elsewhere.instead.put(
                    "/bye", call -> Reply.text(302, "text/plain", call.form().get("post_logout_redirect_uri")));
            signOut(provider, elsewhere);
        }
    }

    private void signOut(RogueProvider provider, RogueProvider elsewhere) {
        try (OwnPortal portal = OwnPortal.with(List.of(
                "--portal.login.providers.rogue.issuer=" + provider.issuer,
                "--portal.login.providers.rogue.label.en=Rogue ID",
                "--portal.login.providers.rogue.client.id=portal",
                "--portal.login.providers.rogue.client.secret=secret"))) {
            Page page = browser(
                    new Browser.NewContextOptions().setBaseURL(portal.address().toString()));
            page.navigate("/sign-in?to=/me");
            page.locator("main a[href^='/oauth2/authorization/rogue']").click();
            page.waitForURL(portal.address() + "/me");

            page.locator("form[action='/sign-out'] button").first().click();

            page.waitForURL(portal.address() + "/");
            assertThat(elsewhere.calls("/bye")).hasSize(1);
            Map<String, String> said = elsewhere.last("/bye").form();
            assertThat(said).containsKey("id_token_hint");
            assertThat(said.get("post_logout_redirect_uri")).isEqualTo(portal.address() + "/");
            page.navigate("/me");
            assertThat(page.url()).contains("/sign-in");
        }
    }
}
