package org.selfservice.web.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.AnswerIssuer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * An answer must come from the provider that was asked: RFC 9207. Error answers may lack {@code iss}, as some providers
 * send it with success alone.
 */
final class IssuerCheck extends OncePerRequestFilter {
    static final String CALLBACK = "/login/oauth2/code/";
    private final Providers providers;
    private final Attempts attempts;
    private final AuthenticationFailureHandler failure;

    IssuerCheck(Providers providers, Attempts attempts, AuthenticationFailureHandler failure) {
        this.providers = providers;
        this.attempts = attempts;
        this.failure = failure;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(request.getContextPath() + CALLBACK);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        OAuth2AuthorizationRequest attempt = attempts.loadAuthorizationRequest(request);
        if (attempt != null) {
            AuthenticationException foreign = check(request, attempt);
            if (foreign != null) {
                attempts.removeAuthorizationRequest(request, response);
                failure.onAuthenticationFailure(request, response, foreign);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private @Nullable AuthenticationException check(HttpServletRequest request, OAuth2AuthorizationRequest attempt) {
        String asked = String.valueOf(Departures.provider(attempt));
        if (!request.getRequestURI().endsWith(CALLBACK + asked)) {
            return new OAuth2AuthenticationException(new OAuth2Error("other_provider"));
        }
        ClientRegistration registration;
        try {
            registration = providers.findByRegistrationId(asked);
        } catch (AuthenticationException unreachable) {
            return unreachable;
        }
        if (registration == null) {
            return new OAuth2AuthenticationException(new OAuth2Error("other_provider"));
        }
        String issuer = registration.getProviderDetails().getIssuerUri();
        String said = request.getParameter("iss");
        Map<String, Object> metadata = registration.getProviderDetails().getConfigurationMetadata();
        boolean promised = (providers.required(registration).answerIssuer() == AnswerIssuer.ALWAYS
                        || Boolean.TRUE.equals(metadata.get("authorization_response_iss_parameter_supported")))
                && request.getParameter(OAuth2ParameterNames.CODE) != null;
        boolean right = said == null ? !promised : said.equals(issuer);
        return right ? null : new OAuth2AuthenticationException(new OAuth2Error("other_issuer"));
    }
}
