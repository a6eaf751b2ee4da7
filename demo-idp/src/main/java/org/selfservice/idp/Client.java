package org.selfservice.idp;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * A relying party. It has either a secret or public keys (then it authenticates with {@code private_key_jwt}).
 * Addresses on this machine ({@code localhost}, {@code 127.0.0.1}) match on any port, as RFC 8252 section 7.3 has it.
 */
public final class Client {
    final String id;
    final IdSystem system;
    String name = "Self-Service Portal";
    String sector = "self-service-portal";
    boolean signedUserInfo;

    @Nullable
    String publicKeys;

    Set<Factor> factors = Set.of(Factor.ONE_TIME_CODE);
    private @Nullable String secret;
    private @Nullable URI publicKeysAt;
    private final List<String> redirects = new ArrayList<>();
    private final List<String> afterLogout = new ArrayList<>();
    private Set<String> scopes = Set.of("openid", "profile", "email", "phone", "address");
    private SignatureAlgorithm idTokenAlgorithm = SignatureAlgorithm.RS256;
    private SignatureAlgorithm assertionAlgorithm = SignatureAlgorithm.RS256;

    private Client(String id, IdSystem system) {
        this.id = id;
        this.system = system;
    }

    /** A client whose users sign in, one by one, with an ID of this system. */
    public static Client of(String id, IdSystem system, URI... redirects) {
        Client client = new Client(id, system);
        for (URI redirect : redirects) client.redirects.add(redirect.toString());
        return client;
    }

    /** A system without users: it gets bearer tokens with these scopes ({@code client_credentials}). */
    public static Client machine(String id, String... scopes) {
        Client client = new Client(id, IdSystem.MACHINE);
        client.scopes = Set.of(scopes);
        return client;
    }

    /** The name that people read on the consent page. */
    public Client named(String name) {
        this.name = name;
        return this;
    }

    public Client secret(String secret) {
        this.secret = secret;
        return this;
    }

    /** Where the client publishes its public keys, as a JWK set. */
    public Client publicKeysAt(URI jwkSet) {
        this.publicKeysAt = jwkSet;
        return this;
    }

    /** The client's public keys themselves: a JWK set as JSON text. */
    public Client publicKeys(String jwkSet) {
        this.publicKeys = jwkSet;
        return this;
    }

    /** The algorithm of the client's own assertions: RS256 (default), PS256, ES256 ... */
    public Client signsWith(String algorithm) {
        this.assertionAlgorithm = algorithm(algorithm);
        return this;
    }

    /** The algorithm of the id_token: RS256 (default) or PS256. */
    public Client idTokensSignedWith(String algorithm) {
        this.idTokenAlgorithm = algorithm(algorithm);
        return this;
    }

    /** Userinfo comes as a signed JWT, as eSignet sends it, instead of JSON. */
    public Client signedUserInfo() {
        this.signedUserInfo = true;
        return this;
    }

    /** Clients of one sector see the same subject for a person, clients of another sector a different one. */
    public Client sector(String sector) {
        this.sector = sector;
        return this;
    }

    /** What {@code acr_values} may ask for; anything else ends in a one-time code. */
    public Client accepting(Factor... factors) {
        this.factors = Set.of(factors);
        return this;
    }

    public Client afterLogout(URI... addresses) {
        for (URI address : addresses) afterLogout.add(address.toString());
        return this;
    }

    /** The address of the service itself, for people who lost their way. */
    Optional<URI> home() {
        return redirects.stream()
                .findFirst()
                .map(redirect -> URI.create(redirect).resolve("/"));
    }

    List<String> afterLogout() {
        return afterLogout;
    }

    RegisteredClient registered(URI issuer) {
        RegisteredClient.Builder client =
                RegisteredClient.withId(id).clientId(id).clientName(name);
        ClientSettings.Builder settings = ClientSettings.builder().requireProofKey(true);
        if (secret != null) {
            client.clientSecret(secret)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        } else {
            URI keys = publicKeysAt != null ? publicKeysAt : URI.create(issuer + "/clients/" + id + "/jwks.json");
            client.clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
            settings.jwkSetUrl(keys.toString()).tokenEndpointAuthenticationSigningAlgorithm(assertionAlgorithm);
        }
        return client.authorizationGrantType(
                        system == IdSystem.MACHINE
                                ? AuthorizationGrantType.CLIENT_CREDENTIALS
                                : AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUris(all -> all.addAll(redirects))
                .postLogoutRedirectUris(all -> all.addAll(afterLogout))
                .scopes(all -> all.addAll(scopes))
                .clientSettings(settings.build())
                .tokenSettings(TokenSettings.builder()
                        .idTokenSignatureAlgorithm(idTokenAlgorithm)
                        .build())
                .build();
    }

    private static SignatureAlgorithm algorithm(String name) {
        SignatureAlgorithm algorithm = SignatureAlgorithm.from(name);
        if (algorithm == null) throw new IllegalArgumentException("Unknown signature algorithm " + name);
        return algorithm;
    }
}
