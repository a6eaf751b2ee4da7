package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

class ProviderNamesTest {
    private final ResourceBundleMessageSource texts = new ResourceBundleMessageSource();

    @Test
    void a_provider_is_called_as_the_settings_say_where_no_text_does() {
        texts.setBasename("messages/registrant");
        texts.setDefaultEncoding("UTF-8");
        texts.setFallbackToSystemLocale(false);
        new ProviderNames(
                Configured.login(Map.of(
                        "providers.keycloak.label.en", "National card",
                        "providers.keycloak.label.fr", "la carte d’identité",
                        "providers.keycloak.issuer", "https://id.example")),
                texts);
        assertThat(name("keycloak", Locale.ENGLISH)).isEqualTo("National card");
        assertThat(name("keycloak", Locale.FRENCH)).isEqualTo("la carte d’identité");
        assertThat(name("keycloak", Locale.of("ar"))).isEqualTo("National card");
        assertThat(name("national", Locale.ENGLISH)).isEqualTo("National ID");
        assertThat(name("gone", Locale.ENGLISH)).isEqualTo("gone");
    }

    private String name(String provider, Locale locale) {
        return String.valueOf(texts.getMessage("registrant.provider." + provider, null, provider, locale));
    }
}
