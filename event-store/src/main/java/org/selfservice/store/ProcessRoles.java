package org.selfservice.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Reads {@code portal.roles} once for all who ask: {@code portal.role.web}, {@code portal.role.command} and
 * {@code portal.role.query} say which of them this process has, {@code portal.role.all} whether it needs no others,
 * {@code portal.role.unknown} whether something else is named too, and {@code portal.joined} whether it works together with
 * others that have the rest.
 */
final class ProcessRoles implements EnvironmentPostProcessor {
    private static final List<String> ALL = List.of("web", "command", "query");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        List<String> roles = Stream.of(environment
                        .getProperty("portal.roles", String.join(",", ALL))
                        .split(",", -1))
                .map(String::strip)
                .toList();
        boolean all = roles.containsAll(ALL);
        Map<String, Object> read = new HashMap<>();
        ALL.forEach(role -> read.put("portal.role." + role, roles.contains(role)));
        read.put("portal.role.all", all);
        read.put("portal.role.unknown", !ALL.containsAll(roles));
        read.put("portal.joined", !all && canMeetOthers(environment));
        environment.getPropertySources().addFirst(new MapPropertySource("roles of this process", read));
    }

    /** They find each other by an Axon Server, and need one database. */
    private static boolean canMeetOthers(Environment environment) {
        return isGiven(environment, "portal.store.axon-server")
                && (isGiven(environment, "portal.store.url")
                        || environment.getProperty("portal.store.shared", Boolean.class, false));
    }

    private static boolean isGiven(Environment environment, String property) {
        return !environment.getProperty(property, "").isBlank();
    }
}
