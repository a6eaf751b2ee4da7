package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

class AttemptsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private final MockHttpSession session = new MockHttpSession();

    @Test
    void each_window_finds_its_own_attempt() {
        begin("a");
        begin("b");
        assertThat(at(NOON).loadAuthorizationRequest(back("a")))
                .extracting("state")
                .isEqualTo("a");
        assertThat(at(NOON).loadAuthorizationRequest(back("b")))
                .extracting("state")
                .isEqualTo("b");
    }

    @Test
    void an_attempt_is_good_once() {
        begin("a");
        MockHttpServletRequest callback = back("a");
        OAuth2AuthorizationRequest first = at(NOON).removeAuthorizationRequest(callback, new MockHttpServletResponse());
        assertThat(first).isNotNull();
        assertThat(Attempts.used(callback)).isSameAs(first);
        assertThat(at(NOON).removeAuthorizationRequest(back("a"), new MockHttpServletResponse()))
                .isNull();
    }

    @Test
    void an_attempt_that_took_too_long_is_none() {
        begin("a");
        assertThat(at(NOON.plusSeconds(599)).loadAuthorizationRequest(back("a")))
                .isNotNull();
        assertThat(at(NOON.plusSeconds(601)).loadAuthorizationRequest(back("a")))
                .isNull();
    }

    @Test
    void a_session_keeps_the_newest_five() {
        for (String state : new String[] {"a", "b", "c", "d", "e", "f"}) {
            begin(state);
        }
        assertThat(at(NOON).loadAuthorizationRequest(back("a"))).isNull();
        assertThat(at(NOON).loadAuthorizationRequest(back("b"))).isNotNull();
        assertThat(at(NOON).loadAuthorizationRequest(back("f"))).isNotNull();
    }

    @Test
    void another_session_has_no_part_in_it() {
        begin("a");
        MockHttpServletRequest elsewhere = new MockHttpServletRequest();
        elsewhere.setParameter("state", "a");
        assertThat(at(NOON).loadAuthorizationRequest(elsewhere)).isNull();
    }

    private void begin(String state) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSession(session);
        at(NOON).saveAuthorizationRequest(
                        OAuth2AuthorizationRequest.authorizationCode()
                                .authorizationUri("https://id.example/authorize")
                                .clientId("portal")
                                .state(state)
                                .build(),
                        request,
                        new MockHttpServletResponse());
    }

    private MockHttpServletRequest back(String state) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSession(session);
        request.setParameter("state", state);
        return request;
    }

    private static Attempts at(Instant now) {
        return new Attempts(Duration.ofMinutes(10), Clock.fixed(now, ZoneOffset.UTC));
    }
}
