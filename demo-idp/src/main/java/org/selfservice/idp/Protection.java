package org.selfservice.idp;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AccessTokenAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2PushedAuthorizationRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.oauth2.server.authorization.web.authentication.OAuth2AccessTokenResponseAuthenticationSuccessHandler;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** Spring's authorization server, taught the ways of an ID provider such as eSignet. */
@Configuration
@EnableWebSecurity
class Protection {
    /** No form-action: browsers apply it to the redirect back to the client as well. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "frame-ancestors 'none'; base-uri 'none'";

    @Bean
    Answers answers(Settings settings, JwtEncoder encoder) {
        return new Answers(settings, encoder);
    }

    @Bean
    SecurityFilterChain protect(
            HttpSecurity http,
            Settings settings,
            AuthorizationServerSettings addresses,
            Answers answers,
            OAuth2AuthorizationService authorizations)
            throws Exception {
        Arrival arrival = new Arrival(settings, answers, authorizations);
        Assertions assertions = new Assertions(settings, addresses);
        return http.oauth2AuthorizationServer(server -> serve(server, settings, answers, arrival, assertions))
                .authorizeHttpRequests(paths -> paths.requestMatchers(
                                "/oauth2/**", "/v1/**", addresses.getAuthorizationEndpoint(), "/userinfo")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .addFilterAfter(arrival, SecurityContextHolderFilter.class)
                .exceptionHandling(errors -> errors.defaultAuthenticationEntryPointFor(
                        arrival, pathPattern(addresses.getAuthorizationEndpoint())))
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    private static void serve(
            OAuth2AuthorizationServerConfigurer server,
            Settings settings,
            Answers answers,
            Arrival arrival,
            Assertions assertions) {
        server.clientAuthentication(clients -> {
                    clients.authenticationProviders(all -> all.forEach(one -> {
                        if (one instanceof JwtClientAssertionAuthenticationProvider keys)
                            keys.setJwtDecoderFactory(assertions);
                    }));
                    if (settings.esignet()) clients.errorResponseHandler(Answers::unknownClient);
                })
                .pushedAuthorizationRequestEndpoint(pushed -> pushed.authenticationProviders(Protection::loosenPorts)
                        .pushedAuthorizationResponseHandler(arrival::left))
                .authorizationEndpoint(authorize -> authorize
                        .authenticationProviders(Protection::loosenPorts)
                        .authorizationResponseHandler(answers::code)
                        .errorResponseHandler(answers::error))
                .tokenEndpoint(token -> token.accessTokenResponseHandler(tokenAnswers(settings)))
                .authorizationServerMetadataEndpoint(metadata -> metadata.authorizationServerMetadataCustomizer(
                        builder -> builder.claims(all -> announce(settings, all))))
                .oidc(oidc -> oidc.providerConfigurationEndpoint(metadata -> metadata.providerConfigurationCustomizer(
                                builder -> builder.claims(all -> announce(settings, all))))
                        .logoutEndpoint(logout -> logout.authenticationProviders(Protection::loosenPorts)
                                .errorResponseHandler(answers::unknownLogout))
                        .userInfoEndpoint(userInfo -> userInfo.userInfoMapper(Protection::userInfo)
                                .userInfoResponseHandler(answers::userInfo)));
    }

    private static void announce(Settings settings, Map<String, Object> all) {
        all.put("authorization_response_iss_parameter_supported", true);
        all.put("claims_parameter_supported", true);
        all.put("subject_types_supported", List.of("pairwise"));
        all.put("id_token_signing_alg_values_supported", List.of("RS256", "PS256"));
        all.put(
                "acr_values_supported",
                Stream.of(Factor.values()).map(factor -> factor.acr).toList());
        all.put("ui_locales_supported", List.of("en", "fr", "ar"));
        all.put("scopes_supported", List.of("openid", "profile", "email", "phone", "address"));
        if (!settings.esignet()) return;
        all.keySet()
                .removeIf(name -> Stream.of(
                                "end_session", "revocation", "introspection", "device", "registration", "tls_")
                        .anyMatch(name::startsWith));
        all.put("id_token_signing_alg_values_supported", List.of("PS256"));
        all.put("response_modes_supported", List.of("query"));
        all.put("grant_types_supported", List.of("authorization_code"));
        all.put("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
        all.put("token_endpoint_auth_signing_alg_values_supported", List.of("RS256", "PS256", "ES256"));
        all.put("userinfo_signing_alg_values_supported", List.of("RS256"));
    }

    private static AuthenticationSuccessHandler tokenAnswers(Settings settings) {
        var answers = new OAuth2AccessTokenResponseAuthenticationSuccessHandler();
        answers.setAccessTokenResponseCustomizer(granted -> {
            OAuth2AccessTokenAuthenticationToken tokens = granted.getAuthentication();
            if (settings.client(tokens.getRegisteredClient().getClientId()).has(Trait.LEAN_TOKENS))
                granted.getAccessTokenResponse().scopes(Set.of());
        });
        return answers;
    }

    /** An id_token says who and how; only staff's roles are in the tokens, other claims are in userinfo alone. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> tokens(Settings settings) {
        return token -> {
            Authentication authentication = token.getPrincipal();
            if (!(authentication.getPrincipal() instanceof Identity identity)) return;
            token.getClaims().claims(claims -> {
                claims.remove("sid");
                if (token.getTokenType().getValue().equals("id_token")) {
                    claims.put("acr", identity.factor().acr);
                    // the browser's session does not tell when it saw several people
                    Identity.proved(authentication).ifPresent(at -> claims.put("auth_time", Date.from(at)));
                }
                if (!identity.roles().isEmpty()) claims.put("roles", identity.roles());
            });
            if (settings.client(token.getRegisteredClient().getClientId()).has(Trait.LEAN_TOKENS)) lean(token);
        };
    }

    private static void lean(JwtEncodingContext token) {
        if (token.getTokenType().equals(OAuth2TokenType.ACCESS_TOKEN)) {
            token.getJwsHeader().algorithm(SignatureAlgorithm.PS256);
            return;
        }
        String access = Objects.requireNonNull(token.getAuthorization())
                .getAccessToken()
                .getToken()
                .getTokenValue();
        token.getClaims().claims(claims -> {
            claims.keySet().removeAll(Set.of("azp", "jti"));
            claims.put("at_hash", half(access));
            claims.put("exp", ((Instant) claims.get("iat")).plus(Duration.ofHours(1)));
        });
    }

    /** OpenID Connect Core 1.0, section 3.1.3.6. */
    private static String half(String token) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OidcUserInfo userInfo(OidcUserInfoAuthenticationContext context) {
        Authentication signedIn = context.getAuthorization().getAttribute(Principal.class.getName());
        if (signedIn == null || !(signedIn.getPrincipal() instanceof Identity identity))
            throw new OAuth2AuthenticationException("invalid_token");
        Map<String, Object> claims = new LinkedHashMap<>(Map.of("sub", identity.subject()));
        claims.putAll(identity.shared());
        return new OidcUserInfo(claims);
    }

    private static void loosenPorts(List<AuthenticationProvider> providers) {
        for (AuthenticationProvider provider : providers) {
            if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider authorize)
                authorize.setAuthenticationValidator(Protection::checkRedirect);
            if (provider instanceof OAuth2PushedAuthorizationRequestAuthenticationProvider pushed)
                pushed.setAuthenticationValidator(Protection::checkRedirect);
            if (provider instanceof OidcLogoutAuthenticationProvider logout)
                logout.setAuthenticationValidator(Protection::checkAfterLogout);
        }
    }

    private static void checkRedirect(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken asked = context.getAuthentication();
        String wished = asked.getRedirectUri();
        boolean known = wished != null
                && context.getRegisteredClient().getRedirectUris().stream()
                        .anyMatch(registered -> Answers.same(registered, wished));
        if (!known)
            OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR.accept(context);
        OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR.accept(context);
    }

    private static void checkAfterLogout(OidcLogoutAuthenticationContext context) {
        OidcLogoutAuthenticationToken asked = context.getAuthentication();
        String wished = asked.getPostLogoutRedirectUri();
        boolean known = wished == null
                || wished.isEmpty()
                || context.getRegisteredClient().getPostLogoutRedirectUris().stream()
                        .anyMatch(registered -> Answers.same(registered, wished));
        if (!known)
            throw new OAuth2AuthenticationException(
                    new OAuth2Error("invalid_request", "post_logout_redirect_uri is not registered", null));
    }
}
