package org.selfservice.web.identity;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;
import org.selfservice.web.identity.LoginSettings.Par;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientResponseException;

/** Tries of a provider what can be tried without a person, and says in plain lines what it saw. */
public final class ProviderCheck {
    private final String id;
    private final Provider provider;
    private final Providers providers;
    private final String callback;
    private final List<String> lines = new ArrayList<>();
    private int wrong;

    /** @param lines for whoever asked */
    public record Report(List<String> lines, boolean isGood) {}

    /** The settings alone, of all that the portal has. */
    @EnableConfigurationProperties(LoginSettings.class)
    static final class Settings {}

    /**
     * @param arguments as the portal is started with
     * @param address of the portal, as the provider knows it
     * @throws CannotStart when there is no such provider, or settings cannot work
     */
    public static Report of(String id, List<String> arguments, String address) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new))) {
            return of(
                    id,
                    context.getBean(LoginSettings.class),
                    context.getEnvironment().getProperty("portal.address", address));
        }
    }

    static Report of(String id, LoginSettings settings, String address) {
        Provider provider = settings.providers().get(id);
        if (provider == null) {
            throw new CannotStart("There is no provider " + id + "; there are "
                    + String.join(", ", settings.providers().keySet()) + ".");
        }
        return new ProviderCheck(id, provider, new Providers(settings, Clock.systemUTC()), address).report();
    }

    private ProviderCheck(String id, Provider provider, Providers providers, String address) {
        this.id = id;
        this.provider = provider;
        this.providers = providers;
        this.callback = address.replaceAll("/+$", "") + IssuerCheck.CALLBACK + id;
    }

    private Report report() {
        lines.add("Provider " + id + ", " + provider.issuer());
        say("settings", "can work");
        say("redirect URI", callback + " must be registered there");
        ClientRegistration registration = lookedUp();
        if (registration != null) {
            ClientProof proof = providers.checked(registration).proof();
            say("client", provider.client().id() + ", " + proof.describe());
            JWK key = proof.publicKey();
            if (key != null) {
                say("public key", key.toJSONString());
            }
            keys();
            announced(registration.getProviderDetails().getConfigurationMetadata());
            pushed(registration);
            known(registration, proof);
        }
        lines.add(
                wrong == 0
                        ? "Nothing is wrong as far as can be seen without a person. Sign in once to see the rest."
                        : "It cannot be used like this.");
        return new Report(List.copyOf(lines), wrong == 0);
    }

    private @Nullable ClientRegistration lookedUp() {
        try {
            ClientRegistration registration = providers.lookup(id).registration();
            say(
                    "discovery",
                    provider.endpoints().suffice()
                            ? "is not needed, as its addresses are in the settings"
                            : Lookup.discovery(provider.issuer()) + " answers, and is of this issuer");
            ClientRegistration.ProviderDetails there = registration.getProviderDetails();
            say("authorization", there.getAuthorizationUri());
            say("token", there.getTokenUri());
            say(
                    "userinfo",
                    Objects.toString(there.getUserInfoEndpoint().getUri(), "none: claims are taken from the id_token"));
            say(
                    "sign-out",
                    Objects.toString(
                            there.getConfigurationMetadata().get("end_session_endpoint"),
                            "none: people are signed out of the portal alone"));
            return registration;
        } catch (OAuth2AuthenticationException failure) {
            bad("discovery", Lookup.discovery(provider.issuer()) + ": " + reason(failure.getCause()));
            return null;
        }
    }

    private void keys() {
        try {
            List<JWK> keys = providers.lookup(id).publicKeys();
            keys.forEach(key -> say(
                    "key",
                    key.getKeyType() + " " + Objects.toString(key.getAlgorithm(), "for any algorithm") + ", "
                            + Objects.toString(key.getKeyID(), "without id")));
            if (keys.stream().noneMatch(this::isUsable)) {
                bad(
                        "keys",
                        "none of " + keys.size() + " goes with " + String.join(", ", provider.algorithms())
                                + "; algorithms must name what the provider signs with");
            }
        } catch (KeySourceException failure) {
            bad("keys", reason(failure));
        }
    }

    private boolean isUsable(JWK key) {
        return provider.algorithms().stream()
                .anyMatch(algorithm -> key.getAlgorithm() == null
                        ? key.getKeyType().getValue().equals(algorithm.startsWith("ES") ? "EC" : "RSA")
                        : key.getAlgorithm().getName().equals(algorithm));
    }

    /** A provider need not announce what it can do, so that these are hints. */
    private void announced(Map<String, Object> metadata) {
        compare(metadata, "id_token_signing_alg_values_supported", List.copyOf(provider.algorithms()), false);
        compare(metadata, "scopes_supported", provider.scopes(), true);
        provider.acr().forEach((_, values) -> compare(metadata, "acr_values_supported", values, true));
        compare(
                metadata,
                "token_endpoint_auth_methods_supported",
                List.of(provider.client().method().name().toLowerCase(Locale.ROOT)),
                true);
        compare(metadata, "code_challenge_methods_supported", List.of("S256"), true);
        if (provider.claims() != null && Boolean.FALSE.equals(metadata.get("claims_parameter_supported"))) {
            say("hint", "it announces that it does not heed the claims parameter");
        }
        if (Boolean.TRUE.equals(metadata.get("require_pushed_authorization_requests")) && provider.par() == Par.NEVER) {
            bad("par", "it takes pushed requests alone; par: never cannot work");
        }
        List<String> dropped = provider.asked().stream()
                .filter(claim -> Claims.attribute(claim, provider.claimMapping()) == null)
                .toList();
        if (!dropped.isEmpty()) {
            say(
                    "hint",
                    "claims asks for " + String.join(", ", dropped)
                            + ", which the portal does not keep; leave it away");
        }
    }

    private void compare(Map<String, Object> metadata, String name, List<String> ours, boolean all) {
        if (!(metadata.get(name) instanceof List<?> theirs)) {
            return;
        }
        List<String> missing =
                ours.stream().filter(one -> !theirs.contains(one)).toList();
        if (all ? !missing.isEmpty() : missing.size() == ours.size() && !ours.isEmpty()) {
            say("hint", "it announces " + name + " " + theirs + ", without " + String.join(", ", missing));
        }
    }

    private void pushed(ClientRegistration registration) {
        OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(registration.getProviderDetails().getAuthorizationUri())
                .clientId(registration.getClientId())
                .redirectUri(callback)
                .scopes(registration.getScopes())
                .state(UUID.randomUUID().toString())
                .additionalParameters(all -> {
                    all.putAll(Departures.wishes(provider, Errand.signIn("en"), false));
                    all.put("nonce", UUID.randomUUID().toString());
                    // RFC 7636, appendix B
                    all.put("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
                    all.put("code_challenge_method", "S256");
                })
                .build();
        try {
            boolean same = new PushedRequests(providers).push(request, registration) == request;
            say("pushed requests", same ? "are not used" : "are taken");
        } catch (OAuth2AuthenticationException failure) {
            bad(
                    "pushed requests",
                    failure.getCause() instanceof RestClientResponseException refused
                            ? "are refused: " + described(refused)
                            : failure.getCause() == null
                                    ? "no address is announced, and par is always"
                                    : reason(failure.getCause()));
        }
    }

    /** With a code that does not exist: a provider that says so has accepted the client. */
    private void known(ClientRegistration registration, ClientProof proof) {
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.set("grant_type", "authorization_code");
        form.set("code", UUID.randomUUID().toString());
        form.set("redirect_uri", callback);
        form.set("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        HttpHeaders headers = new HttpHeaders();
        proof.addTo(headers);
        proof.addTo(form, registration);
        try {
            providers
                    .http()
                    .post()
                    .uri(registration.getProviderDetails().getTokenUri())
                    .headers(all -> all.addAll(headers))
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .accept(MediaType.APPLICATION_JSON)
                    .body(form)
                    .retrieve()
                    .toBodilessEntity();
            say("client", "the token endpoint took a code that does not exist, which says nothing");
        } catch (RestClientResponseException refused) {
            String error = PushedRequests.error(refused);
            if ("invalid_grant".equals(error)) {
                say("client", "the token endpoint knows it and accepts its proof");
            } else {
                bad("client", "the token endpoint refuses it: " + described(refused));
            }
        } catch (ResourceAccessException failure) {
            bad("client", "the token endpoint: " + reason(failure));
        }
    }

    private static String described(RestClientResponseException refused) {
        return "status " + refused.getStatusCode().value() + ", "
                + Objects.toString(PushedRequests.error(refused), "without an error code");
    }

    /** The innermost that has something to say. */
    private static String reason(@Nullable Throwable failure) {
        Throwable innermost = Objects.requireNonNull(failure);
        while (innermost.getCause() != null && innermost.getCause().getMessage() != null) {
            innermost = innermost.getCause();
        }
        String kind = innermost.getClass().getSimpleName();
        return innermost.getMessage() == null ? kind : innermost.getMessage() + " (" + kind + ")";
    }

    private void say(String what, @Nullable String line) {
        lines.add("  " + what + ": " + line);
    }

    private void bad(String what, String line) {
        wrong++;
        lines.add("  WRONG " + what + ": " + line);
    }
}
