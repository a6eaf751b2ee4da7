package org.selfservice.idp;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
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
 * A relying party. It has either a secret or public keys (then it authenticates with {@code private_key_jwt}, by RS256,
 * PS256 or ES256 as its keys say).
 * Addresses on this machine ({@code localhost}, {@code 127.0.0.1}) match on any port, as RFC 8252 section 7.3 has it.
 */
public final class Client {
    final String id;
    final IdSystem system;
    String name = "Self-Service Portal";
    String sector = "self-service-portal";
    boolean signedUserInfo;

    @Nullable
    RSAKey userInfoKey;

    Set<Factor> factors = Set.of(Factor.ONE_TIME_CODE);
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private @Nullable Set<String> claims;
    private @Nullable String secret;
    private @Nullable JWKSource<SecurityContext> keys;
    private boolean proofKey = true;
    private final List<String> redirects = new ArrayList<>();
    private final List<String> afterLogout = new ArrayList<>();
    private Set<String> scopes = Set.of("openid", "profile", "email", "phone", "address");
    private SignatureAlgorithm idTokenAlgorithm = SignatureAlgorithm.RS256;

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
        try {
            this.keys = JWKSourceBuilder.create(jwkSet.toURL()).build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
        return this;
    }

    /** The client's public keys themselves: a JWK set as JSON text. */
    public Client publicKeys(String jwkSet) {
        try {
            this.keys = new ImmutableJWKSet<>(JWKSet.parse(jwkSet));
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
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

    /** Userinfo comes signed, and encrypted for this public key of the client's: an RSA key as JSON text. */
    public Client encryptedUserInfo(String jwk) {
        try {
            this.userInfoKey = RSAKey.parse(jwk);
        } catch (ParseException e) {
            throw new IllegalArgumentException(e);
        }
        return signedUserInfo();
    }

    /** PKCE is checked when the client uses it, and not demanded. */
    public Client proofKeyOptional() {
        this.proofKey = false;
        return this;
    }

    /** The only claims that the client may ask for; others are left out without a word. */
    public Client knowing(String... claims) {
        this.claims = Set.of(claims);
        return this;
    }

    public Client with(Trait... traits) {
        this.traits.addAll(List.of(traits));
        return this;
    }

    public Client without(Trait... traits) {
        this.traits.removeAll(List.of(traits));
        return this;
    }

    /** All that a client meets at eSignet 1.8. The server's own ways are in {@link Settings#likeEsignet()}. */
    public Client likeEsignet() {
        return with(Trait.values())
                .idTokensSignedWith("PS256")
                .signedUserInfo()
                .proofKeyOptional()
                .accepting(Factor.ONE_TIME_CODE, Factor.WALLET, Factor.BIOMETRICS);
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    boolean mayKnow(String claim) {
        return claims == null || claims.contains(claim);
    }

    JWKSource<SecurityContext> keys() {
        return Objects.requireNonNull(keys);
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

    RegisteredClient registered() {
        RegisteredClient.Builder client =
                RegisteredClient.withId(id).clientId(id).clientName(name);
        ClientSettings.Builder settings = ClientSettings.builder().requireProofKey(proofKey);
        if (secret != null) {
            client.clientSecret(secret)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        } else {
            client.clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
            // says no more than that it is a key: which algorithms it may have is known where it is checked
            settings.tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.RS256);
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
                        .accessTokenTimeToLive(Duration.ofMinutes(has(Trait.LEAN_TOKENS) ? 60 : 5))
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
