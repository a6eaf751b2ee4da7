package org.selfservice;

import java.util.stream.Stream;
import org.selfservice.kernel.CannotStart;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** A process with a part of the roles is of use only beside others: they must be able to find each other, and the same keys. */
@Configuration(proxyBeanMethods = false)
class Parts {
    /** @throws CannotStart when this one would be alone */
    Parts(Environment settings) {
        String roles = settings.getProperty("portal.roles", "web,command,query");
        boolean whole = Stream.of("web", "command", "query").allMatch(roles::contains);
        if (!whole
                && (isAbsent(settings, "portal.store.axon-server")
                        || isAbsent(settings, "portal.store.url")
                                && !settings.getProperty("portal.store.shared", Boolean.class, false))) {
            throw new CannotStart("A process with a part of the roles (portal.roles=" + roles
                    + ") needs others: give all of them the same portal.store.axon-server and portal.store.url.");
        }
    }

    private static boolean isAbsent(Environment settings, String property) {
        return settings.getProperty(property, "").isBlank();
    }
}
