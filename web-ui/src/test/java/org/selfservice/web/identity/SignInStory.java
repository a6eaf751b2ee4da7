package org.selfservice.web.identity;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.HttpCookie;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;

class SignInStory extends PortalUnderTest {
    /** Nobody else signs in as this person, whatever the order of tests. */
    private static final String NEWCOMER = "9600700830";

    @Test
    void the_sign_in_page_names_each_id_and_says_what_will_be_shared() {
        Answer page = visitor().get("/sign-in");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("Sign in with National ID", "Sign in with Farmer ID", "Date of birth")
                .doesNotContain("staff account");
    }

    @Test
    void a_person_signs_in_comes_back_to_the_page_they_wanted_and_signs_out() {
        Page page = desktop();
        page.navigate("/me");
        assertThat(page).hasTitle(java.util.regex.Pattern.compile("Sign in.*"));
        screenshot(page, "sign-in");
        signIn(page, AMINA);
        assertThat(page).hasURL(url("/me"));
        assertThat(page.locator("main")).containsText("Amina O'Sample");
        screenshot(page, "signed-in");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        page.waitForURL(url("/"));
        page.navigate("/me");
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/sign-in\\?to=.*"));
    }

    @Test
    void the_back_button_after_sign_in_leads_home() {
        Page page = desktop();
        page.navigate("/sign-in?to=/me");
        signIn(page, AMINA);
        String callback = "/login/oauth2/code/national?code=used&state=used";
        page.navigate(callback);
        assertThat(page).hasURL(url("/"));
        page.navigate("/sign-in");
        assertThat(page).hasURL(url("/"));
    }

    @Test
    void the_language_goes_along_to_the_provider() {
        Visitor visitor = visitor().with("Accept-Language", "ar");
        assertThat(visitor.get("/oauth2/authorization/national").body()).contains("lang=\"ar\"");
        // what is asked for does not pass through the browser
        assertThat(visitor.look("/oauth2/authorization/national")
                        .header("Location")
                        .orElseThrow())
                .contains("client_id=portal-national", "request_uri=")
                .doesNotContain("claims", "nonce", "state");
    }

    @Test
    void a_first_sign_in_registers_what_was_shared_and_says_what_was_not() {
        Visitor visitor = visitor();
        Answer start = visitor.get("/oauth2/authorization/national?to=/me");
        Answer after = signIn(visitor, start, NEWCOMER, "given_name", "family_name", "gender");
        assertThat(after.at().getPath()).isEqualTo("/sign-in/not-shared");
        assertThat(after.body()).contains("Date of birth", "Address").doesNotContain("Gender");

        Answer me = visitor.get("/me");
        assertThat(me.body()).contains("Nadia Newcomer").doesNotContain("1971", "Legend Lane");
    }

    @Test
    void coming_back_gives_no_second_consent() {
        signedIn(ZOE);
        Visitor again = visitor();
        Answer after = signIn(again, again.get("/oauth2/authorization/national?to=/me"), ZOE);
        assertThat(after.at().getPath()).isEqualTo("/me");
    }

    @Test
    void who_says_no_at_the_provider_reads_what_that_means() {
        Visitor visitor = visitor();
        Answer consent = identify(visitor, visitor.get("/oauth2/authorization/national?to=/me"), LAYLA);
        Answer after = visitor.submit(consent, "/consent", Map.of("decision", "refuse"));
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.body()).contains("You chose not to share your information", "Date of birth", "Try again");
        assertThat(visitor.get("/me").at().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void a_functional_id_signs_in_too() {
        Visitor visitor = visitor();
        Answer consent = identify(visitor, visitor.get("/oauth2/authorization/farmer?to=/me"), "FR-10002");
        Answer after = visitor.submit(consent, "/consent", Map.of("decision", "allow"));
        assertThat(after.at().getPath()).isEqualTo("/me");
        assertThat(after.body()).contains("Kofi Placeholder", "FR-10002");
    }

    @Test
    void an_answer_with_another_state_signs_nobody_in() {
        Visitor visitor = visitor();
        String callback = callback(visitor, AMINA).replaceAll("state=[^&]+", "state=forged");
        Answer after = visitor.look(callback);
        // it begins again, once, without a word
        assertThat(after.header("Location").orElseThrow()).contains("/oauth2/authorization/national");
        assertThat(visitor.get("/me").at().getPath()).isEqualTo("/sign-in");
        assertThat(visitor.look(callback).header("Location").orElseThrow()).contains("/sign-in?outcome=failed");
    }

    @Test
    void an_answer_is_good_once() {
        Visitor visitor = visitor();
        String callback = callback(visitor, AMINA);
        assertThat(visitor.look(callback).header("Location").orElseThrow()).doesNotContain("outcome");
        Visitor thief = visitor();
        assertThat(thief.look(callback).header("Location").orElseThrow()).contains("/oauth2/authorization/national");
        assertThat(thief.get("/me").at().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void an_answer_of_another_issuer_signs_nobody_in() {
        Visitor visitor = visitor();
        String callback = callback(visitor, AMINA).replaceAll("iss=[^&]+", "iss=https%3A%2F%2Fevil.example");
        assertThat(visitor.look(callback).header("Location").orElseThrow()).contains("outcome=failed");
        assertThat(visitor.get("/me").at().getPath()).isEqualTo("/sign-in");
    }

    @Test
    void an_answer_without_issuer_signs_nobody_in() {
        Visitor visitor = visitor();
        String callback = callback(visitor, AMINA).replaceAll("&iss=[^&]+", "");
        assertThat(visitor.look(callback).header("Location").orElseThrow()).contains("outcome=failed");
    }

    @Test
    void an_answer_at_the_address_of_another_provider_signs_nobody_in() {
        Visitor visitor = visitor();
        String callback = callback(visitor, AMINA).replace("/code/national", "/code/staff");
        assertThat(visitor.look(callback).header("Location").orElseThrow()).contains("outcome=failed");
    }

    @Test
    void two_windows_sign_in_side_by_side() {
        Visitor visitor = visitor();
        Answer first = visitor.get("/oauth2/authorization/national?to=/me");
        visitor.look("/oauth2/authorization/farmer");
        assertThat(signIn(visitor, first, AMINA).at().getPath()).isIn("/me", "/sign-in/not-shared");
    }

    @Test
    void an_image_or_a_script_begins_no_sign_in() {
        Visitor browser = visitor().with("Sec-Fetch-Dest", "image");
        assertThat(browser.look("/me/photo.png").status()).isEqualTo(401);
        Visitor program = visitor().with("Accept", "application/json");
        Answer refused = program.look("/me");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().get("code").asString()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void sign_in_leads_to_no_other_site() {
        Visitor visitor = visitor();
        Answer start = visitor.get("/oauth2/authorization/national?to=https%3A%2F%2Fevil.example%2F");
        assertThat(signIn(visitor, start, AMINA).at().getAuthority())
                .isEqualTo(address().getAuthority());
        assertThat(visitor().get("/sign-in?to=%2F%2Fevil.example").body())
                .contains("href=\"/oauth2/authorization/national\"");
    }

    @Test
    void a_session_that_was_there_before_sign_in_is_not_the_one_after() {
        Visitor visitor = visitor();
        Answer start = visitor.get("/oauth2/authorization/national");
        HttpCookie before = visitor.cookie(Sessions.COOKIE).orElseThrow();
        signIn(visitor, start, AMINA);
        HttpCookie after = visitor.cookie(Sessions.COOKIE).orElseThrow();
        assertThat(after.getValue()).isNotEqualTo(before.getValue());

        Visitor holder = visitor().with("Cookie", Sessions.COOKIE + "=" + before.getValue());
        assertThat(holder.look("/me").status()).isEqualTo(302);
    }

    @Test
    void the_cookie_is_kept_from_scripts_and_other_sites() {
        Answer start = visitor().look("/oauth2/authorization/national");
        String cookie = start.headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith(Sessions.COOKIE + "="))
                .findFirst()
                .orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/").doesNotContain("Domain");
        Answer secure =
                visitor().with("X-Forwarded-Proto", "https").look("/login/oauth2/code/national?code=old&state=old");
        assertThat(secure.headers().allValues("Set-Cookie"))
                .anyMatch(header -> header.startsWith("__Host-" + Sessions.COOKIE + "=") && header.contains("Secure"));
    }

    @Test
    void pages_are_kept_from_frames_caches_and_foreign_scripts() {
        Answer page = signedIn(AMINA).get("/me");
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "form-action 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("X-Frame-Options")).hasValue("DENY");
        assertThat(page.header("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(page.header("Referrer-Policy")).hasValue("same-origin");
        assertThat(page.header("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void a_form_without_its_token_changes_nothing() {
        Visitor visitor = signedIn(AMINA);
        assertThat(visitor.postBare("/sign-out", Map.of()).status()).isEqualTo(403);
        assertThat(visitor.get("/me").status()).isEqualTo(200);
        assertThat(visitor.get("/me").at().getPath()).isEqualTo("/me");
    }

    @Test
    void a_session_that_is_over_asks_to_sign_in_and_says_that_all_is_saved() {
        Visitor visitor = visitor().with("Cookie", Sessions.COOKIE + "=bm8gc2Vzc2lvbg==");
        Answer page = visitor.get("/me");
        assertThat(page.at().getPath()).isEqualTo("/sign-in/timeout");
        assertThat(page.body()).contains("Your answers are saved. Sign in to go on.");
        assertThat(visitor.post("/me/name", Map.of("a", "b")).at().getPath()).isEqualTo("/sign-in/timeout");
    }

    @Test
    void staff_sign_in_apart_and_see_no_pages_of_registrants() {
        Visitor admin = staff("admin");
        assertThat(admin.get("/me").status()).isEqualTo(403);
        assertThat(visitor().get("/staff/sign-in").body())
                .contains("staff account")
                .doesNotContain("National ID");
    }

    @Test
    void signing_out_ends_the_session_everywhere() {
        Visitor visitor = signedIn(AMINA);
        HttpCookie session = visitor.cookie(Sessions.COOKIE).orElseThrow();
        visitor.get("/me");
        Answer out = visitor.post("/sign-out", Map.of());
        assertThat(out.at()).isEqualTo(URI.create(url("/")));
        assertThat(out.by())
                .anyMatch(
                        step -> step.getAuthority().equals(identities().issuer().getAuthority()));
        assertThat(visitor()
                        .with("Cookie", Sessions.COOKIE + "=" + session.getValue())
                        .look("/me")
                        .status())
                .isEqualTo(302);
    }

    /** The provider's answer, not yet delivered. */
    private static String callback(Visitor visitor, String nationalId) {
        Answer code = visitor.submit(
                visitor.get("/oauth2/authorization/national"), "/login", Map.of("individual_id", nationalId));
        Answer consent = visitor.submit(
                code, "/code", Map.of("code", identities().codeFor(nationalId).orElseThrow()));
        return visitor.submitAndStop(consent, "/consent", Map.of("decision", "allow"));
    }
}
