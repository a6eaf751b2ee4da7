package org.selfservice.query;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Settings of libraries that hold wherever the query side is on the class path, unless the portal's own say otherwise. */
final class QueryDefaults implements EnvironmentPostProcessor {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "query side defaults",
                        Map.of(
                                // The stand-in warns of every secondary index that it does not keep.
                                "logging.level.de.bwaldvogel", "error",
                                "logging.level.org.mongodb.driver", "warn",
                                "logging.level.org.axonframework.eventhandling.TrackingEventProcessor", "warn")));
    }
}
