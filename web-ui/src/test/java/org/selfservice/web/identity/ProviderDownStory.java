package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.OwnPortal;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;

/** A provider that is away when the portal starts, comes, goes and comes again; another is there all the time. */
class ProviderDownStory extends PortalUnderTest {
    private static final byte[] LOGO = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static final String AWAY = "Travelling ID cannot be used at the moment.";

    @TempDir
    Path folder;

    @Test
    void the_portal_starts_says_who_is_away_offers_the_others_and_sees_when_they_are_back() throws IOException {
        RogueProvider travelling = new RogueProvider(0);
        int port = travelling.port();
        travelling.close();
        Path logo = Files.write(folder.resolve("logo.png"), LOGO);
        try (RogueProvider steady = new RogueProvider(0);
                OwnPortal portal = OwnPortal.with(settings(steady, travelling, logo))) {
            Visitor visitor = portal.visitor();
            Answer page = visitor.get("/sign-in?to=/me");
            assertThat(page.body())
                    .contains(
                            AWAY, "Try Travelling ID all the same", "Sign in with Steady ID", "data:image/png;base64,")
                    .doesNotContain("Sign in with Travelling ID", "Steady ID cannot be used");
            pictures(portal);
            assist(portal, steady);

            // whoever tries it all the same is told so, in time
            Answer tried = visitor.get("/oauth2/authorization/travelling?to=/me");
            assertThat(tried.at().getPath()).isEqualTo("/sign-in");
            assertThat(tried.body()).contains("This ID cannot be used at the moment", "Sign in with Steady ID");
            assertThat(portal.visitor()
                            .get("/oauth2/authorization/steady?to=/me")
                            .at()
                            .getPath())
                    .isEqualTo("/me");

            try (RogueProvider back = new RogueProvider(port)) {
                // whoever tries need not wait for the page to have noticed
                assertThat(portal.visitor()
                                .get("/oauth2/authorization/travelling?to=/me")
                                .at()
                                .getPath())
                        .isEqualTo("/me");
                await().atMost(Duration.ofSeconds(40))
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> assertThat(
                                        portal.visitor().get("/sign-in").body())
                                .contains("Sign in with Travelling ID")
                                .doesNotContain(AWAY));
                assertThat(back.calls("/authorize")).hasSize(1);
            }
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() ->
                            assertThat(portal.visitor().get("/sign-in").body()).contains(AWAY));
        }
    }

    /** An officer sees it before the person is sent there. */
    private void assist(OwnPortal portal, RogueProvider steady) {
        steady.idToken = claims -> claims.subject("olga").claim("roles", List.of("officer"));
        steady.person = claims -> claims.put("sub", "olga");
        Visitor officer = portal.visitor();
        assertThat(officer.get("/oauth2/authorization/staff").at().getPath()).isEqualTo("/staff");
        Page page = desktop();
        page.navigate(portal.address() + "/oauth2/authorization/staff");
        for (String language : List.of("en", "ar")) {
            page.navigate(portal.address() + "/staff/assist?lang=" + language);
            look(page, "assist-provider-down-" + language);
        }
        steady.behave();

        assertThat(officer.get("/staff/assist").body())
                .contains(
                        "id=\"provider-travelling-away\"",
                        "Cannot be used at the moment",
                        "aria-describedby=\"provider-travelling-away\"")
                .doesNotContain("provider-steady-away");
        Answer tried = officer.post("/staff/assist", Map.of("provider", "travelling", "language", "en"));
        assertThat(tried.status()).isEqualTo(422);
        assertThat(tried.body()).contains("The service of this ID does not answer", "value=\"steady\"");
        assertThat(officer.post("/staff/assist", Map.of("provider", "steady", "language", "en"))
                        .body())
                .contains("You are helping");
    }

    private void pictures(OwnPortal portal) {
        Page page = desktop();
        for (String language : List.of("en", "fr", "ar")) {
            page.navigate(portal.address() + "/sign-in?lang=" + language);
            look(page, "sign-in-provider-down-" + language);
        }
    }

    private static List<String> settings(RogueProvider steady, RogueProvider travelling, Path logo) {
        List<String> settings = new ArrayList<>(List.of("--portal.login.patience=2s"));
        for (RogueProvider provider : List.of(travelling, steady)) {
            String id = "--portal.login.providers." + (provider == steady ? "steady" : "travelling");
            settings.add(id + ".issuer=" + provider.issuer);
            settings.add(id + ".label.en=" + (provider == steady ? "Steady ID" : "Travelling ID"));
            settings.add(id + ".client.id=portal");
            settings.add(id + ".client.secret=secret");
            settings.add(id + ".logo=" + logo);
            settings.add(id + ".claims={\"userinfo\": {\"name\": null}}");
        }
        settings.add("--portal.login.providers.staff.audience=staff");
        settings.add("--portal.login.providers.staff.issuer=" + steady.issuer);
        settings.add("--portal.login.providers.staff.label.en=Staff");
        settings.add("--portal.login.providers.staff.client.id=portal-staff");
        settings.add("--portal.login.providers.staff.client.secret=secret");
        return settings;
    }
}
