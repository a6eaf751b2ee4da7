package org.selfservice.web.identity;

import com.nimbusds.jose.jwk.JWK;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.CannotStart;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.web.identity.LoginSettings.Audience;
import org.selfservice.web.identity.LoginSettings.Endpoints;
import org.selfservice.web.identity.LoginSettings.Par;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.selfservice.web.identity.LoginSettings.Purpose;
import org.selfservice.web.identity.LoginSettings.Secret;
import org.selfservice.web.page.Language;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Refuses settings of a provider that cannot work: which one, why, and what would be right. */
final class SettingsCheck {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    /** Whoever knows the secret or the public key could make the others (RFC 8725, section 3.1). */
    private static final List<String> SIGNATURES =
            List.of("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512");

    private static final Set<String> PROMPTS = Set.of("login", "consent", "select_account");

    private static final Pattern UNSET = Pattern.compile("\\$\\{([^:}]+)}");

    private SettingsCheck() {}

    /** @throws CannotStart for the first setting that is wrong */
    static Checked of(String id, Provider provider, Clock clock) {
        try {
            return check(id, provider, clock);
        } catch (WrongSetting wrong) {
            throw new CannotStart("Provider " + id + ", " + wrong.setting() + ": " + wrong.getMessage() + ".");
        }
    }

    private static Checked check(String id, Provider provider, Clock clock) {
        if (!ID.matcher(id).matches()) {
            throw new WrongSetting(
                    "id", "it is part of addresses; up to 40 small letters, digits and hyphens are right");
        }
        unset("", provider);
        addresses(provider);
        if (isBlank(provider.client().id())) {
            throw new WrongSetting(
                    "client.id", "it is missing; give the client_id that the provider gave to the portal");
        }
        ClientProof proof = below("client", () -> new ClientProof(provider.client(), clock));
        request(provider);
        acr(provider);
        if (provider.algorithms().isEmpty()) {
            throw new WrongSetting("algorithms", "none is left; RS256, PS256 and ES256 are usual");
        }
        for (String algorithm : provider.algorithms()) {
            if (!SIGNATURES.contains(algorithm)) {
                throw new WrongSetting(
                        "algorithms",
                        algorithm
                                + " is not allowed; signatures with a public key are, such as RS256, PS256 and ES256");
            }
        }
        List<JWK> decryptionKeys = provider.decryptionKey() == null
                ? List.of()
                : below("decryption-key", () -> KeyFile.read(provider.decryptionKey()));
        mapping(provider.claimMapping());
        provider.label().forEach((language, text) -> {
            if (Language.of(Locale.forLanguageTag(language)).isEmpty() || text.isBlank()) {
                throw new WrongSetting(
                        "label." + language,
                        "it is blank or in no language of the portal; a text for one of these is right: "
                                + languages());
            }
        });
        if (provider.audience() == Audience.STAFF) {
            named("username-claim", provider.usernameClaim());
            named("roles-claim", provider.rolesClaim());
        }
        return new Checked(proof, decryptionKeys, provider.logo() == null ? null : Logo.read(provider.logo()));
    }

    /** A name of the environment that nobody knows stays in a setting as it is. */
    private static void unset(String setting, @Nullable Object value) {
        switch (value) {
            case null -> {
                // may be left away, or is looked at below
            }
            case Record settings
            when !(settings instanceof Secret) -> {
                for (RecordComponent one : settings.getClass().getRecordComponents()) {
                    String name = one.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
                    unset(setting.isEmpty() ? name : setting + "." + name, of(settings, one));
                }
            }
            case Map<?, ?> map -> map.forEach((key, one) -> unset(setting + "." + key, one));
            case Collection<?> all -> all.forEach(one -> unset(setting, one));
            default -> {
                Matcher name = UNSET.matcher(value instanceof Secret(String text) ? text : value.toString());
                if (name.find()) {
                    throw new WrongSetting(
                            setting,
                            "it is taken from " + name.group(1) + ", which is not set; set it in the environment");
                }
            }
        }
    }

    private static @Nullable Object of(Record settings, RecordComponent one) {
        try {
            return one.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void addresses(Provider provider) {
        URI issuer = provider.issuer();
        if (issuer == null) {
            throw new WrongSetting("issuer", "it is missing; give the address that the provider calls itself by");
        }
        address("issuer", issuer, provider.allowHttp());
        if (issuer.getRawQuery() != null || issuer.getRawFragment() != null) {
            throw new WrongSetting("issuer", issuer + " has a question mark or a hash; an issuer has neither");
        }
        Endpoints endpoints = provider.endpoints();
        address("endpoints.authorization", endpoints.authorization(), provider.allowHttp());
        address("endpoints.token", endpoints.token(), provider.allowHttp());
        address("endpoints.userinfo", endpoints.userinfo(), provider.allowHttp());
        address("endpoints.jwks", endpoints.jwks(), provider.allowHttp());
        address("endpoints.par", endpoints.par(), provider.allowHttp());
        address("endpoints.end-session", endpoints.endSession(), provider.allowHttp());
        if (provider.par() == Par.ALWAYS && endpoints.suffice() && endpoints.par() == null) {
            throw new WrongSetting(
                    "endpoints.par",
                    "it is missing; with explicit endpoints, par: always needs the address to push to");
        }
    }

    private static void address(String setting, @Nullable URI address, boolean allowHttp) {
        if (address == null) {
            return;
        }
        if (address.getHost() == null || !List.of("http", "https").contains(address.getScheme())) {
            throw new WrongSetting(setting, address + " is no address; one such as https://id.example.org is right");
        }
        if (!isSafe(address, allowHttp)) {
            throw new WrongSetting(
                    setting,
                    address + " is without TLS; use https, or allow-http: true inside a network that you trust");
        }
    }

    /** With TLS, or on this machine, or with leave. */
    static boolean isSafe(URI address, boolean allowHttp) {
        String host = String.valueOf(address.getHost());
        boolean here = host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]");
        return "https".equals(address.getScheme()) || "http".equals(address.getScheme()) && (here || allowHttp);
    }

    private static void request(Provider provider) {
        if (!provider.scopes().contains("openid")) {
            throw new WrongSetting("scopes", "openid is missing; without it there is no id_token");
        }
        if (provider.claims() != null) {
            claims(provider.claims());
        }
        locales("claims-locales", provider.claimsLocales());
        locales("ui-locales", provider.uiLocales());
        if (provider.prompt() != null
                && !PROMPTS.containsAll(Arrays.asList(provider.prompt().split(" ")))) {
            throw new WrongSetting(
                    "prompt", provider.prompt() + " is not understood; login, consent or select_account is right");
        }
        if (provider.maxAge() != null && provider.maxAge().isNegative()) {
            throw new WrongSetting("max-age", provider.maxAge() + " is negative; a duration such as 15m is right");
        }
    }

    /** OpenID Connect Core 1.0, section 5.5. */
    private static void claims(String text) {
        String right =
                "a JSON object such as {\"userinfo\": {\"name\": {\"essential\": true}, \"birthdate\": null}} is right";
        JsonNode claims;
        try {
            claims = JsonMapper.shared().readTree(text);
        } catch (JacksonException noJson) {
            throw new WrongSetting("claims", "it is no JSON; " + right);
        }
        if (!claims.isObject() || claims.isEmpty()) {
            throw new WrongSetting("claims", "it is no JSON object; " + right);
        }
        claims.properties().forEach(member -> {
            if (!Set.of("userinfo", "id_token").contains(member.getKey())
                    || !member.getValue().isObject()) {
                throw new WrongSetting("claims", member.getKey() + " is not understood; " + right);
            }
            member.getValue().properties().forEach(claim -> {
                if (!claim.getValue().isNull() && !claim.getValue().isObject()) {
                    throw new WrongSetting("claims", claim.getKey() + " must be null or an object; " + right);
                }
            });
        });
    }

    private static void locales(String setting, List<String> locales) {
        for (String locale : locales) {
            try {
                new Locale.Builder().setLanguageTag(locale);
            } catch (IllformedLocaleException wrong) {
                throw new WrongSetting(
                        setting,
                        locale + " is no language; " + LoginSettings.PERSON + " or tags such as en and fr are right");
            }
        }
    }

    private static void acr(Provider provider) {
        provider.acr()
                .forEach((purpose, values) -> values.forEach(value -> {
                    if (value.isBlank() || value.contains(" ")) {
                        throw new WrongSetting(
                                "acr." + spelled(purpose),
                                "\"" + value + "\" is no single value; a list of the provider's acr values is right");
                    }
                }));
        Set<String> described = new HashSet<>();
        provider.ways().forEach(way -> {
            if (way.acr().isBlank() || way.acr().contains(" ") || !described.add(way.acr())) {
                throw new WrongSetting(
                        "ways",
                        "\"" + way.acr()
                                + "\" is no single value, or stands there twice; each acr value once is right");
            }
        });
        if (provider.acrEssential() && provider.acr().values().stream().allMatch(List::isEmpty)) {
            throw new WrongSetting(
                    "acr-essential", "there is nothing to demand; give acr.sign-in too, or leave it away");
        }
    }

    private static void mapping(Map<String, String> mapping) {
        Set<String> seen = new HashSet<>();
        mapping.forEach((claim, attribute) -> {
            if (!Demographics.ALL.contains(attribute)) {
                throw new WrongSetting(
                        "claim-mapping." + claim,
                        attribute + " is nothing that the portal keeps; one of " + String.join(", ", Demographics.ALL)
                                + " is right");
            }
            if (!seen.add(attribute)) {
                throw new WrongSetting(
                        "claim-mapping." + claim,
                        "another claim is " + attribute + " already; one claim for each is right");
            }
        });
    }

    private static void named(String setting, String claim) {
        if (isBlank(claim)) {
            throw new WrongSetting(setting, "it is empty; the name of a claim is right");
        }
    }

    static void patience(Duration patience) {
        if (patience.compareTo(Duration.ofMillis(500)) < 0 || patience.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new CannotStart(
                    "portal.login.patience: " + patience + " is out of bounds; from 500ms to 1m is right.");
        }
    }

    private static <T> T below(String outer, Supplier<T> check) {
        try {
            return check.get();
        } catch (WrongSetting wrong) {
            throw wrong.below(outer);
        }
    }

    private static String spelled(Purpose purpose) {
        return purpose.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String languages() {
        return String.join(
                ", ",
                Arrays.stream(Language.values()).map(language -> language.tag()).toList());
    }

    private static boolean isBlank(@Nullable String text) {
        return Objects.toString(text, "").isBlank();
    }
}
