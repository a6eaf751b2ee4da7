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
    private static final long serialVersionUID = 3;

    private final Acting.Proof login;
    /** Another ID of theirs, with which they proved it later. */
    private final Acting.@Nullable Proof later;

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
        this.login = Acting.Proof.of(entry.provider(), entry.idToken(), entry.assurance());
        this.later = null;
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

    private PortalUser(PortalUser same, Acting.Proof later) {
        this.login = same.login;
        this.later = later;
        this.signedInAt = same.signedInAt;
        this.idToken = same.idToken;
        this.name = same.name;
    }

    public String provider() {
        return login.provider();
    }

    public Author.Evidence evidence() {
        return proof().evidence();
    }

    /** How they proved last who they are. */
    Acting.Proof proof() {
        return later == null ? login : later;
    }

    public @Nullable String displayName() {
        return name;
    }

    /** Whether it is the same login at the same provider. */
    boolean isSameLogin(String otherIssuer, String otherSubject) {
        return login.isOf(otherIssuer, otherSubject);
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

        private Person(Person same, Acting.Proof later) {
            super(same, later);
            this.id = same.id;
        }

        /** The same, signed in as before, after they proved it with another ID of theirs. */
        Person proved(Acting.Proof later) {
            return new Person(this, later);
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
