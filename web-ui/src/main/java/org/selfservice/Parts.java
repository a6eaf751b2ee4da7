package org.selfservice;

import org.selfservice.kernel.CannotStart;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;

/** A process with a part of the roles is of use only beside others: they must be able to find each other, and the same keys. */
@Configuration(proxyBeanMethods = false)
class Parts {
    /** @throws CannotStart when a role is none, or this one would be alone */
    Parts(
            @Value("${portal.roles:web,command,query}") String roles,
            @Value("${portal.role.unknown}") boolean unknown,
            @Value("${portal.role.all}") boolean all,
            @Value("${portal.joined}") boolean joined) {
        if (unknown) {
            throw new CannotStart("portal.roles=" + roles
                    + " names a role that does not exist: they are web, command and query, with commas between them.");
        }
        if (!all && !joined) {
            throw new CannotStart("A process with a part of the roles (portal.roles=" + roles
                    + ") needs others: give all of them the same portal.store.axon-server and portal.store.url.");
        }
    }
}
