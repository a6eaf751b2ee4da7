package org.selfservice.web.identity;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.Par;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Leaves a request at the provider beforehand, so that nobody can read or change it on its way through a browser (RFC 9126). */
@Component
class PushedRequests {
    static final String REFUSED = "pushed_request_refused";
    private static final Logger LOG = LoggerFactory.getLogger(PushedRequests.class);

    private final Providers providers;

    PushedRequests(Providers providers) {
        this.providers = providers;
    }

    /**
     * The same request, by reference where the provider's settings want that.
     *
     * @throws OAuth2AuthenticationException when the provider does not take it; it is not sent openly instead
     */
    OAuth2AuthorizationRequest push(OAuth2AuthorizationRequest request, ClientRegistration registration) {
        Par par = providers.required(registration).par();
        Object endpoint =
                registration.getProviderDetails().getConfigurationMetadata().get(Lookup.PAR_ENDPOINT);
        if (par == Par.NEVER || par == Par.WHEN_ANNOUNCED && endpoint == null) {
            return request;
        }
        String id = registration.getRegistrationId();
        if (endpoint == null) {
            LOG.warn("provider {} announces no {}, and par is always", id, Lookup.PAR_ENDPOINT);
            throw new OAuth2AuthenticationException(new OAuth2Error(REFUSED));
        }
        try {
            Object reference = send(URI.create(endpoint.toString()), form(request, registration), registration)
                    .get("request_uri");
            return OAuth2AuthorizationRequest.from(request)
                    .authorizationRequestUri(UriComponentsBuilder.fromUriString(request.getAuthorizationUri())
                            .queryParam(OAuth2ParameterNames.CLIENT_ID, "{client}")
                            .queryParam("request_uri", "{reference}")
                            .encode()
                            .buildAndExpand(registration.getClientId(), Objects.requireNonNull(reference))
                            .toUriString())
                    .build();
        } catch (RestClientResponseException refused) {
            LOG.warn(
                    "provider {} does not take a pushed request: status {}, {}",
                    id,
                    refused.getStatusCode().value(),
                    Loggable.code(error(refused)));
            throw new OAuth2AuthenticationException(new OAuth2Error(REFUSED), refused);
        } catch (RestClientException | NullPointerException failure) {
            LOG.warn(
                    "provider {} does not answer to a pushed request: {}",
                    id,
                    failure.getClass().getSimpleName());
            throw new OAuth2AuthenticationException(new OAuth2Error(Providers.UNREACHABLE), failure);
        }
    }

    private Map<String, Object> send(
            URI endpoint, MultiValueMap<String, String> form, ClientRegistration registration) {
        Map<String, Object> answer = providers
                .http()
                .post()
                .uri(endpoint)
                .accept(MediaType.APPLICATION_JSON)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .headers(headers -> providers.checked(registration).proof().addTo(headers))
                .body(form)
                .retrieve()
                .body(new ParameterizedTypeReference<>() {});
        return Objects.requireNonNull(answer);
    }

    private MultiValueMap<String, String> form(OAuth2AuthorizationRequest request, ClientRegistration registration) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.set(OAuth2ParameterNames.RESPONSE_TYPE, request.getResponseType().getValue());
        form.set(OAuth2ParameterNames.CLIENT_ID, request.getClientId());
        form.set(OAuth2ParameterNames.SCOPE, String.join(" ", request.getScopes()));
        form.set(OAuth2ParameterNames.STATE, request.getState());
        form.set(OAuth2ParameterNames.REDIRECT_URI, request.getRedirectUri());
        request.getAdditionalParameters().forEach((name, value) -> form.set(name, value.toString()));
        MultiValueMap<String, String> proof = new LinkedMultiValueMap<>();
        providers.checked(registration).proof().addTo(proof, registration);
        form.putAll(proof);
        return form;
    }

    /** What the provider says is wrong (RFC 6749, section 5.2). */
    static @Nullable String error(RestClientResponseException refused) {
        try {
            return JsonMapper.shared()
                    .readTree(refused.getResponseBodyAsString())
                    .path("error")
                    .asString(null);
        } catch (JacksonException noJson) {
            return null;
        }
    }
}
