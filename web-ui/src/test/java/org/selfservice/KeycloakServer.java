package org.selfservice;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keycloak as it is distributed, with the realms that the documentation ships. */
final class KeycloakServer implements AutoCloseable {
    static final String SECRET = "secret-of-people";
    static final String STAFF_SECRET = "secret-of-staff";

    private static final Path REALMS = Path.of("..", "docs", "sign-in");
    /** The first start builds the server and makes its database. */
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI address;
    private final Process server;

    /**
     * @param folder where the distribution was unpacked
     * @param portal where people come back to
     */
    KeycloakServer(Path folder, URI portal, int port, int managementPort) throws IOException {
        address = URI.create("http://localhost:" + port);
        Path realms = Files.createDirectories(folder.resolve("data").resolve("import"));
        // Keycloak wants each in a file that is called as the realm is
        for (String realm : List.of("realm.json", "staff-realm.json")) {
            Files.copy(
                    REALMS.resolve("keycloak-" + realm),
                    realms.resolve("portal-" + realm),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder process = new ProcessBuilder(
                "sh",
                folder.resolve("bin").resolve("kc.sh").toAbsolutePath().toString(),
                "start-dev",
                "--import-realm",
                "--db=dev-mem",
                "--cache=local",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=" + address,
                "--http-management-host=127.0.0.1",
                "--http-management-port=" + managementPort);
        process.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "PORTAL_ADDRESS",
                        portal.toString(),
                        "PORTAL_BACK_CHANNEL",
                        portal.toString(),
                        "PORTAL_SECRET",
                        SECRET,
                        "PORTAL_STAFF_SECRET",
                        STAFF_SECRET,
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        "boss",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        "boss-secret"));
        server = process.redirectErrorStream(true)
                .redirectOutput(Path.of("target", "keycloak.log").toFile())
                .start();
    }

    String issuer() {
        return address + "/realms/portal";
    }

    String staffIssuer() {
        return address + "/realms/portal-staff";
    }

    void awaitStart() {
        Awaitility.await()
                .atMost(STARTS_WITHIN)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    if (!server.isAlive()) {
                        throw new AssertionError("Keycloak ended; target/keycloak.log says why");
                    }
                    return get("/realms/portal/.well-known/openid-configuration", "")
                                    .statusCode()
                            == 200;
                });
    }

    /** As an administrator of Keycloak does: all sessions of this person end, and whoever relies on them is told. */
    void endSessionsOf(String username) throws IOException, InterruptedException {
        JsonNode found = JsonMapper.shared()
                .readTree(get("/admin/realms/portal/users?exact=true&username=" + username, token())
                        .body());
        String id = found.get(0).get("id").asString();
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address.resolve("/admin/realms/portal/users/" + id + "/logout"))
                        .header("Authorization", "Bearer " + token())
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 204) {
            throw new AssertionError("Keycloak answered " + answer.statusCode() + " " + answer.body());
        }
    }

    private String token() throws IOException, InterruptedException {
        String form = Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        "boss",
                        "password",
                        "boss-secret")
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address.resolve("/realms/master/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JsonMapper.shared().readTree(answer.body()).get("access_token").asString();
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(20));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.descendants().forEach(ProcessHandle::destroy);
        server.destroy();
        server.onExit()
                .orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
                .exceptionally(_ -> server.destroyForcibly())
                .join();
    }
}
