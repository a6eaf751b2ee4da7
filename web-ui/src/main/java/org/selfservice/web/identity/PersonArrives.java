package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * A person beside an officer comes back from the provider. It is no login: the officer stays signed in, and the result is
 * good for one assisted session.
 */
@Component
class PersonArrives implements AuthenticationSuccessHandler {
    private final SignInOutcome failure;
    private final Clock clock;

    PersonArrives(SignInOutcome failure, Clock clock) {
        this.failure = failure;
        this.clock = clock;
    }

    OAuth2LoginAuthenticationFilter filter(
            Providers providers,
            OAuth2AuthorizedClientRepository noTokens,
            Attempts attempts,
            TokenCall tokens,
            Arrivals arrivals,
            IdTokens idTokens) {
        OidcAuthorizationCodeAuthenticationProvider oidc =
                new OidcAuthorizationCodeAuthenticationProvider(tokens, arrivals);
        oidc.setJwtDecoderFactory(idTokens);
        OAuth2LoginAuthenticationFilter filter =
                new OAuth2LoginAuthenticationFilter(providers, noTokens, IssuerCheck.CALLBACK + "*");
        filter.setAuthenticationManager(new ProviderManager(oidc));
        filter.setAuthorizationRequestRepository(attempts);
        filter.setSecurityContextRepository(new NullSecurityContextRepository());
        filter.setRequiresAuthenticationRequestMatcher(
                request -> request.getRequestURI().startsWith(request.getContextPath() + IssuerCheck.CALLBACK)
                        && Departures.language(attempts.loadAuthorizationRequest(request)) != null);
        filter.setAuthenticationSuccessHandler(this);
        filter.setAuthenticationFailureHandler(failure);
        return filter;
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication person)
            throws IOException {
        String language = Departures.language(Attempts.used(request));
        Object context =
                request.getSession().getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        if (language == null
                || !(context instanceof SecurityContext own)
                || own.getAuthentication() == null
                || !(own.getAuthentication().getPrincipal() instanceof PortalUser.Staff officer)
                || !(person.getPrincipal() instanceof PortalUser.Person helped)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        Acting.Assisted.of(officer, helped, language, clock.instant()).begin(request);
        response.sendRedirect(request.getContextPath() + WantedPage.HOME);
    }
}
