package org.selfservice.idp;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.pathPattern;

import java.security.Principal;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
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
            "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    Answers answers(Settings settings, JwtEncoder encoder) {
        return new Answers(settings, encoder);
    }

    @Bean
    SecurityFilterChain protect(
            HttpSecurity http, Settings settings, Answers answers, OAuth2AuthorizationService authorizations)
            throws Exception {
        Arrival arrival = new Arrival(settings, answers, authorizations);
        return http.oauth2AuthorizationServer(server -> serve(server, answers))
                .authorizeHttpRequests(paths -> paths.requestMatchers("/oauth2/**", "/userinfo")
                        .authenticated()
                        .anyRequest()
                        .permitAll())
                .addFilterAfter(arrival, SecurityContextHolderFilter.class)
                .exceptionHandling(
                        errors -> errors.defaultAuthenticationEntryPointFor(arrival, pathPattern("/oauth2/authorize")))
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    private static void serve(OAuth2AuthorizationServerConfigurer server, Answers answers) {
        server.pushedAuthorizationRequestEndpoint(pushed -> pushed.authenticationProviders(Protection::loosenPorts))
                .authorizationEndpoint(authorize -> authorize
                        .authenticationProviders(Protection::loosenPorts)
                        .authorizationResponseHandler(answers::code)
                        .errorResponseHandler(answers::error))
                .oidc(oidc -> oidc.providerConfigurationEndpoint(metadata ->
                                metadata.providerConfigurationCustomizer(builder -> builder.claims(all -> {
                                    all.put("authorization_response_iss_parameter_supported", true);
                                    all.put("claims_parameter_supported", true);
                                    all.put("subject_types_supported", List.of("pairwise"));
                                    all.put("id_token_signing_alg_values_supported", List.of("RS256", "PS256"));
                                    all.put(
                                            "acr_values_supported",
                                            Stream.of(Factor.values())
                                                    .map(factor -> factor.acr)
                                                    .toList());
                                    all.put("ui_locales_supported", List.of("en", "fr", "ar"));
                                    all.put(
                                            "scopes_supported",
                                            List.of("openid", "profile", "email", "phone", "address"));
                                })))
                        .logoutEndpoint(logout -> logout.authenticationProviders(Protection::loosenPorts)
                                .errorResponseHandler(answers::unknownLogout))
                        .userInfoEndpoint(userInfo -> userInfo.userInfoMapper(Protection::userInfo)
                                .userInfoResponseHandler(answers::userInfo)));
    }

    /** An id_token says who and how; only staff's roles are in the tokens, other claims are in userinfo alone. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> tokens() {
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
        };
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
