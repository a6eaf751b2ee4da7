package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.selfservice.web.identity.LoginSettings.Provider;
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
        return equipped(standard.resolve(request), request);
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
        return equipped(standard.resolve(request, registrationId), request);
    }

    private @Nullable OAuth2AuthorizationRequest equipped(
            @Nullable OAuth2AuthorizationRequest plain, HttpServletRequest request) {
        if (plain == null) {
            return null;
        }
        Provider provider = providers.settings(String.valueOf(provider(plain)));
        if (provider == null) {
            return plain;
        }
        String language = locales.resolveLocale(request).getLanguage();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("ui_locales", language);
        if (provider.claims() != null) {
            more.put("claims", provider.claims());
            more.put("claims_locales", language);
        }
        if (!provider.acrValues().isEmpty()) {
            more.put("acr_values", String.join(" ", provider.acrValues()));
        }
        if (request.getParameter("again") != null) {
            more.put("prompt", "consent");
        }
        return OAuth2AuthorizationRequest.from(plain)
                .additionalParameters(all -> all.putAll(more))
                .attributes(all ->
                        all.put(WantedPage.PARAMETER, WantedPage.safe(request.getParameter(WantedPage.PARAMETER))))
                .build();
    }

    /** For a person who is beside an officer: whoever signed in there before must do it again, in the person's language. */
    OAuth2AuthorizationRequest assisted(HttpServletRequest request, String provider, String language) {
        OAuth2AuthorizationRequest plain = Objects.requireNonNull(resolve(request, provider));
        return OAuth2AuthorizationRequest.from(plain)
                .additionalParameters(all -> {
                    all.put("prompt", "login");
                    all.put("max_age", "0");
                    all.put("ui_locales", language);
                    all.computeIfPresent("claims_locales", (_, _) -> language);
                })
                .attributes(all -> all.put(LANGUAGE, language))
                .build();
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
