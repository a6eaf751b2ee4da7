package org.selfservice.web.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.Endpoints;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * What one provider says of itself. It is looked up when it is needed first, and anew after a while; what is known stays good
 * while the provider is down.
 */
final class Lookup {
    static final String PAR_ENDPOINT = "pushed_authorization_request_endpoint";
    private static final Logger LOG = LoggerFactory.getLogger(Lookup.class);
    private static final Duration GOOD_FOR = Duration.ofHours(1);
    /** How often a provider is asked for the sign-in page's sake alone. */
    private static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(15);

    private final String id;
    private final Provider provider;
    private final RestClient http;
    private final Clock clock;

    private record Known(ClientRegistration registration, JWKSource<SecurityContext> keys, Instant since) {}

    private volatile @Nullable Known known;
    private volatile boolean reachable = true;
    private @Nullable Instant asked;
    private volatile @Nullable Thread asking;

    Lookup(String id, Provider provider, RestClient http, Clock clock) {
        this.id = id;
        this.provider = provider;
        this.http = http;
        this.clock = clock;
    }

    /** @throws OAuth2AuthenticationException with {@link Providers#UNREACHABLE} when nothing is known and nobody answers */
    ClientRegistration registration() {
        return known().registration();
    }

    /** The provider's public keys; fetched anew when a key is asked for that is not among them. */
    JWKSource<SecurityContext> keys() {
        return known().keys();
    }

    /** Asks the provider whether it is there, unless it was asked a moment ago; nobody waits for the answer. */
    synchronized void ask() {
        Instant now = clock.instant();
        Thread before = asking;
        if ((before == null || !before.isAlive())
                && (asked == null || asked.plus(ASKED_AGAIN_AFTER).isBefore(now))) {
            asked = now;
            asking = Thread.ofVirtual().name("ask-" + id).start(this::see);
        }
    }

    /**
     * Whether the provider answered when it was asked last.
     *
     * @param patience how long an answer that is under way is waited for
     */
    boolean isReachable(Duration patience) {
        try {
            Thread now = asking;
            if (now != null && patience.isPositive()) {
                now.join(patience);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return reachable;
    }

    private void see() {
        try {
            if (!provider.endpoints().suffice()) {
                known = find();
            }
            // straight from the provider, whatever is kept
            fetch(http, known().registration().getProviderDetails().getJwkSetUri());
            seen(true, null);
        } catch (RuntimeException | IOException failure) {
            seen(false, failure);
        }
    }

    private Known known() {
        Known now = known;
        if (now != null && now.since().plus(GOOD_FOR).isAfter(clock.instant())) {
            return now;
        }
        try {
            Known found = find();
            known = found;
            if (!provider.endpoints().suffice()) {
                seen(true, null);
            }
            return found;
        } catch (RuntimeException failure) {
            seen(false, failure);
            if (now != null) {
                Instant soonOld = clock.instant().minus(GOOD_FOR).plus(ASKED_AGAIN_AFTER);
                known = new Known(now.registration(), now.keys(), soonOld);
                return now;
            }
            throw new OAuth2AuthenticationException(new OAuth2Error(Providers.UNREACHABLE), failure);
        }
    }

    /** Said when it changes, not each time. */
    private void seen(boolean now, @Nullable Exception failure) {
        if (reachable != now) {
            if (now) {
                LOG.info("provider {} at {} can be reached again", id, provider.issuer());
            } else {
                LOG.warn("provider {} at {} cannot be used: {}", id, provider.issuer(), String.valueOf(failure));
            }
        }
        reachable = now;
    }

    private Known find() {
        Map<String, Object> metadata = new LinkedHashMap<>(
                provider.endpoints().suffice()
                        ? Map.of("issuer", provider.issuer().toString())
                        : discovered(http, provider.issuer()));
        Endpoints given = provider.endpoints();
        put(metadata, "authorization_endpoint", given.authorization());
        put(metadata, "token_endpoint", given.token());
        put(metadata, "userinfo_endpoint", given.userinfo());
        put(metadata, "jwks_uri", given.jwks());
        put(metadata, PAR_ENDPOINT, given.par());
        put(metadata, "end_session_endpoint", given.endSession());
        String jwks = address(metadata, "jwks_uri", true);
        ClientRegistration found = ClientRegistration.withRegistrationId(id)
                .issuerUri(provider.issuer().toString())
                .authorizationUri(address(metadata, "authorization_endpoint", true))
                .tokenUri(address(metadata, "token_endpoint", true))
                .userInfoUri(address(metadata, "userinfo_endpoint", false))
                .jwkSetUri(jwks)
                .providerConfigurationMetadata(metadata)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .clientId(provider.client().id())
                .clientAuthenticationMethod(new ClientAuthenticationMethod(
                        provider.client().method().name().toLowerCase(Locale.ROOT)))
                .clientName(id)
                .scope(provider.scopes())
                .userNameAttributeName("sub")
                .redirectUri("{baseUrl}" + IssuerCheck.CALLBACK + "{registrationId}")
                .build();
        Known before = known;
        boolean same = before != null
                && Objects.equals(before.registration().getProviderDetails().getJwkSetUri(), jwks);
        return new Known(found, same ? before.keys() : keys(http, Objects.requireNonNull(jwks)), clock.instant());
    }

    /** OpenID Connect Discovery 1.0, section 4. */
    static Map<String, Object> discovered(RestClient http, URI issuer) {
        Map<String, Object> metadata = http.get()
                .uri(discovery(issuer))
                .accept(MediaType.APPLICATION_JSON)
                .retrieve()
                .body(new ParameterizedTypeReference<>() {});
        if (metadata == null || !issuer.toString().equals(metadata.get("issuer"))) {
            throw new IllegalStateException("it says that it is the issuer "
                    + (metadata == null ? null : metadata.get("issuer")) + ", not " + issuer);
        }
        return metadata;
    }

    static URI discovery(URI issuer) {
        return URI.create(issuer.toString().replaceAll("/+$", "") + "/.well-known/openid-configuration");
    }

    private @Nullable String address(Map<String, Object> metadata, String name, boolean needed) {
        Object address = metadata.get(name);
        if (address == null) {
            if (needed) {
                throw new IllegalStateException("it announces no " + name);
            }
            return null;
        }
        URI uri = URI.create(address.toString());
        if (!SettingsCheck.isSafe(uri, provider.allowHttp())) {
            throw new IllegalStateException("it announces a " + name + " without TLS: " + uri);
        }
        return uri.toString();
    }

    private static void put(Map<String, Object> metadata, String name, @Nullable URI given) {
        if (given != null) {
            metadata.put(name, given.toString());
        }
    }

    /** The keys at this address; kept, and fetched anew when one is asked for that is not among them, though not each time. */
    static JWKSource<SecurityContext> keys(RestClient http, String jwks) {
        try {
            return JWKSourceBuilder.create(
                            URI.create(jwks).toURL(),
                            url -> new Resource(fetch(http, url.toString()), "application/json"))
                    .refreshAheadCache(false)
                    .build();
        } catch (MalformedURLException wrong) {
            throw new IllegalStateException("the address of its keys is none: " + jwks, wrong);
        }
    }

    private static String fetch(RestClient http, @Nullable String jwks) throws IOException {
        try {
            String keys = http.get()
                    .uri(URI.create(Objects.requireNonNull(jwks)))
                    .retrieve()
                    .body(String.class);
            return Objects.requireNonNullElse(keys, "");
        } catch (RestClientException failure) {
            throw new IOException(failure.toString(), failure);
        }
    }

    /** All of the provider's public keys. */
    List<JWK> publicKeys() throws KeySourceException {
        return keys().get(new JWKSelector(new JWKMatcher.Builder().build()), null);
    }
}
