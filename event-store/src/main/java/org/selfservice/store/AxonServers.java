package org.selfservice.store;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.selfservice.kernel.CannotStart;

/** The Axon Servers that were named. */
final class AxonServers {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private AxonServers() {}

    /**
     * @return a connection that is open, and opens itself again whenever it breaks
     * @throws CannotStart when none of the servers answers
     */
    static AxonServerConnectionManager connect(AxonServerConfiguration settings, StoreProperties.Store store) {
        String servers = Objects.requireNonNull(store.axonServer()).strip();
        if (!servers.matches("[^:,\\s]+(:\\d+)?(\\s*,\\s*[^:,\\s]+(:\\d+)?)*")) {
            throw new CannotStart("portal.store.axon-server must be host:port, such as axon.example.org:8124");
        }
        settings.setServers(servers);
        AxonServerConnectionManager connections = AxonServerConnectionManager.builder()
                .axonServerConfiguration(settings)
                .routingServers(servers)
                .build();
        connections.start();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!connections.isConnected(settings.getContext())) {
            if (System.nanoTime() > until) {
                connections.shutdown();
                throw new CannotStart("No Axon Server answers at " + servers + " within " + PATIENCE.toSeconds()
                        + " seconds, or it does not let the portal in.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return connections;
    }
}
