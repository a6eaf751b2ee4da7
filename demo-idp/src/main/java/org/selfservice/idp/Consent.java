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
    record Offer(String claim, Object value, boolean essential) {}

    static boolean wellFormed(String claimsParameter) {
        try {
            return claimsParameter.isEmpty()
                    || JsonMapper.shared().readTree(claimsParameter).isObject();
        } catch (JacksonException e) {
            return false;
        }
    }

    /** The claims that are asked for and that the ID system has about this person. */
    static List<Offer> offers(SignIn signIn, Person person) {
        Map<String, Boolean> asked = asked(signIn.request);
        List<Offer> offers = new ArrayList<>();
        for (String claim : signIn.client.system.claims()) {
            Object value = person.claims().get(claim);
            if (value != null && asked.containsKey(claim)) offers.add(new Offer(claim, value, asked.get(claim)));
        }
        return offers;
    }

    static Map<String, Object> shared(SignIn signIn, Person person, Set<String> ticked) {
        Map<String, Object> shared = new LinkedHashMap<>();
        List<String> languages = languages(signIn.request.parameter("claims_locales"));
        for (Offer offer : offers(signIn, person)) {
            if (!offer.essential() && !ticked.contains(offer.claim())) continue;
            shared.putAll(inLanguages(offer, person, languages));
            if (offer.claim().equals("phone_number")) shared.put("phone_number_verified", true);
            if (offer.claim().equals("email")) shared.put("email_verified", true);
        }
        return shared;
    }

    /** Like eSignet: one language gives the plain name, two or more give a name with suffix for each. */
    private static Map<String, Object> inLanguages(Offer offer, Person person, List<String> languages) {
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

    private static List<String> languages(String locales) {
        return locales.isBlank()
                ? List.of()
                : List.of(locales.strip().split(" +")).stream()
                        .map(tag -> Locale.forLanguageTag(tag).getISO3Language())
                        .distinct()
                        .toList();
    }

    /** Claim to essential. Without a {@code claims} parameter the scopes decide, and only the name is essential. */
    private static Map<String, Boolean> asked(SignIn.Request request) {
        Map<String, Boolean> asked = new LinkedHashMap<>();
        for (String scope : request.scope().split(" ")) {
            BY_SCOPE.getOrDefault(scope, Set.of()).forEach(claim -> asked.put(claim, claim.equals("name")));
        }
        String parameter = request.parameter("claims");
        if (!parameter.isEmpty()) {
            asked.replaceAll((claim, essential) -> false);
            for (Map.Entry<String, JsonNode> claim :
                    JsonMapper.shared().readTree(parameter).path("userinfo").properties()) {
                asked.put(claim.getKey(), claim.getValue().path("essential").asBoolean(false));
            }
        }
        return asked;
    }
}
