package org.selfservice.web.identity;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.net.HttpCookie;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;

/** Attacks on sessions, and accidents with them. */
class SessionStory extends PortalUnderTest {
    private static final String SECURE = "__Host-portal";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "///evil.example/",
                "/\\evil.example/",
                "\\/evil.example/",
                "/.//evil.example/",
                "/..//evil.example/",
                "https:evil.example",
                "http://localhost@evil.example/",
                "javascript:alert(1)",
                "data:text/html,x",
                "/\t/evil.example/",
                "/%09/evil.example/",
                "/a\r\nLocation: https://evil.example/",
                "/sign-out",
                "/login/oauth2/code/national",
                "/api/v1/programs"
            })
    void sign_in_leads_nowhere_but_to_a_page_of_the_portal(String wanted) {
        Visitor visitor = visitor();
        String to = URLEncoder.encode(wanted, StandardCharsets.UTF_8);
        Answer after = signIn(visitor, visitor.get("/oauth2/authorization/national?to=" + to), AMINA);
        assertThat(after.at().getAuthority()).isEqualTo(address().getAuthority());
        assertThat(after.at().getPath()).matches("/|/sign-in/.*|/%09/evil\\.example/|/\t/evil\\.example/");
        assertThat(after.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void over_https_the_cookie_belongs_to_this_host_alone() {
        Visitor visitor = signedIn(AMINA);
        visitor.get("/me");
        Visitor own = visitor()
                .with("X-Forwarded-Proto", "https")
                .with(
                        "Cookie",
                        SECURE + "="
                                + visitor.cookie(Sessions.COOKIE).orElseThrow().getValue());
        Answer out = own.postBare("/sign-out", Map.of("_csrf", visitor.csrf()));
        String cookie = out.headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith(SECURE + "="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie)
                .contains("; Path=/;", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void over_https_no_cookie_counts_that_another_host_could_have_set() {
        Visitor visitor = signedIn(AMINA);
        String session = visitor.cookie(Sessions.COOKIE).orElseThrow().getValue();
        Visitor planted = visitor().with("X-Forwarded-Proto", "https").with("Cookie", Sessions.COOKIE + "=" + session);
        assertThat(planted.look("/me").header("Location").orElseThrow()).contains("/sign-in?to=");
        Visitor own = visitor().with("X-Forwarded-Proto", "https").with("Cookie", SECURE + "=" + session);
        assertThat(own.look("/me").status()).isEqualTo(200);
    }

    @Test
    void signing_out_takes_the_cookie_away() {
        Visitor visitor = signedIn(AMINA);
        visitor.get("/me");
        Answer out = visitor.postBare("/sign-out", Map.of("_csrf", visitor.csrf()));
        assertThat(out.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith(Sessions.COOKIE + "=;") && cookie.contains("Max-Age=0"));
    }

    @Test
    void the_id_of_a_session_changes_at_sign_in_and_what_was_known_before_is_worth_nothing() {
        Visitor attacker = visitor();
        attacker.get("/oauth2/authorization/national");
        HttpCookie planted = attacker.cookie(Sessions.COOKIE).orElseThrow();
        Visitor victim = visitor();
        victim.cookies().getCookieStore().add(address(), planted);
        signIn(victim, victim.get("/oauth2/authorization/national?to=/me"), AMINA);
        assertThat(victim.get("/me").at().getPath()).isEqualTo("/me");
        assertThat(victim.cookie(Sessions.COOKIE).orElseThrow().getValue()).isNotEqualTo(planted.getValue());
        assertThat(visitor()
                        .with("Cookie", Sessions.COOKIE + "=" + planted.getValue())
                        .look("/me")
                        .status())
                .isEqualTo(302);
    }

    @Test
    void two_windows_sign_in_at_once_and_each_comes_where_it_wanted() {
        Visitor visitor = visitor();
        Answer first = visitor.get("/oauth2/authorization/national?to=/me");
        Answer second = visitor.get("/oauth2/authorization/national?to=/applications");
        assertThat(signIn(visitor, second, ZOE).at().getPath()).isEqualTo("/applications");
        // the provider knows the person by now: the first window goes on from its own page
        Answer again = visitor.get(first.at().toString());
        Answer back = again.at().getAuthority().equals(address().getAuthority()) ? again : signIn(visitor, again, ZOE);
        assertThat(back.at().getAuthority()).isEqualTo(address().getAuthority());
        assertThat(visitor.get("/me").at().getPath()).isEqualTo("/me");
    }

    @Test
    void a_second_person_in_another_window_leaves_nothing_of_the_first_to_be_sent() {
        Visitor browser = signedIn(AMINA);
        browser.get("/me");
        String form = browser.csrf();
        signIn(browser, browser.get("/oauth2/authorization/national?to=/me&fresh"), ZOE);
        assertThat(browser.get("/me").body()).contains("Zoé");
        // the page of the first one is still open in the other window
        assertThat(browser.postBare("/me/contact", Map.of("_csrf", form, "via", "NONE", "language", "en"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void what_a_page_loads_while_a_sign_in_is_on_does_not_disturb_it() {
        Visitor visitor = visitor();
        Answer start = visitor.get("/oauth2/authorization/national?to=/me");
        for (String destination : List.of("image", "script", "style", "empty", "iframe")) {
            visitor.with("Sec-Fetch-Dest", destination);
            for (String asset : List.of("/me/photo.png", "/applications/a-0/live", "/enrolments")) {
                Answer refused = visitor.look(asset);
                assertThat(refused.status()).as(destination + " " + asset).isEqualTo(401);
                assertThat(refused.header("Location")).isEmpty();
            }
        }
        visitor.with("Sec-Fetch-Dest", "document");
        assertThat(signIn(visitor, start, ZOE).at().getPath()).isEqualTo("/me");
    }

    @Test
    void the_back_button_after_sign_in_breaks_nothing() {
        Page page = desktop();
        AtomicReference<String> callback = new AtomicReference<>();
        page.onRequest((Request request) -> {
            if (request.url().contains("/login/oauth2/code/")) {
                callback.set(request.url());
            }
        });
        page.navigate("/sign-in?to=/me");
        signIn(page, AMINA);
        assertThat(page).hasURL(url("/me"));
        // to the provider's page, and its button once more
        page.goBack();
        page.goForward();
        assertThat(page).hasURL(url("/me"));
        // the address of the answer itself, from the history
        page.navigate(callback.get());
        assertThat(page).hasURL(url("/"));
        page.navigate("/me");
        assertThat(page).hasURL(url("/me"));
    }

    @Test
    void a_session_that_is_idle_is_over_and_leads_back_to_the_page() {
        Page page = phone();
        page.navigate("/sign-in?to=/me");
        signIn(page, AMINA);
        KeptSession.of(page.context().cookies().stream()
                        .filter(cookie -> cookie.name.equals(Sessions.COOKIE))
                        .findFirst()
                        .orElseThrow()
                        .value)
                .idle();
        page.navigate("/enrolments");
        assertThat(page).hasURL(Pattern.compile(".*/sign-in/timeout\\?to=.*enrolments"));
        assertThat(page.locator("main")).containsText("Your answers are saved. Sign in to go on.");
        page.locator("a[href^='/oauth2/authorization/national']").click();
        signInAtProvider(page);
        assertThat(page).hasURL(url("/enrolments"));
    }

    @Test
    void a_session_is_over_after_its_longest_time_however_busy_it_was() {
        Visitor visitor = signedIn(AMINA);
        KeptSession.of(visitor).age(Duration.ofHours(9));
        assertThat(visitor.get("/me").at().getPath()).isEqualTo("/me");
        KeptSession.of(visitor).age(Duration.ofHours(10).plusMinutes(1));
        assertThat(visitor.get("/me").at().getPath()).isEqualTo("/sign-in/timeout");
    }

    private static void signInAtProvider(Page page) {
        if (!page.url().startsWith(address().toString())) {
            signIn(page, AMINA);
        }
    }
}
