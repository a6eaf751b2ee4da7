package org.selfservice.web.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.selfservice.kernel.CannotStart;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.NimbusJwtClientAuthenticationParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Redeems codes for tokens; with a signed assertion where the provider's client has a key (RFC 7523, section 2.2). */
@Component
class TokenCall implements OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> {
    private final RestClientAuthorizationCodeTokenResponseClient client =
            new RestClientAuthorizationCodeTokenResponseClient();
    private final Map<String, JWK> keys = new ConcurrentHashMap<>();

    TokenCall(LoginSettings settings) {
        settings.providers().forEach((id, provider) -> {
            if (provider.client().key() != null) {
                keys.put(id, key(id, provider.client().key().file()));
            }
        });
        client.setRestClient(RestClient.builder()
                .requestFactory(Providers.patient())
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        client.addParametersConverter(new NimbusJwtClientAuthenticationParametersConverter<>(this::key));
    }

    @Override
    public OAuth2AccessTokenResponse getTokenResponse(OAuth2AuthorizationCodeGrantRequest request) {
        return client.getTokenResponse(request);
    }

    private JWK key(ClientRegistration registration) {
        return keys.get(registration.getRegistrationId());
    }

    private static JWK key(String id, Path file) {
        try {
            String text = Files.readString(file);
            JWK key = text.contains("\"keys\"") ? JWKSet.parse(text).getKeys().getFirst() : JWK.parse(text);
            if (!key.isPrivate()) {
                throw new CannotStart("The key of provider " + id + " in " + file + " has no private part");
            }
            return key;
        } catch (IOException | ParseException unreadable) {
            throw new CannotStart("The key of provider " + id + " in " + file + " cannot be read", unreadable);
        }
    }
}
