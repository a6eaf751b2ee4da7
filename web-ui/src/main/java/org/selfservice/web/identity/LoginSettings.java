package org.selfservice.web.identity;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author.Assurance;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.web.identity.LoginSettings.Way.Kind;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may vouch for people, and for how long that is good. {@code docs/sign-in.md} describes every setting;
 * {@link SettingsCheck} refuses what cannot work.
 *
 * @param providers by id, in the order of the sign-in page
 * @param idle a session that was not used for so long is over
 * @param absolute every session is over after so long
 * @param attempt a sign-in that was begun must come back within this time
 * @param assistedIdle an officer who helps a person and does nothing for so long has stopped
 * @param assisted the longest that one login of a person beside an officer is good for
 * @param patience the longest that a provider's answer is waited for
 * @param api whose bearer tokens the REST endpoints take; absent for none
 */
@ConfigurationProperties(value = "portal.login", ignoreUnknownFields = false)
record LoginSettings(
        @DefaultValue Map<String, Provider> providers,
        @DefaultValue("30m") Duration idle,
        @DefaultValue("10h") Duration absolute,
        @DefaultValue("10m") Duration attempt,
        @DefaultValue("20m") Duration assistedIdle,
        @DefaultValue("3h") Duration assisted,
        @DefaultValue("10s") Duration patience,
        @Nullable Api api) {

    /** Among locales: the language in which the person reads the portal. */
    static final String PERSON = "person";

    /** @param audience when given, tokens must name it (RFC 7519, section 4.1.3) */
    record Api(URI issuer, @Nullable String audience) {}

    enum Audience {
        REGISTRANTS,
        STAFF
    }

    /** What a person is sent to the provider for. */
    enum Purpose {
        /** To sign in for themself. */
        SIGN_IN,
        /** Signed in already, to prove better or anew who they are before something that matters. */
        STEP_UP,
        /** Beside an officer, who stays signed in. */
        ASSISTED
    }

    /**
     * What one of the provider's acr values stands for: they differ from provider to provider.
     *
     * @param kind when an officer may choose it for the person beside them
     */
    record Way(
            String acr,
            @DefaultValue("BASIC") Assurance assurance,
            @Nullable Kind kind) {

        enum Kind {
            BIOMETRICS,
            ONE_TIME_CODE,
            /** Read by an app on the person's phone. */
            QR_CODE,
            PASSWORD
        }
    }

    /** How the portal proves to the provider that it is its client (OpenID Connect Core 1.0, section 9). */
    enum Authentication {
        PRIVATE_KEY_JWT,
        CLIENT_SECRET_BASIC,
        CLIENT_SECRET_POST,
        CLIENT_SECRET_JWT,
        /** Not at all: a public client, with PKCE alone. */
        NONE
    }

    /** For whom a signed assertion of the client is (RFC 7523, section 3). */
    enum AssertionAudience {
        TOKEN_ENDPOINT,
        ISSUER
    }

    /** Whether authorization requests are pushed (RFC 9126). */
    enum Par {
        ALWAYS,
        NEVER,
        WHEN_ANNOUNCED
    }

    /** Whether an answer must say whose it is (RFC 9207). Another issuer is refused in any case. */
    enum AnswerIssuer {
        ALWAYS,
        WHEN_ANNOUNCED
    }

    /** OpenID Connect Core 1.0, section 5.4, as far as the portal keeps it. */
    private static final Map<String, List<String>> BEHIND_SCOPES = Map.of(
            "profile", List.of("name", "given_name", "family_name", "birthdate", "gender"),
            "email", List.of("email"),
            "phone", List.of("phone_number"),
            "address", List.of("address"));

    /** What no log, no page and no exception shows. */
    record Secret(String text) {
        /** Public, so that settings can be read into it. */
        public Secret {}

        @Override
        public String toString() {
            return "[secret]";
        }
    }

    /**
     * A private key in a file: a JWK or JWK set, PEM, or PKCS#12.
     *
     * @param alias of the key in PKCS#12; needed when the file holds several
     * @param password of PKCS#12 or of an encrypted PEM key; or {@code passwordFile}
     * @param id the {@code kid} that the provider knows it by; otherwise the JWK's own, else its thumbprint (RFC 7638)
     */
    record Key(
            Path file,
            @Nullable String alias,
            @Nullable Secret password,
            @Nullable Path passwordFile,
            @Nullable String id) {}

    /**
     * The portal, as the provider knows it.
     *
     * @param authentication unless said, by {@code key} or by {@code secret}
     * @param secret or {@code secretFile}
     * @param algorithm of assertions: RS256, PS256 or ES256 with a key, HS256 with a secret; unless said, what the key is for
     */
    record Client(
            String id,
            @Nullable Authentication authentication,
            @Nullable Secret secret,
            @Nullable Path secretFile,
            @Nullable Key key,
            @Nullable String algorithm,
            @DefaultValue("TOKEN_ENDPOINT") AssertionAudience assertionAudience) {

        Authentication method() {
            if (authentication != null) {
                return authentication;
            }
            return key != null ? Authentication.PRIVATE_KEY_JWT : Authentication.CLIENT_SECRET_BASIC;
        }
    }

    /** Those that are given go before those that the provider announces. */
    record Endpoints(
            @Nullable URI authorization,
            @Nullable URI token,
            @Nullable URI userinfo,
            @Nullable URI jwks,
            @Nullable URI par,
            @Nullable URI endSession) {

        /** With these nothing needs to be looked up at the provider. */
        boolean suffice() {
            return authorization != null && token != null && jwks != null;
        }
    }

    /**
     * One OpenID Connect provider, or one way of using it: the same provider may stand here twice, with other demands.
     *
     * @param label what the ID is called, by language, as in "Sign in with National ID"
     * @param logo a picture beside the label
     * @param allowHttp whether addresses without TLS are taken, on hosts other than this one
     * @param claims the {@code claims} request parameter (OpenID Connect Core 1.0, section 5.5), as JSON
     * @param claimsLocales languages in which values are wanted; {@link #PERSON} for the person's
     * @param uiLocales languages of the provider's pages; {@link #PERSON} for the person's
     * @param acr by purpose: how the person must prove who they are; asked for in this order, and nothing else is taken
     * @param ways what the acr values stand for; one that is not listed counts as {@link Assurance#BASIC}
     * @param acrEssential whether it is also asked for as an essential claim, which some providers heed and {@code acr_values} not
     * @param prompt when a person signs in for themself; otherwise it is {@code login}
     * @param maxAge of an earlier login at the provider, when a person signs in for themself
     * @param algorithms of the id_token's and a signed userinfo's signature
     * @param decryptionKey of userinfo that is encrypted
     * @param claimMapping demographic attribute by the provider's claim, where their names differ
     * @param usernameClaim of staff: the name under which they act
     * @param rolesClaim of staff
     */
    record Provider(
            @DefaultValue("REGISTRANTS") Audience audience,
            @DefaultValue Map<String, String> label,
            @Nullable Path logo,
            @DefaultValue("FOUNDATIONAL") IdType idType,
            URI issuer,
            @DefaultValue Endpoints endpoints,
            @DefaultValue("false") boolean allowHttp,
            @DefaultValue Client client,
            @DefaultValue("openid") List<String> scopes,
            @Nullable String claims,
            @DefaultValue(PERSON) List<String> claimsLocales,
            @DefaultValue(PERSON) List<String> uiLocales,
            @DefaultValue Map<Purpose, List<String>> acr,
            @DefaultValue List<Way> ways,
            @DefaultValue("false") boolean acrEssential,
            @Nullable String prompt,
            @Nullable Duration maxAge,
            @DefaultValue("WHEN_ANNOUNCED") Par par,
            @DefaultValue("WHEN_ANNOUNCED") AnswerIssuer answerIssuer,
            @DefaultValue({"RS256", "PS256", "ES256"}) Set<String> algorithms,
            @Nullable Key decryptionKey,
            @DefaultValue Map<String, String> claimMapping,
            @DefaultValue("preferred_username") String usernameClaim,
            @DefaultValue("roles") String rolesClaim) {

        String label(Locale locale) {
            String text = label.get(locale.getLanguage());
            if (text == null) {
                text = label.get("en");
            }
            return text != null ? text : issuer.getHost();
        }

        /** The claims that userinfo is asked for, in the order of the request. */
        List<String> asked() {
            return claims == null
                    ? List.of()
                    : List.copyOf(JsonMapper.shared()
                            .readTree(claims)
                            .path("userinfo")
                            .propertyNames());
        }

        /** The claims that a person may be asked to share: those that are asked for by name, and those behind the scopes. */
        Set<String> shareable() {
            Set<String> all = new LinkedHashSet<>();
            scopes.forEach(scope -> all.addAll(BEHIND_SCOPES.getOrDefault(scope, List.of())));
            all.addAll(asked());
            return all;
        }

        /** How the person must prove who they are, best first; empty when the provider may choose. As for sign-in unless said. */
        List<String> acr(Purpose purpose) {
            return acr.getOrDefault(purpose, acr.getOrDefault(Purpose.SIGN_IN, List.of()));
        }

        /** The surest of the ways that were used: some providers name several, separated by spaces. */
        Assurance assurance(@Nullable String used) {
            List<String> all = used == null ? List.of() : List.of(used.split(" "));
            return ways.stream()
                    .filter(way -> all.contains(way.acr()))
                    .map(Way::assurance)
                    .max(Comparator.naturalOrder())
                    .orElse(Assurance.BASIC);
        }

        /** What to ask for when it must be that sure, best first; empty when the provider may choose, or has nothing. */
        List<String> proving(Purpose purpose, Assurance wanted) {
            List<String> asked = acr(purpose);
            if (wanted == Assurance.BASIC) {
                return asked;
            }
            return (asked.isEmpty() ? ways.stream().map(Way::acr).toList() : asked)
                    .stream()
                            .filter(one -> assurance(one).compareTo(wanted) >= 0)
                            .toList();
        }

        boolean canProve(Purpose purpose, Assurance wanted) {
            return wanted == Assurance.BASIC || !proving(purpose, wanted).isEmpty();
        }

        /** Among which an officer may choose for the person beside them, by acr; with fewer than two there is nothing to choose. */
        Map<Kind, String> choices() {
            Map<Kind, String> choices = new LinkedHashMap<>();
            acr(Purpose.ASSISTED)
                    .forEach(acr -> ways.stream()
                            .filter(way -> way.acr().equals(acr) && way.kind() != null)
                            .forEach(way -> choices.putIfAbsent(way.kind(), acr)));
            return choices.size() > 1 ? choices : Map.of();
        }

        /** Whether a way that is good enough was among those used: some providers name several, separated by spaces. */
        boolean satisfies(Purpose purpose, @Nullable String used) {
            List<String> demanded = acr(purpose);
            return demanded.isEmpty()
                    || used != null && Arrays.stream(used.split(" ")).anyMatch(demanded::contains);
        }
    }
}
