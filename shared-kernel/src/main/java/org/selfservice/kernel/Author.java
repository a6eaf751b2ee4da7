package org.selfservice.kernel;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who caused a message, in which role, for whom, through which door and on which evidence. Travels as message metadata
 * and is stored with every event.
 *
 * @param actor a registrant's id, a staff member's login name, a machine client's id, or {@code portal} for processes
 * @param name the name under which staff see each other; never a registrant's
 * @param onBehalfOf the registrant for whom an officer or a delegate acts
 * @param evidence how the actor was authenticated, or, beside an officer, the person who is helped; null for processes
 * @param correlation the same for everything that one request caused
 * @param confirmation version of the text with which the person beside an officer agreed after everything was read back to
 *     them; null where nothing needs that
 */
public record Author(
        String actor,
        @Nullable String name,
        Role role,
        @Nullable String onBehalfOf,
        Channel channel,
        @Nullable Evidence evidence,
        String correlation,
        @Nullable String confirmation) {

    public Author(
            String actor,
            @Nullable String name,
            Role role,
            @Nullable String onBehalfOf,
            Channel channel,
            @Nullable Evidence evidence,
            String correlation) {
        this(actor, name, role, onBehalfOf, channel, evidence, correlation, null);
    }

    /** The same, after the person for whom an officer acts agreed. */
    public Author confirmed(String version) {
        return new Author(actor, name, role, onBehalfOf, channel, evidence, correlation, version);
    }

    /** The portal itself, when a deadline or a process acts. */
    public static Author portal(String correlation) {
        return new Author("portal", null, Role.PORTAL, null, Channel.PROCESS, null, correlation);
    }

    public enum Role {
        REGISTRANT,
        /** Another person, whom a registrant lets act for them. */
        DELEGATE,
        OFFICER,
        REVIEWER,
        PROGRAM_ADMIN,
        AUDITOR,
        ANALYST,
        MACHINE,
        PORTAL
    }

    public enum Channel {
        WEB,
        API,
        ASSISTED,
        PROCESS
    }

    /** How sure a login makes that it is the person, lowest first. Which acr counts for what is a provider's configuration. */
    public enum Assurance {
        BASIC,
        STRONG
    }

    /**
     * What the identity provider said about the login: OpenID Connect Core 1.0, section 2 (iss, acr, auth_time).
     *
     * @param assurance what the acr counts for, as its values differ from provider to provider
     */
    public record Evidence(
            String issuer, @Nullable String acr, @Nullable Instant authTime, Assurance assurance) {

        /** One that nobody says more of. */
        public Evidence(String issuer, @Nullable String acr, @Nullable Instant authTime) {
            this(issuer, acr, authTime, Assurance.BASIC);
        }
    }

    /** As message metadata: strings only, so that every bus and store carries them alike. */
    public Map<String, String> toMetaData() {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("actor", actor);
        data.put("role", role.name());
        data.put("channel", channel.name());
        data.put("correlation", correlation);
        put(data, "actorName", name);
        put(data, "onBehalfOf", onBehalfOf);
        put(data, "confirmation", confirmation);
        if (evidence != null) {
            data.put("evidence.iss", evidence.issuer());
            put(data, "evidence.acr", evidence.acr());
            put(
                    data,
                    "evidence.auth_time",
                    evidence.authTime() == null ? null : evidence.authTime().toString());
            data.put("evidence.assurance", evidence.assurance().name());
        }
        return data;
    }

    public static Author from(Map<String, ?> data) {
        String issuer = text(data, "evidence.iss");
        String authTime = text(data, "evidence.auth_time");
        String assurance = text(data, "evidence.assurance");
        return new Author(
                required(data, "actor"),
                text(data, "actorName"),
                Role.valueOf(required(data, "role")),
                text(data, "onBehalfOf"),
                Channel.valueOf(required(data, "channel")),
                issuer == null
                        ? null
                        : new Evidence(
                                issuer,
                                text(data, "evidence.acr"),
                                authTime == null ? null : Instant.parse(authTime),
                                assurance == null ? Assurance.BASIC : Assurance.valueOf(assurance)),
                required(data, "correlation"),
                text(data, "confirmation"));
    }

    private static void put(Map<String, String> data, String key, @Nullable String value) {
        if (value != null) {
            data.put(key, value);
        }
    }

    private static @Nullable String text(Map<String, ?> data, String key) {
        Object value = data.get(key);
        return value == null ? null : value.toString();
    }

    private static String required(Map<String, ?> data, String key) {
        String value = text(data, key);
        if (value == null) {
            throw new IllegalArgumentException("message metadata lacks " + key);
        }
        return value;
    }
}
