package org.selfservice.idp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client asks to know about a person, and what it gets: OpenID Connect Core sections 5.4 and 5.5. */
final class Consent {
    private static final Map<String, Set<String>> BY_SCOPE = Map.of(
            "profile",
            Set.of(
                    "name",
                    "given_name",
                    "family_name",
                    "birthdate",
                    "gender",
                    "picture",
                    "farmer_id",
                    "region",
                    "farm_size"),
            "email",
            Set.of("email"),
            "phone",
            Set.of("phone_number"),
            "address",
            Set.of("address"));

    private Consent() {}

    /** One line of the consent page; an essential claim cannot be unticked. */
    record Offer(String claim, Object value, boolean essential, String purpose) {}

    /** A purpose that is said must say something: 3 to 300 characters. */
    static boolean wellFormed(String claimsParameter) {
        try {
            if (claimsParameter.isEmpty()) return true;
            JsonNode claims = JsonMapper.shared().readTree(claimsParameter);
            return claims.isObject()
                    && claims.path("userinfo").valueStream().allMatch(claim -> {
                        int length = claim.path("purpose").asString("none").length();
                        return length >= 3 && length <= 300;
                    });
        } catch (JacksonException e) {
            return false;
        }
    }

    /** The ways of proof that are asked for: what the {@code claims} parameter says of them goes first. */
    static List<String> acrs(SignIn.Request request) {
        JsonNode asked = claims(request).path("id_token").path("acr").path("values");
        List<String> first = asked.valueStream().map(JsonNode::asString).toList();
        return first.isEmpty() ? List.of(request.parameter("acr_values").split(" ")) : first;
    }

    /** What somebody agrees to: with the same for the same person there is nothing to ask again. */
    static String terms(SignIn.Request request) {
        return String.join("|", request.scope(), request.parameter("claims"), request.parameter("acr_values"));
    }

    private static JsonNode claims(SignIn.Request request) {
        String parameter = request.parameter("claims");
        return JsonMapper.shared().readTree(parameter.isEmpty() ? "{}" : parameter);
    }

    /** The claims that are asked for and that the ID system has about this person. */
    static List<Offer> offers(SignIn signIn, Person person) {
        Map<String, Boolean> asked = asked(signIn);
        JsonNode wishes = claims(signIn.request).path("userinfo");
        List<Offer> offers = new ArrayList<>();
        for (String claim : signIn.client.system.claims()) {
            Object value = claim.equals(signIn.client.system.idClaim())
                            && person.claims().containsKey(claim)
                    ? signIn.number(person)
                    : person.claims().get(claim);
            if (value != null && asked.containsKey(claim) && signIn.client.mayKnow(claim))
                offers.add(new Offer(
                        claim,
                        value,
                        asked.get(claim),
                        wishes.path(claim).path("purpose").asString("")));
        }
        return offers;
    }

    static Map<String, Object> shared(SignIn signIn, Person person, Set<String> ticked) {
        Map<String, Object> shared = new LinkedHashMap<>();
        List<String> languages = languages(signIn.request.parameter("claims_locales"));
        for (Offer offer : offers(signIn, person)) {
            if (!offer.essential() && !ticked.contains(offer.claim())) continue;
            shared.putAll(written(signIn.client, inLanguages(signIn.client, offer, person, languages)));
            if (offer.claim().equals("phone_number")) shared.put("phone_number_verified", true);
            if (offer.claim().equals("email")) shared.put("email_verified", true);
        }
        return shared;
    }

    private static Map<String, Object> written(Client client, Map<String, Object> claims) {
        if (!client.has(Trait.DATES_WITH_SLASHES) || !claims.containsKey("birthdate")) return claims;
        return Map.of("birthdate", claims.get("birthdate").toString().replace('-', '/'));
    }

    /** Like eSignet: one language gives the plain name, two or more give a name with suffix for each. */
    private static Map<String, Object> inLanguages(Client client, Offer offer, Person person, List<String> languages) {
        if (offer.claim().equals("address")) {
            return Map.of(
                    "address",
                    client.has(Trait.ALL_IN_LANGUAGES) && languages.size() > 1
                            ? addressInLanguages(person, languages)
                            : offer.value());
        }
        if (!offer.claim().equals("name") && !client.has(Trait.ALL_IN_LANGUAGES)) {
            return Map.of(offer.claim(), offer.value());
        }
        Map<String, Object> variants = new LinkedHashMap<>();
        for (String language : languages) {
            Object variant = person.claims().get(offer.claim() + "#" + language);
            if (variant != null) variants.put(language, variant);
            else if (language.equals("eng")) variants.put(language, offer.value());
        }
        boolean translated = person.claims().keySet().stream().anyMatch(claim -> claim.startsWith(offer.claim() + "#"));
        if (!translated || variants.isEmpty()) return Map.of(offer.claim(), offer.value());
        if (languages.size() == 1) return Map.of(offer.claim(), variants.get(languages.getFirst()));
        Map<String, Object> suffixed = new LinkedHashMap<>();
        variants.forEach((language, value) -> suffixed.put(offer.claim() + "#" + language, value));
        return suffixed;
    }

    /** Its parts have the suffixes; the postcode is the same in all languages. */
    private static Map<String, Object> addressInLanguages(Person person, List<String> languages) {
        Map<String, Object> address = new LinkedHashMap<>();
        for (String language : languages) {
            String name = language.equals("eng") ? "address" : "address#" + language;
            if (person.claims().get(name) instanceof Map<?, ?> parts)
                parts.forEach((part, value) -> {
                    if (!part.equals("formatted"))
                        address.put(part.equals("postal_code") ? "postal_code" : part + "#" + language, value);
                });
        }
        return address;
    }

    private static List<String> languages(String locales) {
        return locales.isBlank()
                ? List.of()
                : List.of(locales.strip().split(" +")).stream()
                        .map(tag -> Locale.forLanguageTag(tag).getISO3Language())
                        .distinct()
                        .toList();
    }

    /** Claim to essential. Without a {@code claims} parameter the scopes decide, and only the name is essential. */
    private static Map<String, Boolean> asked(SignIn signIn) {
        SignIn.Request request = signIn.request;
        Map<String, Boolean> asked = new LinkedHashMap<>();
        if (signIn.client.has(Trait.PROFILE_IS_EVERYTHING)
                && List.of(request.scope().split(" ")).contains("profile"))
            signIn.client.system.claims().forEach(claim -> asked.put(claim, false));
        for (String scope : request.scope().split(" ")) {
            BY_SCOPE.getOrDefault(scope, Set.of()).forEach(claim -> asked.put(claim, claim.equals("name")));
        }
        if (!request.parameter("claims").isEmpty()) {
            asked.replaceAll((claim, essential) -> false);
            for (Map.Entry<String, JsonNode> claim :
                    claims(request).path("userinfo").properties()) {
                asked.put(claim.getKey(), claim.getValue().path("essential").asBoolean(false));
            }
        }
        return asked;
    }
}
