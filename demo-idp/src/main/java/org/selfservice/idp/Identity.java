package org.selfservice.idp;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/**
 * Who signed in for one authorization, and what they agreed to share with its client.
 *
 * @param roles of staff; nobody else has any
 */
record Identity(String subject, Factor factor, Map<String, Object> shared, List<String> roles)
        implements AuthenticatedPrincipal {

    @Override
    public String getName() {
        return subject;
    }

    Authentication since(Instant signedIn) {
        var authority = FactorGrantedAuthority.withAuthority("FACTOR_" + factor)
                .issuedAt(signedIn)
                .build();
        return UsernamePasswordAuthenticationToken.authenticated(this, null, List.of(authority));
    }

    /** When they proved who they are. */
    static Optional<Instant> proved(Authentication signedIn) {
        return signedIn.getAuthorities().stream()
                .filter(FactorGrantedAuthority.class::isInstance)
                .map(FactorGrantedAuthority.class::cast)
                .map(FactorGrantedAuthority::getIssuedAt)
                .findFirst();
    }
}
