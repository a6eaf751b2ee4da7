package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Registrant;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/** How long an officer is the person whom they help, and on which pages. */
class ActingGateTest {
    private static final Instant MORNING = Instant.parse("2026-11-22T08:00:00Z");
    private static final String PERSON = "r-aaaaaaaaaaaaaaaaaaaaaaaa";
    private static final LoginSettings SETTINGS = Configured.login(Map.of());

    private final MockHttpSession session = new MockHttpSession();
    private boolean signedOut;

    @AfterEach
    void nobodyIsSignedIn() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void an_officer_is_the_person_on_the_persons_pages_and_themself_on_their_own() throws Exception {
        begin();
        assertThat(after(Duration.ofMinutes(1), "/applications")).isNull();
        assertThat(now().getPrincipal()).isInstanceOfSatisfying(Registrant.class, person -> {
            assertThat(person.registrant()).isEqualTo(new RegistrantId(PERSON));
            Author author = person.author(Author.Channel.WEB, "c");
            assertThat(author.actor()).isEqualTo("olga");
            assertThat(author.role()).isEqualTo(Author.Role.OFFICER);
            assertThat(author.channel()).isEqualTo(Author.Channel.ASSISTED);
            assertThat(author.onBehalfOf()).isEqualTo(PERSON);
        });
        assertThat(after(Duration.ofMinutes(2), "/staff/assist")).isNull();
        assertThat(now().getPrincipal()).isInstanceOf(PortalUser.Staff.class);
    }

    @Test
    void it_ends_when_nothing_was_done_for_too_long_and_nothing_is_left() throws Exception {
        begin();
        session.setAttribute("kept-answers", "of the person");
        assertThat(after(Duration.ofMinutes(20), "/me")).isNull();
        assertThat(after(Duration.ofMinutes(40), "/me")).isNull();
        assertThat(after(Duration.ofMinutes(60).plusSeconds(1), "/me")).isEqualTo("/staff/assist/done");
        assertThat(Acting.in(session)).isNull();
        assertThat(session.getAttribute("kept-answers")).isNull();
        assertThat(now().getPrincipal()).isInstanceOf(PortalUser.Staff.class);
    }

    @Test
    void it_ends_however_busy_it_is() throws Exception {
        begin();
        for (int minute = 15; minute <= 180; minute += 15) {
            assertThat(after(Duration.ofMinutes(minute), "/me")).isNull();
        }
        assertThat(after(Duration.ofMinutes(181), "/me")).isEqualTo("/staff/assist/done");
    }

    @Test
    void it_ends_when_the_person_signed_out_at_their_provider() throws Exception {
        begin();
        assertThat(after(Duration.ofMinutes(1), "/me")).isNull();
        signedOut = true;
        assertThat(after(Duration.ofMinutes(2), "/me")).isEqualTo("/staff/assist/done");
        assertThat(Acting.in(session)).isNull();
        assertThat(now().getPrincipal()).isInstanceOf(PortalUser.Staff.class);
    }

    @Test
    void it_belongs_to_the_officer_who_began_it() throws Exception {
        begin();
        assertThat(after(Duration.ofMinutes(1), "/me", staff("otto"))).isNull();
        assertThat(Acting.in(session)).isNull();
        assertThat(now().getName()).isEqualTo("otto");
    }

    @Test
    void a_slow_request_does_not_bring_back_what_was_ended() throws Exception {
        begin();
        Acting.end(request("/staff/assist/stop"));
        session.setAttribute(Acting.USED, MORNING.plus(Duration.ofMinutes(5)));
        assertThat(after(Duration.ofMinutes(6), "/me")).isNull();
        assertThat(now().getPrincipal()).isInstanceOf(PortalUser.Staff.class);
    }

    @Test
    void a_name_is_shown_short_and_never_printed() {
        assertThat(Acting.shortName("Lena Marie Diallo")).isEqualTo("Lena D.");
        assertThat(Acting.shortName("ليلى نموذج")).isEqualTo("ليلى ن.");
        assertThat(Acting.shortName("Lena")).isEqualTo("Lena");
        assertThat(Acting.shortName(" ")).isNull();
        begin();
        assertThat(Acting.in(session)).asString().doesNotContain("Lena");
    }

    private void begin() {
        Acting.Assisted.of(staff("olga"), person(), "fr", MORNING).begin(request("/login/oauth2/code/national"));
    }

    private @Nullable String after(Duration time, String path) throws Exception {
        return after(time, path, staff("olga"));
    }

    private @Nullable String after(Duration time, String path, PortalUser.Staff who) throws Exception {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(who, null));
        MockHttpServletResponse response = new MockHttpServletResponse();
        new ActingGate(SETTINGS, null, _ -> !signedOut, Clock.fixed(MORNING.plus(time), ZoneOffset.UTC))
                .doFilter(request(path), response, new MockFilterChain());
        return response.getRedirectedUrl();
    }

    private MockHttpServletRequest request(String path) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setSession(session);
        return request;
    }

    private static Authentication now() {
        return SecurityContextHolder.getContext().getAuthentication();
    }

    private static PortalUser.Staff staff(String username) {
        return new PortalUser.Staff(username, Grants.of("officer"), null, entry("staff", "Olga Officer"));
    }

    private static PortalUser.Person person() {
        return new PortalUser.Person(new RegistrantId(PERSON), entry("national", "Lena Diallo"));
    }

    private static PortalUser.Entry entry(String provider, String name) {
        OidcIdToken token = new OidcIdToken("token", null, null, Map.of("sub", "s", "iss", "https://id.example"));
        return new PortalUser.Entry(provider, token, MORNING, name, Author.Assurance.BASIC);
    }
}
