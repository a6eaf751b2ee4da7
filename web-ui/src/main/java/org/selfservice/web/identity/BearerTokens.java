package org.selfservice.web.identity;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.selfservice.web.identity.LoginSettings.Api;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.stereotype.Component;

/** Reads the tokens of other systems. Their issuer is looked up when the first one comes. */
@Component
class BearerTokens implements JwtDecoder, Converter<Jwt, AbstractAuthenticationToken> {
    private final JwtDecoder decoder;
    private final JwtGrantedAuthoritiesConverter scopes = new JwtGrantedAuthoritiesConverter();

    BearerTokens(LoginSettings settings) {
        Api api = settings.api();
        this.decoder = api == null
                ? token -> {
                    throw new BadJwtException("no issuer of bearer tokens is configured");
                }
                : new SupplierJwtDecoder(() -> decoder(api));
    }

    private static JwtDecoder decoder(Api api) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withIssuerLocation(api.issuer().toString()).build();
        OAuth2TokenValidator<Jwt> standard =
                JwtValidators.createDefaultWithIssuer(api.issuer().toString());
        OAuth2TokenValidator<Jwt> audience = new JwtClaimValidator<List<String>>(
                "aud", names -> api.audience() == null || names != null && names.contains(api.audience()));
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(standard, audience));
        return decoder;
    }

    @Override
    public Jwt decode(String token) {
        return decoder.decode(token);
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        return new MachineAuthentication(
                new Machine(
                        Objects.toString(token.getClaimAsString("client_id"), token.getSubject()),
                        Objects.requireNonNull(token.getIssuer()).toString()),
                scopes.convert(token));
    }

    private static final class MachineAuthentication extends AbstractAuthenticationToken {
        private final Machine machine;

        MachineAuthentication(Machine machine, Collection<? extends GrantedAuthority> authorities) {
            super(authorities);
            this.machine = machine;
            super.setAuthenticated(true);
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return machine;
        }

        @Override
        public String getName() {
            return machine.client();
        }
    }
}
