package org.selfservice.idp;

import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
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
    /** How long a client that is short of time leaves a person to prove who they are, and then to agree. */
    private static final Duration TO_PROVE = Duration.ofMinutes(5);

    private static final Duration TO_AGREE = Duration.ofMinutes(2);
    private static final int KEPT_PER_BROWSER = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    final String id = random();
    final Client client;
    final Request request;
    OneTimeCodes.@Nullable Challenge challenge;
    int codesSent;
    int linksShown;
    private Instant since;
    private @Nullable Person person;
    private @Nullable String typed;
    private @Nullable Factor chosen;
    private volatile @Nullable Factor proven;
    private @Nullable Authentication result;

    /**
     * What the client asked for.
     *
     * @param resume the address that makes the authorization endpoint look at this request again
     * @param pushed whether it came beforehand
     * @param parameters those beyond OAuth's own, such as {@code claims}
     */
    record Request(
            String resume,
            boolean pushed,
            String redirectUri,
            @Nullable String state,
            String scope,
            Map<String, Object> parameters) {

        String parameter(String name) {
            return parameters.getOrDefault(name, "").toString();
        }
    }

    SignIn(Client client, Request request, Instant now) {
        this.client = client;
        this.request = request;
        this.since = now;
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

    void typed(String number) {
        this.typed = Directory.normalised(number);
    }

    /** The number that the person gave as theirs: for some clients just as it was typed. */
    Object number(Person person) {
        return client.has(Trait.NUMBER_AS_TYPED) && typed != null ? typed : idOf(person);
    }

    /** The factor that the person chose, or that the client wishes for most and may have. */
    public Factor wished() {
        Factor now = chosen;
        return now != null ? now : ways().getFirst();
    }

    /** What the person may prove themselves by, besides what is open. */
    public List<Factor> others() {
        return client.has(Trait.WAYS_TO_CHOOSE)
                ? ways().stream().filter(way -> way != wished()).toList()
                : List.of();
    }

    /** Whether a code may stand in for a device. */
    public boolean mayHaveCode() {
        return !client.has(Trait.WAYS_TO_CHOOSE) || ways().contains(Factor.ONE_TIME_CODE);
    }

    void choose(Factor way) {
        if (ways().contains(way)) chosen = way;
    }

    private List<Factor> ways() {
        List<Factor> asked = Consent.acrs(request).stream()
                .flatMap(acr -> Factor.of(acr).stream())
                .filter(client.factors::contains)
                .distinct()
                .toList();
        if (!asked.isEmpty()) return asked;
        return client.has(Trait.WAYS_TO_CHOOSE)
                ? Stream.of(Factor.values()).filter(client.factors::contains).toList()
                : List.of(Factor.ONE_TIME_CODE);
    }

    void proven(Factor factor, Instant now) {
        this.challenge = null;
        this.since = now;
        this.proven = factor;
    }

    boolean isTooLate(Instant now) {
        return client.has(Trait.SHORT_OF_TIME)
                && since.plus(proven == null ? TO_PROVE : TO_AGREE).isBefore(now);
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
        return request.resume() + "&signIn=" + id;
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

    static String random() {
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
