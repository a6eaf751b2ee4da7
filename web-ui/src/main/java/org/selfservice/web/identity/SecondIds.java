package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.RegistrantCommand.JoinLogin;
import org.selfservice.kernel.registrant.RegistrantCommand.LinkIdentity;
import org.selfservice.kernel.registrant.RegistrantCommand.ReportTakenLogin;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Portal;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Another ID of somebody who is signed in: it comes back from its provider, waits in the session for its person's word, and
 * is linked or forgotten.
 */
@Component
class SecondIds implements AuthenticationSuccessHandler {
    /** The login leads to whoever is signed in already. */
    static final String KNOWN = "known_id";

    private static final String ATTRIBUTE = SecondIds.class.getName();
    private final Portal portal;
    private final Pseudonyms pseudonyms;
    private final OwnIds ids;
    private final Sharing sharing;
    private final ObjectProvider<Keys> keys;
    private final Clock clock;

    SecondIds(
            Portal portal, Pseudonyms pseudonyms, OwnIds ids, Sharing sharing, ObjectProvider<Keys> keys, Clock clock) {
        this.portal = portal;
        this.pseudonyms = pseudonyms;
        this.ids = ids;
        this.sharing = sharing;
        this.keys = keys;
        this.clock = clock;
    }

    /** Encrypted with the key of whoever is signed in: it is not theirs yet, and nobody else's business. */
    private record Kept(String registrant, byte[] cipher, Instant until) implements Serializable {}

    /** @param link made once, so that a page that is sent twice links once */
    record Waiting(
            String provider,
            String issuer,
            String subject,
            String link,
            @Nullable String name,
            Map<String, Answer> shared) {
        @Override
        public String toString() {
            return "[personal]";
        }
    }

    OAuth2LoginAuthenticationFilter filter(BesideLogin beside, AuthenticationFailureHandler failure) {
        return beside.filter(Departures::isLinking, this, failure);
    }

    /** Keeps it for the page that asks. What is returned is nobody: whoever is signed in stays so. */
    PortalUser arrive(
            OidcIdToken token, PortalUser.Entry entry, Map<String, Answer> shared, HttpServletRequest request) {
        PortalUser.Person self = self(request);
        if (self == null) {
            throw Arrivals.refused(Arrivals.FAILED);
        }
        String issuer = token.getIssuer().toString();
        if (ids.leadTo(self.registrant(), issuer, token.getSubject())) {
            throw Arrivals.refused(KNOWN);
        }
        byte[] plain = JsonMapper.shared()
                .writeValueAsBytes(new Waiting(
                        entry.provider(),
                        issuer,
                        token.getSubject(),
                        UUID.randomUUID().toString(),
                        entry.name(),
                        shared));
        String registrant = self.registrant().value();
        request.getSession()
                .setAttribute(
                        ATTRIBUTE,
                        new Kept(
                                registrant,
                                keys.getObject().encrypt(registrant, plain, ATTRIBUTE),
                                clock.instant().plus(Arrivals.FRESH)));
        return new PortalUser.Person(pseudonyms.registrant(issuer, token.getSubject(), 0), entry);
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication id)
            throws IOException {
        response.sendRedirect(request.getContextPath() + IdPages.ADDRESS + "/confirm");
    }

    /** What waits for the person's word; null when nothing does, or not any more. */
    @Nullable
    Waiting waiting(RegistrantId registrant, HttpSession session) {
        if (!(session.getAttribute(ATTRIBUTE) instanceof Kept kept)
                || !kept.registrant().equals(registrant.value())
                || kept.until().isBefore(clock.instant())) {
            session.removeAttribute(ATTRIBUTE);
            return null;
        }
        byte[] plain = keys.getObject().decrypt(kept.registrant(), kept.cipher(), ATTRIBUTE);
        return plain == null ? null : JsonMapper.shared().readValue(plain, Waiting.class);
    }

    static void forget(HttpSession session) {
        session.removeAttribute(ATTRIBUTE);
    }

    /**
     * From now on both IDs lead to the person.
     *
     * @throws Refused LOGIN_TAKEN when it leads to somebody else, which staff then know of
     */
    void link(RegistrantId registrant, Waiting id, IdType type, Locale locale) {
        for (int generation = 1; ; generation++) {
            RegistrantId login = pseudonyms.registrant(id.issuer(), id.subject(), generation);
            try {
                portal.send(new JoinLogin(
                        login,
                        generation,
                        Personal.of(new Login(id.issuer(), id.subject())),
                        id.link(),
                        registrant,
                        id.provider(),
                        type));
                portal.send(new LinkIdentity(registrant, id.link(), login, id.provider(), type));
                break;
            } catch (Refused no) {
                switch (no.code()) {
                    case REGISTRANT_ERASED, LOGIN_UNLINKED -> {}
                    case LOGIN_TAKEN -> {
                        portal.send(new ReportTakenLogin(
                                registrant,
                                id.provider(),
                                new RegistrantId(no.details().getOrDefault("holder", ""))));
                        throw new Refused(RefusalCode.LOGIN_TAKEN);
                    }
                    default -> throw no;
                }
            }
        }
        sharing.record(registrant, id.provider(), id.shared(), Sharing.LINKED, locale, portal.author());
    }

    /** Whoever acts for somebody else links nothing. */
    private static PortalUser.@Nullable Person self(HttpServletRequest request) {
        Authentication now = SecurityContextHolder.getContext().getAuthentication();
        return now != null
                        && now.getPrincipal() instanceof PortalUser.Person person
                        && Acting.in(request.getSession(false)) == null
                ? person
                : null;
    }
}
