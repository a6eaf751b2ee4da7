package org.selfservice.idp;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/**
 * Who signed in for one authorization, and what they agreed to share with its client.
 *
 * @param acr how they proved who they are
 * @param roles of staff; nobody else has any
 */
record Identity(String subject, String acr, Map<String, Object> shared, List<String> roles)
        implements AuthenticatedPrincipal {
    static final String ONE_TIME_CODE = "mosip:idp:acr:generated-code";
    static final String PASSWORD = "urn:selfservice:acr:password";

    @Override
    public String getName() {
        return subject;
    }

    Authentication since(Instant signedIn) {
        var factor = FactorGrantedAuthority.withAuthority("FACTOR_" + acr)
                .issuedAt(signedIn)
                .build();
        return UsernamePasswordAuthenticationToken.authenticated(this, null, List.of(factor));
    }
}
