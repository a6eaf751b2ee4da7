package org.selfservice.idp;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;

/**
 * How to run a demo provider.
 *
 * @param port 0 = any free port
 * @param bindAddress loopback unless changed
 * @param issuer the address that browsers and clients use; absent = {@code http://localhost:<port>}
 * @param keyFile where the signing keys are kept, so that tokens outlive a restart; absent = new keys at each start
 * @param subjectSecret what the subjects are derived with: same secret, same subjects
 * @param clock what one-time codes expire by
 * @param esignet whether the server has eSignet's addresses and announces what eSignet announces
 */
public record Settings(
        int port,
        String bindAddress,
        @Nullable URI issuer,
        @Nullable Path keyFile,
        String subjectSecret,
        Clock clock,
        boolean esignet,
        List<Client> clients) {

    public Settings {
        clients = List.copyOf(clients);
    }

    public static Settings of(Client... clients) {
        return new Settings(
                0,
                "127.0.0.1",
                null,
                null,
                "subjects of the demo provider",
                Clock.systemUTC(),
                false,
                List.of(clients));
    }

    /**
     * The clients of a portal at this address: {@code portal-national}, {@code portal-farmer} and
     * {@code portal-staff}, which come back to {@code /login/oauth2/code/national}, {@code farmer} and {@code staff};
     * {@code portal-assisted}, for people beside an officer, which may ask for any factor and comes back to
     * {@code assisted}; and {@code portal-api} for other systems. The secret of each is its id followed by
     * {@code -secret}.
     */
    public static Settings forPortal(URI portal) {
        String base = portal.toString().replaceAll("/+$", "");
        return of(
                user("portal-national", IdSystem.NATIONAL, base, "national")
                        .accepting(Factor.ONE_TIME_CODE, Factor.BIOMETRICS, Factor.WALLET),
                user("portal-farmer", IdSystem.FARMER, base, "farmer"),
                user("portal-staff", IdSystem.STAFF, base, "staff"),
                user("portal-assisted", IdSystem.NATIONAL, base, "assisted")
                        .accepting(Factor.ONE_TIME_CODE, Factor.BIOMETRICS, Factor.WALLET),
                Client.machine(
                                "portal-api",
                                "read",
                                "programs:write",
                                "cases:write",
                                "enrolments:write",
                                "analytics",
                                "audit")
                        .secret("portal-api-secret"));
    }

    Client client(String id) {
        return clients.stream()
                .filter(client -> client.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No client " + id));
    }

    /** Each service by its name, with its address. */
    public Map<String, URI> services() {
        Map<String, URI> services = new LinkedHashMap<>();
        clients.forEach(client -> client.home().ifPresent(home -> services.putIfAbsent(client.name, home)));
        return services;
    }

    private static Client user(String id, IdSystem system, String base, String registration) {
        return Client.of(id, system, URI.create(base + "/login/oauth2/code/" + registration))
                .afterLogout(URI.create(base), URI.create(base + "/"))
                .secret(id + "-secret");
    }

    public Settings withPort(int port) {
        return new Settings(port, bindAddress, issuer, keyFile, subjectSecret, clock, esignet, clients);
    }

    public Settings withBindAddress(String address) {
        return new Settings(port, address, issuer, keyFile, subjectSecret, clock, esignet, clients);
    }

    public Settings withIssuer(URI issuer) {
        return new Settings(port, bindAddress, issuer, keyFile, subjectSecret, clock, esignet, clients);
    }

    public Settings withKeyFile(Path keyFile) {
        return new Settings(port, bindAddress, issuer, keyFile, subjectSecret, clock, esignet, clients);
    }

    public Settings withSubjectSecret(String secret) {
        return new Settings(port, bindAddress, issuer, keyFile, secret, clock, esignet, clients);
    }

    public Settings withClock(Clock clock) {
        return new Settings(port, bindAddress, issuer, keyFile, subjectSecret, clock, esignet, clients);
    }

    /**
     * As eSignet 1.8: its addresses; no sign-out, no revocation; keys as private clients' proof alone; published keys
     * with certificates and without algorithms; errors of the token endpoint always with status 400.
     */
    public Settings likeEsignet() {
        return new Settings(port, bindAddress, issuer, keyFile, subjectSecret, clock, true, clients);
    }

    AuthorizationServerSettings addresses() {
        AuthorizationServerSettings.Builder addresses = AuthorizationServerSettings.builder()
                .issuer(Objects.requireNonNull(issuer).toString());
        if (esignet)
            addresses
                    .authorizationEndpoint("/authorize")
                    .tokenEndpoint("/v1/esignet/oauth/v2/token")
                    .pushedAuthorizationRequestEndpoint("/v1/esignet/oauth/par")
                    .oidcUserInfoEndpoint("/v1/esignet/oidc/userinfo")
                    .jwkSetEndpoint("/.well-known/jwks.json");
        return addresses.build();
    }
}
