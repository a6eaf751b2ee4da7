package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.CannotStart;
import org.springframework.mock.env.MockEnvironment;

class PartsTest {
    private static final String SERVER = "portal.store.axon-server=axon:8124";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "portal.roles=query,command,web",
                "portal.roles=web;" + SERVER + ";portal.store.url=jdbc:postgresql://db/",
                "portal.roles=command,query;" + SERVER + ";portal.store.shared=true"
            })
    void areAllOfItOrHaveOthers(String settings) {
        assertThat(new Parts(with(settings))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "portal.roles=web",
                "portal.roles=command;portal.store.url=jdbc:postgresql://db/",
                "portal.roles=command,query;" + SERVER,
                "portal.roles=query;portal.store.url= ;" + SERVER
            })
    void areRefusedAlone(String settings) {
        assertThatThrownBy(() -> new Parts(with(settings)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("portal.store.axon-server and portal.store.url");
    }

    @Test
    void areNamedInTheRefusal() {
        assertThatThrownBy(() -> new Parts(with("portal.roles=web"))).hasMessageContaining("portal.roles=web)");
    }

    private static MockEnvironment with(String settings) {
        MockEnvironment environment = new MockEnvironment();
        Arrays.stream(settings.split(";"))
                .filter(setting -> !setting.isEmpty())
                .map(setting -> setting.split("=", 2))
                .forEach(setting -> environment.setProperty(setting[0], setting[1]));
        return environment;
    }
}
