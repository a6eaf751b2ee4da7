package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.selfservice.web.identity.LoginSettings.Purpose;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a person takes along to the provider: state, nonce and PKCE by Spring Security, and the provider's own settings. */
@Component
class Departures implements OAuth2AuthorizationRequestResolver {
    static final String START = "/oauth2/authorization/";
    private static final String ERRAND = "errand";
    private static final String BEGUN = "begun";
    /** Request parameter: whoever signed in at the provider before must do it again. */
    static final String FRESH = "fresh";

    private final DefaultOAuth2AuthorizationRequestResolver standard;
    private final Providers providers;
    private final PushedRequests pushed;
    private final LocaleResolver locales;
    private final Clock clock;

    Departures(Providers providers, PushedRequests pushed, LocaleResolver locales, Clock clock) {
        this.standard = new DefaultOAuth2AuthorizationRequestResolver(providers);
        this.providers = providers;
        this.pushed = pushed;
        this.locales = locales;
        this.clock = clock;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return equipped(standard.resolve(request), request, signIn(request));
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
        return equipped(standard.resolve(request, registrationId), request, signIn(request));
    }

    /** For another purpose than signing in: whoever signed in there before must do it again. */
    OAuth2AuthorizationRequest resolve(HttpServletRequest request, String provider, Errand errand) {
        return Objects.requireNonNull(equipped(standard.resolve(request, provider), request, errand));
    }

    private @Nullable OAuth2AuthorizationRequest equipped(
            @Nullable OAuth2AuthorizationRequest plain, HttpServletRequest request, Errand errand) {
        if (plain == null) {
            return null;
        }
        String id = String.valueOf(provider(plain));
        Provider provider = Objects.requireNonNull(providers.settings(id));
        Map<String, Object> more = wishes(provider, errand, request.getParameter("again") != null);
        OAuth2AuthorizationRequest whole = OAuth2AuthorizationRequest.from(plain)
                // who it is that confirms is known, and nothing new is asked about them
                .scopes(errand.confirms() == null ? plain.getScopes() : Set.of(OidcScopes.OPENID))
                .additionalParameters(all -> all.putAll(more))
                .attributes(all -> {
                    all.put(ERRAND, errand);
                    all.put(BEGUN, clock.instant());
                    all.put(WantedPage.PARAMETER, WantedPage.safe(request.getParameter(WantedPage.PARAMETER)));
                })
                .build();
        return pushed.push(whole, Objects.requireNonNull(providers.findByRegistrationId(id)));
    }

    /**
     * What the provider is asked for, beyond what every client asks for.
     *
     * @param again whether the person wants to be asked for their consent once more
     */
    static Map<String, Object> wishes(Provider provider, Errand errand, boolean again) {
        Map<String, Object> more = new LinkedHashMap<>();
        locales(provider.uiLocales(), errand.language(), "ui_locales", more);
        if (errand.confirms() == null) {
            locales(provider.claimsLocales(), errand.language(), "claims_locales", more);
        }
        List<String> ways = errand.ways().isEmpty() ? provider.acr(errand.purpose()) : errand.ways();
        String claims = claims(provider, errand, ways);
        if (claims != null) {
            more.put("claims", claims);
        }
        if (!ways.isEmpty()) {
            more.put("acr_values", String.join(" ", ways));
        }
        if (errand.afresh()) {
            more.put("prompt", "login");
            more.put("max_age", "0");
        } else {
            Set<String> prompts = new LinkedHashSet<>(
                    provider.prompt() == null
                            ? List.of()
                            : List.of(provider.prompt().split(" ")));
            if (again) {
                prompts.add("consent");
            }
            if (!prompts.isEmpty()) {
                more.put("prompt", String.join(" ", prompts));
            }
            if (provider.maxAge() != null) {
                more.put("max_age", Long.toString(provider.maxAge().toSeconds()));
            }
        }
        return more;
    }

    private static void locales(List<String> wanted, String language, String parameter, Map<String, Object> more) {
        String all = wanted.stream()
                .map(one -> one.equals(LoginSettings.PERSON) ? language : one)
                .distinct()
                .collect(Collectors.joining(" "));
        if (!all.isEmpty()) {
            more.put(parameter, all);
        }
    }

    /** With the demanded ways of proof among them where the provider heeds them there (OpenID Connect Core 1.0, section 5.5.1.1). */
    private static @Nullable String claims(Provider provider, Errand errand, List<String> ways) {
        String asked = errand.confirms() == null ? provider.claims() : null;
        if (!provider.acrEssential() || ways.isEmpty()) {
            return asked;
        }
        ObjectNode claims = asked == null
                ? JsonMapper.shared().createObjectNode()
                : (ObjectNode) JsonMapper.shared().readTree(asked);
        claims.withObject("/id_token").putObject("acr").put("essential", true).putPOJO("values", ways);
        return JsonMapper.shared().writeValueAsString(claims);
    }

    private Errand signIn(HttpServletRequest request) {
        Errand errand = Errand.signIn(language(request));
        return request.getParameter(FRESH) == null ? errand : errand.anew();
    }

    private String language(HttpServletRequest request) {
        return locales.resolveLocale(request).getLanguage();
    }

    /** What the person was sent for. */
    static Purpose purpose(@Nullable OAuth2AuthorizationRequest attempt) {
        Errand errand = errand(attempt);
        return errand == null ? Purpose.SIGN_IN : errand.purpose();
    }

    static @Nullable Errand errand(@Nullable OAuth2AuthorizationRequest attempt) {
        return attempt == null ? null : attempt.getAttribute(ERRAND);
    }

    /** When the person was sent. */
    static @Nullable Instant begun(@Nullable OAuth2AuthorizationRequest attempt) {
        return attempt == null ? null : attempt.getAttribute(BEGUN);
    }

    /** Whether it is about another ID of whoever is signed in, and no sign-in. */
    static boolean isLinking(@Nullable OAuth2AuthorizationRequest attempt) {
        Errand errand = errand(attempt);
        return errand != null && errand.links();
    }

    /** The language of the person beside an officer who was sent; null when somebody signs in for themself. */
    static @Nullable String language(@Nullable OAuth2AuthorizationRequest attempt) {
        Errand errand = errand(attempt);
        return errand == null || errand.purpose() != Purpose.ASSISTED ? null : errand.language();
    }

    static @Nullable String provider(OAuth2AuthorizationRequest attempt) {
        return attempt.getAttribute(OAuth2ParameterNames.REGISTRATION_ID);
    }

    /** Where the person wanted to go when the attempt began. */
    static String wanted(@Nullable OAuth2AuthorizationRequest attempt) {
        return attempt == null ? WantedPage.HOME : WantedPage.safe(attempt.getAttribute(WantedPage.PARAMETER));
    }
}
