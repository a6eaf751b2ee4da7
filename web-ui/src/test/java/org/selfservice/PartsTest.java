package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.CannotStart;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What the settings say is read as at each start. */
class PartsTest {
    private static final String SERVER = "portal.store.axon-server=axon:8124";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "portal.roles=query, command,web",
                "portal.roles=web;" + SERVER + ";portal.store.url=jdbc:postgresql://db/?password=it's",
                "portal.roles=command,query;" + SERVER + ";portal.store.shared=true"
            })
    void areAllOfItOrHaveOthers(String settings) {
        try (ConfigurableApplicationContext process = start(settings)) {
            assertThat(process.getBean(Parts.class)).isNotNull();
        }
    }

    @Test
    void haveTheRolesThatAreNamed() {
        try (ConfigurableApplicationContext process =
                start("portal.roles=web,query;portal.store.shared=true;" + SERVER)) {
            assertThat(Stream.of("role.web", "role.command", "role.query", "role.all", "joined")
                            .map(name -> process.getEnvironment().getProperty("portal." + name)))
                    .containsExactly("true", "false", "true", "false", "true");
        }
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
        assertThatRefusal(() -> start(settings)).contains("portal.store.axon-server and portal.store.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "webb", "web,command,query,all", "web,,query"})
    void areRefusedWithARoleThatIsNone(String roles) {
        assertThatRefusal(() -> start("portal.roles=" + roles)).contains("they are web, command and query");
    }

    @Test
    void areNamedInTheRefusal() {
        assertThatRefusal(() -> start("portal.roles=web")).contains("portal.roles=web)");
        assertThatRefusal(() -> start("portal.roles=web, webb")).contains("portal.roles=web, webb ");
    }

    private static org.assertj.core.api.AbstractStringAssert<?> assertThatRefusal(ThrowingCallable start) {
        Throwable[] failure = new Throwable[1];
        assertThatThrownBy(start).hasRootCauseInstanceOf(CannotStart.class).satisfies(found -> failure[0] = found);
        return assertThat(Obstacle.line(failure[0]));
    }

    private static ConfigurableApplicationContext start(String settings) {
        return new SpringApplicationBuilder(Parts.class)
                .web(WebApplicationType.NONE)
                .run(Stream.of(settings.split(";"))
                        .filter(setting -> !setting.isEmpty())
                        .map(setting -> "--" + setting)
                        .toArray(String[]::new));
    }
}
