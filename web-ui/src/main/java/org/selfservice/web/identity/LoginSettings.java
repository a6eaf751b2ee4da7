package org.selfservice.web.identity;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.identity.IdType;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may vouch for people, and for how long that is good.
 *
 * @param providers by id, in the order of the sign-in page
 * @param idle a session that was not used for so long is over
 * @param absolute every session is over after so long
 * @param attempt a sign-in that was begun must come back within this time
 * @param assistedIdle an officer who helps a person and does nothing for so long has stopped
 * @param assisted the longest that one login of a person beside an officer is good for
 * @param api whose bearer tokens the REST endpoints take; absent for none
 */
@ConfigurationProperties("portal.login")
record LoginSettings(
        @DefaultValue Map<String, Provider> providers,
        @DefaultValue("30m") Duration idle,
        @DefaultValue("10h") Duration absolute,
        @DefaultValue("10m") Duration attempt,
        @DefaultValue("20m") Duration assistedIdle,
        @DefaultValue("3h") Duration assisted,
        @Nullable Api api) {

    /** @param audience when given, tokens must name it (RFC 7519, section 4.1.3) */
    record Api(URI issuer, @Nullable String audience) {}

    enum Audience {
        REGISTRANTS,
        STAFF
    }

    /**
     * One OpenID Connect provider, or one way of using it: the same provider may stand here twice, with other demands.
     *
     * @param label what the ID is called, by language, as in "Sign in with National ID"
     * @param clientSecret or {@code keyFile}: a JWK or JWK set with the private key for {@code private_key_jwt}
     * @param claims the {@code claims} request parameter (OpenID Connect Core 1.0, section 5.5), as JSON
     * @param acrValues how the person must prove who they are; asked for, in this order
     * @param acrDemanded whether another way than {@code acrValues} is refused: some providers ignore what was asked
     * @param algorithms of the id_token's and a signed userinfo's signature
     * @param claimMapping demographic attribute by the provider's claim, where their names differ
     * @param usernameClaim of staff: the name under which they act
     * @param rolesClaim of staff
     */
    record Provider(
            @DefaultValue("REGISTRANTS") Audience audience,
            @DefaultValue Map<String, String> label,
            URI issuer,
            String clientId,
            @Nullable String clientSecret,
            @Nullable Path keyFile,
            @DefaultValue("openid") List<String> scopes,
            @Nullable String claims,
            @DefaultValue List<String> acrValues,
            @DefaultValue("false") boolean acrDemanded,
            @DefaultValue({"RS256", "PS256", "ES256"}) Set<String> algorithms,
            @DefaultValue("FOUNDATIONAL") IdType idType,
            @DefaultValue Map<String, String> claimMapping,
            @DefaultValue("preferred_username") String usernameClaim,
            @DefaultValue("roles") String rolesClaim) {

        Provider {
            if (claims != null) {
                try {
                    JsonMapper.shared().readTree(claims);
                } catch (JacksonException wrong) {
                    throw new IllegalArgumentException("claims is no JSON: " + claims, wrong);
                }
            }
        }

        String label(Locale locale) {
            String text = label.get(locale.getLanguage());
            if (text == null) {
                text = label.get("en");
            }
            return text != null ? text : issuer.getHost();
        }

        /** The claims that userinfo is asked for, in the order of the request. */
        List<String> asked() {
            if (claims == null) {
                return List.of();
            }
            JsonNode userinfo = JsonMapper.shared().readTree(claims).path("userinfo");
            return List.copyOf(userinfo.propertyNames());
        }
    }
}
