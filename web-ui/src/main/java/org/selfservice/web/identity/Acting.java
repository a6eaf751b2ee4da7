package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.Permission;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Behalf;
import org.selfservice.web.Registrant;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

/**
 * That whoever is signed in acts for a registrant: kept in their session beside their own login, and the principal of what
 * they do on the registrant's pages.
 */
sealed interface Acting extends Registrant, AuthenticatedPrincipal, Serializable {
    String ATTRIBUTE = Acting.class.getName();
    /** When it was used last; apart, so that a slow request which notes it late does not bring back what was ended. */
    String USED = ATTRIBUTE + ".used";

    /** The name of the login to which it belongs. */
    String actor();

    String person();

    /** How whoever acts, or is helped, proved who they are. */
    Proof proof();

    /** The same, after they proved it once more. */
    Acting proved(Proof anew);

    Instant since();

    /**
     * A login, as the session keeps it.
     *
     * @param sid the provider's own session (OpenID Connect Front-Channel Logout 1.0, section 3)
     */
    record Proof(
            String provider,
            String issuer,
            String subject,
            @Nullable String sid,
            @Nullable String acr,
            @Nullable Instant at,
            Author.Assurance assurance)
            implements Serializable {

        static Proof of(String provider, OidcIdToken token, Author.Assurance assurance) {
            return new Proof(
                    provider,
                    token.getIssuer().toString(),
                    token.getSubject(),
                    token.getClaimAsString("sid"),
                    token.getAuthenticationContextClass(),
                    token.getAuthenticatedAt(),
                    assurance);
        }

        boolean isOf(String otherIssuer, String otherSubject) {
            return issuer.equals(otherIssuer) && subject.equals(otherSubject);
        }

        Author.Evidence evidence() {
            return new Author.Evidence(issuer, acr, at, assurance);
        }
    }

    @Override
    default String provider() {
        return proof().provider();
    }

    @Override
    default Author.Evidence evidence() {
        return proof().evidence();
    }

    @Override
    default RegistrantId registrant() {
        return new RegistrantId(person());
    }

    @Override
    default String getName() {
        return actor();
    }

    static @Nullable Acting in(@Nullable HttpSession session) {
        return session == null ? null : (Acting) session.getAttribute(ATTRIBUTE);
    }

    /** From here on the session is theirs both. */
    default void begin(HttpServletRequest request) {
        leaveNothing(request);
        request.getSession().setAttribute(ATTRIBUTE, this);
    }

    static void end(HttpServletRequest request) {
        leaveNothing(request);
    }

    /**
     * Forgets all that belongs to a person, and pages that are still open somewhere cannot be sent any more: their token
     * against forgery goes too. The login stays.
     */
    private static void leaveNothing(HttpServletRequest request) {
        HttpSession session = request.getSession();
        Collections.list(session.getAttributeNames()).stream()
                .filter(name -> !name.startsWith("SPRING_SECURITY") && !SignInOutcome.isOwner(name))
                .forEach(session::removeAttribute);
        request.changeSessionId();
    }

    /** First name and an initial: enough for who knows them, and others may look on. */
    static @Nullable String shortName(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        List<String> words = List.of(name.strip().split("\\s+"));
        return words.size() == 1
                ? words.getFirst()
                : words.getFirst() + " " + Character.toString(words.getLast().codePointAt(0)) + ".";
    }

    /**
     * An officer beside the person, who proved who they are for this one time.
     *
     * @param proof how the person proved it last
     * @param first when they did so first
     * @param language in which the person is read to
     */
    record Assisted(
            String actor,
            @Nullable String officerName,
            String person,
            @Nullable String name,
            Proof proof,
            @Nullable Instant first,
            String language,
            Instant since)
            implements Acting {

        static Assisted of(PortalUser.Staff officer, PortalUser.Person person, String language, Instant now) {
            return new Assisted(
                    officer.getName(),
                    officer.displayName(),
                    person.registrant().value(),
                    person.displayName(),
                    person.proof(),
                    person.evidence().authTime(),
                    language,
                    now);
        }

        Assisted in(String another) {
            return new Assisted(actor, officerName, person, name, proof, first, another, since);
        }

        @Override
        public Assisted proved(Proof anew) {
            return new Assisted(actor, officerName, person, name, anew, first, language, since);
        }

        boolean isOver(LoginSettings settings, Instant used, Instant now) {
            return used.plus(settings.assistedIdle()).isBefore(now)
                    || since.plus(settings.assisted()).isBefore(now);
        }

        @Override
        public @Nullable String displayName() {
            return name;
        }

        @Override
        public Behalf behalf() {
            return Behalf.of(actor);
        }

        @Override
        public Author author(Author.Channel channel, String correlation) {
            return new Author(
                    actor, officerName, Author.Role.OFFICER, person, Author.Channel.ASSISTED, evidence(), correlation);
        }

        @Override
        public String toString() {
            return actor + " for " + person;
        }
    }

    /** A person whom another one lets act for them; the evidence is the delegate's own login. */
    record Delegated(
            String actor,
            String person,
            @Nullable String name,
            String delegation,
            @Nullable String program,
            Permission permission,
            Proof proof,
            Instant since)
            implements Acting {

        @Override
        public Delegated proved(Proof anew) {
            return new Delegated(actor, person, name, delegation, program, permission, anew, since);
        }

        @Override
        public @Nullable String displayName() {
            return name;
        }

        @Override
        public Behalf behalf() {
            return Behalf.of(program == null ? null : new ProgramCode(program), permission);
        }

        @Override
        public Author author(Author.Channel channel, String correlation) {
            return new Author(actor, null, Author.Role.DELEGATE, person, channel, evidence(), correlation);
        }

        @Override
        public String toString() {
            return actor + " for " + person;
        }
    }
}
