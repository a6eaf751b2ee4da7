package org.selfservice.web.identity;

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.web.Actor;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * Whoever signed in, as their session keeps them: no claims, and of all tokens the id_token alone, since the provider wants
 * it back at sign-out (OpenID Connect RP-Initiated Logout 1.0, section 2).
 */
abstract sealed class PortalUser implements OidcUser, Actor, Serializable {
    @Serial
    private static final long serialVersionUID = 2;

    private final String provider;
    private final String issuer;
    private final @Nullable String acr;
    private final @Nullable Instant authenticatedAt;
    private final Author.Assurance assurance;
    private final Instant signedInAt;
    private final OidcIdToken idToken;
    private final @Nullable String name;

    /** What every session remembers of the login. */
    record Entry(
            String provider,
            OidcIdToken idToken,
            Instant at,
            @Nullable String name,
            Author.Assurance assurance) {}

    private PortalUser(Entry entry) {
        this.provider = entry.provider();
        this.issuer = entry.idToken().getIssuer().toString();
        this.acr = entry.idToken().getAuthenticationContextClass();
        this.authenticatedAt = entry.idToken().getAuthenticatedAt();
        this.assurance = entry.assurance();
        this.signedInAt = entry.at();
        this.idToken = new OidcIdToken(
                entry.idToken().getTokenValue(),
                null,
                null,
                entry.idToken().getClaimAsString("sid") == null
                        ? Map.of("sub", entry.idToken().getSubject())
                        : Map.of(
                                "sub",
                                entry.idToken().getSubject(),
                                "sid",
                                entry.idToken().getClaimAsString("sid")));
        this.name = entry.name();
    }

    public String provider() {
        return provider;
    }

    public Author.Evidence evidence() {
        return new Author.Evidence(issuer, acr, authenticatedAt, assurance);
    }

    public @Nullable String displayName() {
        return name;
    }

    /** Whether it is the same login at the same provider. */
    boolean isSameLogin(String otherIssuer, String otherSubject) {
        return issuer.equals(otherIssuer) && idToken.getSubject().equals(otherSubject);
    }

    String subject() {
        return idToken.getSubject();
    }

    Instant signedInAt() {
        return signedInAt;
    }

    @Override
    public OidcIdToken getIdToken() {
        return idToken;
    }

    @Override
    public Map<String, Object> getClaims() {
        return Map.of();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of();
    }

    @Override
    public @Nullable OidcUserInfo getUserInfo() {
        return null;
    }

    /** Never the name: this is what logs and exceptions show. */
    @Override
    public String toString() {
        return getName();
    }

    /** Somebody who seeks assistance. */
    static final class Person extends PortalUser implements org.selfservice.web.Registrant {
        static final String AUTHORITY = "ROLE_REGISTRANT";

        @Serial
        private static final long serialVersionUID = 1;

        private final String id;

        Person(RegistrantId registrant, Entry entry) {
            super(entry);
            this.id = registrant.value();
        }

        @Override
        public RegistrantId registrant() {
            return new RegistrantId(id);
        }

        @Override
        public String getName() {
            return id;
        }

        @Override
        public Collection<? extends GrantedAuthority> getAuthorities() {
            return List.of(new SimpleGrantedAuthority(AUTHORITY));
        }
    }

    /** Somebody who works here. */
    static final class Staff extends PortalUser {
        @Serial
        private static final long serialVersionUID = 2;

        private final String username;
        private final Grants grants;
        private final @Nullable String ownId;

        /**
         * @param grants of at least one role; the first is the one in which they act
         * @param ownId a keyed hash of their own ID number, where their provider tells it
         */
        Staff(String username, Grants grants, @Nullable String ownId, Entry entry) {
            super(entry);
            this.username = username;
            this.grants = grants;
            this.ownId = ownId;
        }

        Grants grants() {
            return grants;
        }

        boolean isOfficer() {
            return grants.roles().contains(Author.Role.OFFICER);
        }

        boolean hasId(@Nullable String hash) {
            return hash != null && hash.equals(ownId);
        }

        @Override
        public Author author(Author.Channel channel, String correlation) {
            return new Author(
                    username, displayName(), grants.roles().getFirst(), null, channel, evidence(), correlation);
        }

        @Override
        public String getName() {
            return username;
        }

        @Override
        public Collection<? extends GrantedAuthority> getAuthorities() {
            return grants.roles().stream()
                    .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                    .toList();
        }
    }
}
