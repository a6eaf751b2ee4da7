package org.selfservice.web.identity;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.Audience;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** The configured providers. Each is looked up when it is first needed, so that one that is down does not stop the portal. */
@Component
class Providers implements ClientRegistrationRepository {
    static final String UNREACHABLE = "provider_unreachable";
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

    private final LoginSettings settings;
    private final Map<String, ClientRegistration> discovered = new ConcurrentHashMap<>();
    private final RestClient http =
            RestClient.builder().requestFactory(patient()).build();

    Providers(LoginSettings settings) {
        this.settings = settings;
    }

    /** What all calls to providers have in common: they end. */
    static JdkClientHttpRequestFactory patient() {
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        factory.setReadTimeout(Duration.ofSeconds(10));
        return factory;
    }

    @Nullable
    Provider settings(String id) {
        return settings.providers().get(id);
    }

    Provider required(ClientRegistration registration) {
        Provider provider = settings.providers().get(registration.getRegistrationId());
        if (provider == null) {
            throw new IllegalStateException("no provider " + registration.getRegistrationId());
        }
        return provider;
    }

    /** Ids of those for registrants, or for staff. */
    List<String> of(Audience audience) {
        return settings.providers().entrySet().stream()
                .filter(entry -> entry.getValue().audience() == audience)
                .map(Map.Entry::getKey)
                .toList();
    }

    List<URI> issuers() {
        return settings.providers().values().stream()
                .map(Provider::issuer)
                .distinct()
                .toList();
    }

    /** @throws OAuth2AuthenticationException with {@link #UNREACHABLE} when the provider does not answer */
    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        Provider provider = settings.providers().get(id);
        if (provider == null) {
            return null;
        }
        ClientRegistration known = discovered.get(id);
        if (known == null) {
            known = discover(id, provider);
            discovered.put(id, known);
        }
        return known;
    }

    private ClientRegistration discover(String id, Provider provider) {
        String issuer = provider.issuer().toString();
        try {
            Map<String, Object> metadata = http.get()
                    .uri(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration")
                    .retrieve()
                    .body(new ParameterizedTypeReference<>() {});
            if (metadata == null || !issuer.equals(metadata.get("issuer"))) {
                throw new IllegalStateException("the provider says that it is another issuer");
            }
            return ClientRegistrations.fromOidcConfiguration(metadata)
                    .registrationId(id)
                    .clientId(provider.client().id())
                    .clientSecret(
                            provider.client().secret() == null
                                    ? ""
                                    : provider.client().secret().text())
                    .clientAuthenticationMethod(
                            provider.client().key() != null
                                    ? ClientAuthenticationMethod.PRIVATE_KEY_JWT
                                    : ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .clientName(id)
                    .scope(provider.scopes())
                    .userNameAttributeName("sub")
                    .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                    .build();
        } catch (RuntimeException failure) {
            LOG.warn("provider {} at {} cannot be used: {}", id, issuer, failure.toString());
            throw new OAuth2AuthenticationException(new OAuth2Error(UNREACHABLE), failure);
        }
    }
}
