package org.selfservice.idp;

import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * One authorization request on its way through the pages. Each has its own person, code and consent, so two tabs do
 * not disturb each other, and none leaves anything behind that would sign a person in a second time.
 */
final class SignIn {
    private static final int KEPT_PER_BROWSER = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    final String id = random();
    final Client client;
    final Request request;
    OneTimeCodes.@Nullable Challenge challenge;
    int codesSent;
    private @Nullable Person person;
    private @Nullable Factor proven;
    private @Nullable Authentication result;

    /**
     * What the client asked for.
     *
     * @param resume the query that makes the authorization endpoint look at this request again
     * @param parameters those beyond OAuth's own, such as {@code claims}
     */
    record Request(
            String resume, String redirectUri, @Nullable String state, String scope, Map<String, Object> parameters) {

        String parameter(String name) {
            return parameters.getOrDefault(name, "").toString();
        }
    }

    SignIn(Client client, Request request) {
        this.client = client;
        this.request = request;
    }

    public String id() {
        return id;
    }

    public String clientName() {
        return client.name;
    }

    public IdSystem system() {
        return client.system;
    }

    /** The number that this person would type here. */
    public Object idOf(Person person) {
        return Objects.requireNonNull(person.claims().get(client.system.idClaim()));
    }

    Optional<Person> person() {
        return Optional.ofNullable(person);
    }

    void claimedBy(Person person) {
        this.person = person;
        this.proven = null;
    }

    /** The factor that the client wishes for most and may have. */
    public Factor wished() {
        return Stream.of(request.parameter("acr_values").split(" "))
                .flatMap(acr -> Factor.of(acr).stream())
                .filter(client.factors::contains)
                .findFirst()
                .orElse(Factor.ONE_TIME_CODE);
    }

    void proven(Factor factor) {
        this.proven = factor;
        this.challenge = null;
    }

    /** The person, once they have proved that it is them. */
    Optional<Person> provenPerson() {
        return proven != null ? person() : Optional.empty();
    }

    Factor factor() {
        return Objects.requireNonNull(proven);
    }

    void done(Authentication result) {
        this.result = result;
    }

    Optional<Authentication> result() {
        return Optional.ofNullable(result);
    }

    String resume() {
        return "/oauth2/authorize?" + request.resume() + "&signIn=" + id;
    }

    void keepIn(HttpSession session) {
        in(session).put(id, this);
    }

    void forget(HttpSession session) {
        in(session).remove(id);
    }

    static Optional<SignIn> find(@Nullable HttpSession session, @Nullable String id) {
        if (session == null || id == null) return Optional.empty();
        return Optional.ofNullable(in(session).get(id));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, SignIn> in(HttpSession session) {
        synchronized (session.getServletContext()) {
            var kept = (Map<String, SignIn>) session.getAttribute("signIns");
            if (kept == null) session.setAttribute("signIns", kept = Collections.synchronizedMap(new Newest()));
            return kept;
        }
    }

    private static String random() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static final class Newest extends LinkedHashMap<String, SignIn> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SignIn> eldest) {
            return size() > KEPT_PER_BROWSER;
        }
    }
}
