package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.selfservice.web.identity.LoginSettings.Purpose;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What a provider must answer when somebody proves anew who they are. */
class SamePersonTest {
    private static final String ISSUER = "https://id.example";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final RegistrantId LENA = new RegistrantId("r-lenalenalenalenalenalena");
    private static final Provider PROVIDER = Objects.requireNonNull(Configured.login(Map.of(
                    "providers.national.issuer", ISSUER,
                    "providers.national.client.id", "portal",
                    "providers.national.client.secret", "secret",
                    "providers.national.acr.step-up", "loa-2,loa-3",
                    "providers.national.ways[0].acr", "loa-3",
                    "providers.national.ways[0].assurance", "STRONG"))
            .providers()
            .get("national"));

    private final MockHttpSession session = new MockHttpSession();
    private final Attempts attempts = new Attempts(Duration.ofMinutes(10), Clock.fixed(NOON, ZoneOffset.UTC));

    /** Lena is signed in, and went to the provider at noon. */
    @BeforeEach
    void goThere() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSession(session);
        request.setParameter("state", "s");
        attempts.saveAuthorizationRequest(
                OAuth2AuthorizationRequest.authorizationCode()
                        .authorizationUri(ISSUER)
                        .clientId("portal")
                        .state("s")
                        .additionalParameters(Map.of("max_age", "0"))
                        .attributes(Map.of("begun", NOON))
                        .build(),
                request,
                new MockHttpServletResponse());
        attempts.removeAuthorizationRequest(request, new MockHttpServletResponse());
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
        signedIn(new PortalUser.Person(
                LENA, new PortalUser.Entry("national", token("lena", "loa-2", NOON), NOON, "Lena", Assurance.BASIC)));
    }

    @AfterEach
    void leave() {
        SecurityContextHolder.clearContext();
        RequestContextHolder.resetRequestAttributes();
    }

    @Test
    void the_same_person_comes_back_with_a_surer_and_newer_login() {
        PortalUser.Person lena = confirmed("lena", "loa-3", NOON.plusSeconds(60), Assurance.STRONG);
        assertThat(lena.registrant()).isEqualTo(LENA);
        assertThat(lena.displayName()).isEqualTo("Lena");
        assertThat(lena.signedInAt()).isEqualTo(NOON);
        assertThat(lena.evidence().assurance()).isEqualTo(Assurance.STRONG);
        assertThat(lena.evidence().acr()).isEqualTo("loa-3");
        assertThat(lena.evidence().authTime()).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void another_id_of_theirs_proves_it_and_they_stay_signed_in_with_the_first() {
        PortalUser.Person lena = confirmed("lena-as-a-farmer", "loa-3", NOON.plusSeconds(60), Assurance.STRONG);
        assertThat(lena.registrant()).isEqualTo(LENA);
        assertThat(lena.isSameLogin(ISSUER, "lena")).isTrue();
        assertThat(lena.isSameLogin(ISSUER, "lena-as-a-farmer")).isFalse();
        assertThat(lena.getIdToken().getSubject()).isEqualTo("lena");
        assertThat(lena.signedInAt()).isEqualTo(NOON);
        assertThat(lena.evidence().assurance()).isEqualTo(Assurance.STRONG);
        assertThat(lena.evidence().authTime()).isEqualTo(NOON.plusSeconds(60));
        assertThat(lena.proof().subject()).isEqualTo("lena-as-a-farmer");
        refuses(IdTokens.WEAK, "lena-as-a-farmer", "loa-2", NOON, Assurance.STRONG);

        // the first again: it counts from now on
        signedIn(lena);
        PortalUser.Person again = confirmed("lena", "loa-3", NOON.plusSeconds(90), Assurance.STRONG);
        assertThat(again.proof().subject()).isEqualTo("lena");
        assertThat(again.evidence().authTime()).isEqualTo(NOON.plusSeconds(90));
    }

    @Test
    void nobody_else_does() {
        refuses(SamePerson.ANOTHER, "omar", "loa-3", NOON, Assurance.STRONG);
        SecurityContextHolder.clearContext();
        refuses(SamePerson.ANOTHER, "lena", "loa-3", NOON, Assurance.STRONG);
        signedIn(new PortalUser.Staff(
                "olga",
                Grants.of("officer"),
                null,
                new PortalUser.Entry("national", token("lena", "loa-2", NOON), NOON, "Olga", Assurance.BASIC)));
        refuses(SamePerson.ANOTHER, "lena", "loa-3", NOON, Assurance.STRONG);
    }

    @Test
    void a_weaker_way_is_not_enough_and_of_several_the_surest_counts() {
        refuses(IdTokens.WEAK, "lena", "loa-2", NOON, Assurance.STRONG);
        refuses(IdTokens.WEAK, "lena", "loa-33", NOON, Assurance.STRONG);
        refuses(IdTokens.WEAK, "lena", null, NOON, Assurance.STRONG);
        assertThatCode(() -> confirmed("lena", "loa-2 loa-3", NOON, Assurance.STRONG))
                .doesNotThrowAnyException();
    }

    @Test
    void an_older_login_at_the_provider_does_not_answer_for_them() {
        assertThat(isFresh(NOON.plusSeconds(30))).isTrue();
        // by so much the provider's clock may be behind
        assertThat(isFresh(NOON.minus(IdTokens.SKEW))).isTrue();
        assertThat(isFresh(NOON.minus(IdTokens.SKEW).minusSeconds(1))).isFalse();
        assertThat(isFresh(null)).isFalse();
    }

    @Test
    void what_is_asked_for_is_what_is_sure_enough() {
        assertThat(PROVIDER.proving(Purpose.STEP_UP, Assurance.BASIC)).containsExactly("loa-2", "loa-3");
        assertThat(PROVIDER.proving(Purpose.STEP_UP, Assurance.STRONG)).containsExactly("loa-3");
        assertThat(PROVIDER.canProve(Purpose.STEP_UP, Assurance.STRONG)).isTrue();
        Provider plain = Objects.requireNonNull(Configured.login(Map.of(
                        "providers.plain.issuer", ISSUER,
                        "providers.plain.client.id", "portal",
                        "providers.plain.client.secret", "secret"))
                .providers()
                .get("plain"));
        assertThat(plain.canProve(Purpose.STEP_UP, Assurance.BASIC)).isTrue();
        assertThat(plain.canProve(Purpose.STEP_UP, Assurance.STRONG)).isFalse();
    }

    private static boolean isFresh(@Nullable Instant proved) {
        Jwt.Builder token = Jwt.withTokenValue("token").header("alg", "RS256").subject("lena");
        return !IdTokens.freshEnough(
                        proved == null
                                ? token.build()
                                : token.claim("auth_time", proved).build())
                .hasErrors();
    }

    private static void refuses(
            String code, String subject, @Nullable String acr, @Nullable Instant proved, Assurance wanted) {
        assertThatExceptionOfType(OAuth2AuthenticationException.class)
                .isThrownBy(() -> confirmed(subject, acr, proved, wanted))
                .satisfies(no -> assertThat(no.getError().getErrorCode()).isEqualTo(code));
    }

    private static PortalUser.Person confirmed(
            String subject, @Nullable String acr, @Nullable Instant proved, Assurance wanted) {
        ClientRegistration registration = ClientRegistration.withRegistrationId("national")
                .clientId("portal")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("https://portal.example")
                .authorizationUri(ISSUER)
                .tokenUri(ISSUER)
                .build();
        OAuth2AccessToken access = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "token", null, null);
        return SamePerson.confirmed(
                new OidcUserRequest(registration, access, token(subject, acr, proved)),
                PROVIDER,
                wanted,
                SamePersonTest::leadTo);
    }

    private static boolean leadTo(RegistrantId registrant, String issuer, String subject) {
        return registrant.equals(LENA) && issuer.equals(ISSUER) && subject.startsWith("lena");
    }

    private static OidcIdToken token(String subject, @Nullable String acr, @Nullable Instant proved) {
        Map<String, Object> claims = new HashMap<>(Map.of("sub", subject, "iss", ISSUER));
        if (acr != null) {
            claims.put("acr", acr);
        }
        if (proved != null) {
            claims.put("auth_time", proved);
        }
        return new OidcIdToken("token", null, null, claims);
    }

    private static void signedIn(PortalUser who) {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(who, null, List.of()));
    }
}
