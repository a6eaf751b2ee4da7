package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Somebody proves once more who they are, with any ID of theirs: whoever is signed in, or the person beside an officer. Nobody
 * else comes back in their place, and nothing but the proof is taken over.
 */
final class SamePerson {
    /** Somebody else came back. */
    static final String ANOTHER = "another_person";

    private SamePerson() {}

    /**
     * The same person with the new login.
     *
     * @param ids which logins lead to whom
     * @throws OAuth2AuthenticationException when it is another person, or no better login than was asked for; that it is new is
     *     checked before
     */
    static PortalUser.Person confirmed(OidcUserRequest login, Provider provider, Assurance wanted, Ids ids) {
        PortalUser.Person person = again(login, provider, ids);
        if (person.evidence().assurance().compareTo(wanted) < 0) {
            throw refused(IdTokens.WEAK);
        }
        return person;
    }

    interface Ids {
        boolean leadTo(RegistrantId registrant, String issuer, String subject);
    }

    private static PortalUser.Person again(OidcUserRequest login, Provider provider, Ids ids) {
        OidcIdToken token = login.getIdToken();
        String id = login.getClientRegistration().getRegistrationId();
        String issuer = token.getIssuer().toString();
        String subject = token.getSubject();
        Assurance assurance = provider.assurance(token.getAuthenticationContextClass());
        Authentication now = SecurityContextHolder.getContext().getAuthentication();
        Object self = now == null ? null : now.getPrincipal();
        if (self instanceof PortalUser.Staff officer
                && Acting.in(request().getSession(false)) instanceof Acting.Assisted helped
                && helped.actor().equals(officer.getName())
                && !officer.isSameLogin(issuer, subject)
                && (helped.proof().isOf(issuer, subject) || ids.leadTo(helped.registrant(), issuer, subject))) {
            return new PortalUser.Person(
                    helped.registrant(),
                    new PortalUser.Entry(id, token, helped.since(), helped.displayName(), assurance));
        }
        if (self instanceof PortalUser.Person own && own.isSameLogin(issuer, subject)) {
            return new PortalUser.Person(
                    own.registrant(), new PortalUser.Entry(id, token, own.signedInAt(), own.displayName(), assurance));
        }
        if (self instanceof PortalUser.Person own && ids.leadTo(own.registrant(), issuer, subject)) {
            return own.proved(Acting.Proof.of(id, token, assurance));
        }
        throw refused(ANOTHER);
    }

    /** Takes over what was proved; the session is the same, under another id. */
    static void takeOver(HttpServletRequest request, PortalUser.Person person) {
        @Nullable Acting acting = Acting.in(request.getSession());
        if (acting != null) {
            request.getSession().setAttribute(Acting.ATTRIBUTE, acting.proved(person.proof()));
        }
        if (!(acting instanceof Acting.Assisted)) {
            request.getSession()
                    .setAttribute(
                            HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                            new SecurityContextImpl(
                                    new OAuth2AuthenticationToken(person, person.getAuthorities(), person.provider())));
        }
        request.changeSessionId();
    }

    private static OAuth2AuthenticationException refused(String code) {
        return new OAuth2AuthenticationException(new OAuth2Error(code));
    }

    private static HttpServletRequest request() {
        return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
    }
}
