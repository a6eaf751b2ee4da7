package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.Provider;
import org.selfservice.web.identity.LoginSettings.Purpose;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/** What a person takes along to the provider: state, nonce and PKCE by Spring Security, and the provider's own settings. */
@Component
class Departures implements OAuth2AuthorizationRequestResolver {
    static final String START = "/oauth2/authorization/";
    private static final String LANGUAGE = "assisted-in";
    private static final String PURPOSE = "purpose";

    private final DefaultOAuth2AuthorizationRequestResolver standard;
    private final Providers providers;
    private final LocaleResolver locales;

    Departures(Providers providers, LocaleResolver locales) {
        this.standard = new DefaultOAuth2AuthorizationRequestResolver(providers);
        this.providers = providers;
        this.locales = locales;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return equipped(standard.resolve(request), request, Purpose.SIGN_IN, language(request));
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
        return equipped(standard.resolve(request, registrationId), request, Purpose.SIGN_IN, language(request));
    }

    /**
     * For another purpose than signing in: whoever signed in there before must do it again.
     *
     * @param language of the person who is sent
     */
    OAuth2AuthorizationRequest resolve(HttpServletRequest request, String provider, Purpose purpose, String language) {
        return Objects.requireNonNull(equipped(standard.resolve(request, provider), request, purpose, language));
    }

    private @Nullable OAuth2AuthorizationRequest equipped(
            @Nullable OAuth2AuthorizationRequest plain, HttpServletRequest request, Purpose purpose, String language) {
        if (plain == null) {
            return null;
        }
        Provider provider = providers.settings(String.valueOf(provider(plain)));
        if (provider == null) {
            return plain;
        }
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("ui_locales", language);
        if (provider.claims() != null) {
            more.put("claims", provider.claims());
            more.put("claims_locales", language);
        }
        if (!provider.acr(purpose).isEmpty()) {
            more.put("acr_values", String.join(" ", provider.acr(purpose)));
        }
        if (request.getParameter("again") != null) {
            more.put("prompt", "consent");
        }
        if (purpose != Purpose.SIGN_IN) {
            more.put("prompt", "login");
            more.put("max_age", "0");
        }
        return OAuth2AuthorizationRequest.from(plain)
                .additionalParameters(all -> all.putAll(more))
                .attributes(all -> {
                    all.put(PURPOSE, purpose);
                    all.put(WantedPage.PARAMETER, WantedPage.safe(request.getParameter(WantedPage.PARAMETER)));
                    if (purpose == Purpose.ASSISTED) {
                        all.put(LANGUAGE, language);
                    }
                })
                .build();
    }

    private String language(HttpServletRequest request) {
        return locales.resolveLocale(request).getLanguage();
    }

    /** What the person was sent for. */
    static Purpose purpose(@Nullable OAuth2AuthorizationRequest attempt) {
        return attempt != null && attempt.getAttribute(PURPOSE) instanceof Purpose purpose ? purpose : Purpose.SIGN_IN;
    }

    /** The language of the person beside an officer who was sent; null when somebody signs in for themself. */
    static @Nullable String language(@Nullable OAuth2AuthorizationRequest attempt) {
        return attempt == null ? null : attempt.getAttribute(LANGUAGE);
    }

    static @Nullable String provider(OAuth2AuthorizationRequest attempt) {
        return attempt.getAttribute(OAuth2ParameterNames.REGISTRATION_ID);
    }

    /** Where the person wanted to go when the attempt began. */
    static String wanted(@Nullable OAuth2AuthorizationRequest attempt) {
        return attempt == null ? WantedPage.HOME : WantedPage.safe(attempt.getAttribute(WantedPage.PARAMETER));
    }
}
