package org.selfservice.web.identity;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/** Redeems codes for tokens, with the portal's proof that it is the provider's client. */
@Component
class TokenCall implements OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> {
    private final RestClientAuthorizationCodeTokenResponseClient client =
            new RestClientAuthorizationCodeTokenResponseClient();
    private final DefaultOAuth2TokenRequestParametersConverter<OAuth2AuthorizationCodeGrantRequest> standard =
            new DefaultOAuth2TokenRequestParametersConverter<>();
    private final Providers providers;

    TokenCall(Providers providers) {
        this.providers = providers;
        client.setRestClient(providers
                .http()
                .mutate()
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        client.setHeadersConverter(this::headers);
        client.setParametersConverter(this::parameters);
    }

    @Override
    public OAuth2AccessTokenResponse getTokenResponse(OAuth2AuthorizationCodeGrantRequest request) {
        return client.getTokenResponse(request);
    }

    private HttpHeaders headers(OAuth2AuthorizationCodeGrantRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.setAccept(List.of(MediaType.APPLICATION_JSON));
        headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
        providers.checked(request.getClientRegistration()).proof().addTo(headers);
        return headers;
    }

    private MultiValueMap<String, String> parameters(OAuth2AuthorizationCodeGrantRequest request) {
        MultiValueMap<String, String> form = standard.convert(request);
        providers.checked(request.getClientRegistration()).proof().addTo(form, request.getClientRegistration());
        return form;
    }
}
