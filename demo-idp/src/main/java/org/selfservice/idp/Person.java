package org.selfservice.idp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invented person of {@code people.json}.
 *
 * @param claims by OpenID Connect name: {@code individual_id} (ten digits; everybody has one), {@code name},
 *     {@code given_name}, {@code family_name}, {@code birthdate} (ISO date), {@code gender} (female, male, other),
 *     {@code phone_number} (E.164), {@code email}, {@code address} (an object), {@code picture} (a data URI); farmers
 *     also {@code farmer_id} ({@code FR-} and five digits), {@code region} and {@code farm_size} (hectares). A value in
 *     another language has that language's three letters after a hash: {@code name#ara}. {@code virtual_id} (16 digits)
 *     is no claim: it is typed instead of {@code individual_id}
 */
public record Person(Map<String, Object> claims) {

    public String individualId() {
        return claims.get("individual_id").toString();
    }

    public @Nullable String farmerId() {
        return (String) claims.get("farmer_id");
    }

    /** A number that stands for the national ID and is given away instead of it. */
    public @Nullable String virtualId() {
        return (String) claims.get("virtual_id");
    }

    public String name() {
        return claims.get("name").toString();
    }

    /** Where one-time codes go: the phone, or the e-mail address of somebody who has no phone. */
    public String contact() {
        return claims.getOrDefault("phone_number", claims.getOrDefault("email", individualId()))
                .toString();
    }
}
