package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.stereotype.Component;

/** Code flows that are no sign-in: whoever is signed in stays so, whatever comes back. */
@Component
class BesideLogin {
    private final Providers providers;
    private final OAuth2AuthorizedClientRepository noTokens;
    private final Attempts attempts;
    private final TokenCall tokens;
    private final Arrivals arrivals;
    private final IdTokens idTokens;

    BesideLogin(
            Providers providers,
            OAuth2AuthorizedClientRepository noTokens,
            Attempts attempts,
            TokenCall tokens,
            Arrivals arrivals,
            IdTokens idTokens) {
        this.providers = providers;
        this.noTokens = noTokens;
        this.attempts = attempts;
        this.tokens = tokens;
        this.arrivals = arrivals;
        this.idTokens = idTokens;
    }

    /** @param which attempts it is for */
    OAuth2LoginAuthenticationFilter filter(
            Predicate<@Nullable OAuth2AuthorizationRequest> which,
            AuthenticationSuccessHandler success,
            AuthenticationFailureHandler failure) {
        OidcAuthorizationCodeAuthenticationProvider oidc =
                new OidcAuthorizationCodeAuthenticationProvider(tokens, arrivals);
        oidc.setJwtDecoderFactory(idTokens);
        OAuth2LoginAuthenticationFilter filter =
                new OAuth2LoginAuthenticationFilter(providers, noTokens, IssuerCheck.CALLBACK + "*");
        filter.setAuthenticationManager(new ProviderManager(oidc));
        filter.setAuthorizationRequestRepository(attempts);
        filter.setSecurityContextRepository(new NullSecurityContextRepository());
        filter.setRequiresAuthenticationRequestMatcher(
                request -> isCallback(request) && which.test(attempts.loadAuthorizationRequest(request)));
        filter.setAuthenticationSuccessHandler(success);
        filter.setAuthenticationFailureHandler(failure);
        return filter;
    }

    private static boolean isCallback(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + IssuerCheck.CALLBACK);
    }
}
