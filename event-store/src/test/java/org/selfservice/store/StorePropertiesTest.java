package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class StorePropertiesTest {
    @Test
    void everythingHasADefault() {
        StoreProperties properties = bind(Map.of());
        assertThat(properties.home()).isEqualTo(Path.of("data"));
        assertThat(properties.masterKey()).isNull();
        assertThat(properties.store().url()).isNull();
    }

    @Test
    void theEnvironmentNamesThemAsTheOperationsGuideDoes() {
        StoreProperties properties = bind(Map.of(
                "PORTAL_HOME", "/srv/portal",
                "PORTAL_MASTER_KEY", "master",
                "PORTAL_PSEUDONYM_KEY", "pseudonyms",
                "PORTAL_STORE_URL", "jdbc:postgresql://db.example.org/",
                "PORTAL_STORE_PASSWORD", "secret"));
        assertThat(properties.home()).isEqualTo(Path.of("/srv/portal"));
        assertThat(properties.masterKey()).isEqualTo("master");
        assertThat(properties.pseudonymKey()).isEqualTo("pseudonyms");
        assertThat(properties.store().url()).isEqualTo("jdbc:postgresql://db.example.org/");
        assertThat(properties.store().password()).isEqualTo("secret");
    }

    private static StoreProperties bind(Map<String, Object> variables) {
        return new Binder(ConfigurationPropertySources.from(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables)))
                .bindOrCreate("portal", StoreProperties.class);
    }
}
