package org.selfservice.web.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID provider that lets everybody in at once, as the same person. It behaves, until a test says how it does not: each
 * part of its answers can be made wrong.
 */
final class RogueProvider implements AutoCloseable {
    static final String SUBJECT = "rogue-subject";
    static final String NAME = "Rosalind Rogueson";

    /** A request as it arrived. */
    record Call(String method, Map<String, String> headers, Map<String, String> form) {}

    record Reply(int status, String type, byte[] body) {
        static Reply json(int status, Object body) {
            return new Reply(
                    status,
                    "application/json",
                    JsonMapper.shared().writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
        }

        static Reply text(int status, String type, String body) {
            return new Reply(status, type, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What a browser that was sent here asked for. */
    record Request(Map<String, String> parameters) {
        String get(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final Map<String, Request> codes = new ConcurrentHashMap<>();
    private final Map<String, Request> pushed = new ConcurrentHashMap<>();
    private final Map<String, List<Call>> calls = new ConcurrentHashMap<>();
    final URI issuer;
    final RSAKey key = rsa("rogue-1");

    // the switches; each is put back by behave()
    /** Of the discovery document. */
    volatile Consumer<Map<String, Object>> metadata;
    /** Of what the browser brings back, given what it was sent with. */
    volatile BiConsumer<Request, Map<String, String>> callback;

    volatile Consumer<JWTClaimsSet.Builder> idToken;
    volatile Function<JWTClaimsSet, String> signature;
    volatile Consumer<Map<String, Object>> person;
    volatile List<JWK> published;
    volatile boolean checksPkce;
    /** What stands instead of the proper answer, by path. */
    final Map<String, Function<Call, Reply>> instead = new ConcurrentHashMap<>();
    /** Milliseconds that an answer takes, by path. */
    final Map<String, Long> delays = new ConcurrentHashMap<>();

    /** @param port 0 for any that is free */
    RogueProvider(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException cannot) {
            throw new AssertionError(cannot);
        }
        issuer = URI.create("http://localhost:" + server.getAddress().getPort());
        behave();
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            } catch (IOException gone) {
                // whoever asked did not wait
            }
        });
        server.start();
    }

    void behave() {
        metadata = all -> {};
        callback = (request, all) -> {};
        idToken = all -> {};
        signature = claims -> signed(claims, "RS256", key);
        person = all -> {};
        published = List.of(key.toPublicJWK());
        checksPkce = true;
        instead.clear();
        delays.clear();
        calls.clear();
    }

    List<Call> calls(String path) {
        return calls.getOrDefault(path, List.of());
    }

    Call last(String path) {
        return calls(path).getLast();
    }

    int port() {
        return server.getAddress().getPort();
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    static String signed(JWTClaimsSet claims, String algorithm, JWK key) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(new JWSAlgorithm(algorithm))
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new DefaultJWSSignerFactory()
                    .createJWSSigner(key, token.getHeader().getAlgorithm()));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The claims of a signed userinfo. */
    JWTClaimsSet userInfo(String client) {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder().issuer(issuer.toString()).audience(client);
        person().forEach(claims::claim);
        return claims.build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String sent = exchange.getRequestMethod().equals("POST")
                ? new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                : Objects.toString(exchange.getRequestURI().getRawQuery(), "");
        Call call = new Call(exchange.getRequestMethod(), headers, form(sent));
        calls.computeIfAbsent(path, any -> new CopyOnWriteArrayList<>()).add(call);
        Function<Call, Reply> wrong = instead.get(path);
        Reply reply = wrong != null ? wrong.apply(call) : proper(path, call, exchange);
        Long delay = delays.get(path);
        exchange.getResponseHeaders().set("Content-Type", reply.type());
        if (reply.status() / 100 == 3) {
            exchange.getResponseHeaders().set("Location", new String(reply.body(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), reply.body().length);
        try (OutputStream out = exchange.getResponseBody()) {
            if (delay != null) {
                trickle(out, reply.body(), delay);
            } else {
                out.write(reply.body());
            }
        }
    }

    /** One byte at once, the others evenly over the time. */
    private static void trickle(OutputStream out, byte[] body, long milliseconds) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        for (byte one : body) {
            out.write(one);
            out.flush();
            try {
                never.await(Math.max(1, milliseconds / body.length), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private Reply proper(String path, Call call, HttpExchange exchange) {
        return switch (path) {
            case "/.well-known/openid-configuration" -> Reply.json(200, configuration());
            case "/jwks" -> Reply.text(200, "application/json", new JWKSet(published).toString());
            case "/par" -> {
                String reference = "urn:rogue:" + UUID.randomUUID();
                pushed.put(reference, new Request(call.form()));
                yield Reply.json(201, Map.of("request_uri", reference, "expires_in", 60));
            }
            case "/authorize" -> authorize(call);
            case "/token" -> token(call);
            case "/userinfo" -> Reply.json(200, person());
            default -> Reply.text(404, "text/plain", "nothing here");
        };
    }

    private Map<String, Object> configuration() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("issuer", issuer.toString());
        for (String name : List.of("authorization", "token", "userinfo")) {
            all.put(name + "_endpoint", issuer + "/" + name.replace("authorization", "authorize"));
        }
        all.put("jwks_uri", issuer + "/jwks");
        metadata.accept(all);
        return all;
    }

    private Reply authorize(Call call) {
        Request request = pushed.getOrDefault(call.form().getOrDefault("request_uri", ""), new Request(call.form()));
        String code = UUID.randomUUID().toString();
        codes.put(code, request);
        Map<String, String> back = new LinkedHashMap<>();
        back.put("code", code);
        back.put("state", request.get("state"));
        callback.accept(request, back);
        String query = back.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return Reply.text(302, "text/plain", request.get("redirect_uri") + "?" + query);
    }

    private Reply token(Call call) {
        Request request = codes.remove(call.form().getOrDefault("code", ""));
        if (request == null
                || checksPkce && !challenge(call.form().get("code_verifier")).equals(request.get("code_challenge"))) {
            return Reply.json(400, Map.of("error", "invalid_grant"));
        }
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer.toString())
                .subject(SUBJECT)
                .audience(request.get("client_id"))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(600)))
                .claim("auth_time", now.getEpochSecond())
                .claim("nonce", request.get("nonce"));
        idToken.accept(claims);
        return Reply.json(
                200,
                Map.of(
                        "access_token",
                        UUID.randomUUID().toString(),
                        "token_type",
                        "Bearer",
                        "expires_in",
                        600,
                        "id_token",
                        signature.apply(claims.build())));
    }

    private Map<String, Object> person() {
        Map<String, Object> claims = new LinkedHashMap<>(Map.of("sub", SUBJECT, "name", NAME));
        person.accept(claims);
        return claims;
    }

    static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(Objects.toString(verifier, "").getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String pair : new ArrayList<>(List.of(text.split("&")))) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                all.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
