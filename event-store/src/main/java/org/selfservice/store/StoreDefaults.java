package org.selfservice.store;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Settings of libraries that hold wherever the store is on the class path, unless the portal's own settings say otherwise. */
final class StoreDefaults implements EnvironmentPostProcessor {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        // Axon asks for this one as a system property only.
        System.setProperty("disable-axoniq-console-message", "true");
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "event store defaults",
                        Map.of(
                                "axon.axonserver.enabled", "false",
                                // Nothing is told to anybody about where the portal runs.
                                "axon.update-check.disabled", "true",
                                "axon.serializer.general", "jackson3",
                                // What has a limit is the whole unit of work: timing each handler in it costs a stack
                                // trace.
                                "axon.timeout.handler.commands.timeout-ms", "-1",
                                "axon.timeout.handler.commands.warning-threshold-ms", "-1",
                                "axon.timeout.handler.events.timeout-ms", "-1",
                                "axon.timeout.handler.events.warning-threshold-ms", "-1",
                                "logging.level.io.zonky", "warn",
                                "logging.level.com.zaxxer.hikari", "warn")));
    }
}
