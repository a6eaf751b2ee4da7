package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

class SessionLimitTest {
    private static final Instant MORNING = Instant.parse("2026-11-22T08:00:00Z");
    private final MockHttpSession session = new MockHttpSession();

    @AfterEach
    void nobodyIsSignedIn() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void a_session_lasts_to_its_limit() throws Exception {
        MockHttpServletRequest request = request(MORNING.plus(Duration.ofHours(10)));
        assertThat(session.isInvalid()).isFalse();
        assertThat(request.getAttribute(SessionLimit.OVER)).isNull();
        assertThat(SecurityContextHolder.getContext().getAuthentication()).isNotNull();
    }

    @Test
    void a_session_is_over_after_it_however_busy_it_is() throws Exception {
        MockHttpServletRequest request =
                request(MORNING.plus(Duration.ofHours(10)).plusSeconds(1));
        assertThat(session.isInvalid()).isTrue();
        assertThat(request.getAttribute(SessionLimit.OVER)).isNotNull();
        assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
    }

    @Test
    void what_is_kept_of_a_person_prints_no_name() {
        assertThat(person()).asString().doesNotContain("Amina");
    }

    private MockHttpServletRequest request(Instant now) throws Exception {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(person(), null));
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSession(session);
        new SessionLimit(Duration.ofHours(10), Clock.fixed(now, ZoneOffset.UTC))
                .doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        return request;
    }

    private static PortalUser.Person person() {
        OidcIdToken token = new OidcIdToken("token", null, null, Map.of("sub", "s", "iss", "https://id.example"));
        return new PortalUser.Person(
                new RegistrantId("r-aaaaaaaaaaaaaaaaaaaaaaaa"),
                new PortalUser.Entry("national", token, MORNING, "Amina", Assurance.BASIC));
    }
}
