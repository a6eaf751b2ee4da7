package org.selfservice.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Position;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Sides of the portal in this process, wired as in the portal, with the real store and without pages. */
final class Sides implements AutoCloseable {
    /** Where events are, when not in the embedded PostgreSQL: an Axon Server without any. */
    static final @Nullable String AXON_SERVER = System.getenv("AXON_SERVER");

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Process {}

    private final ConfigurableApplicationContext context;
    private final CommandGateway commands;

    /** @param roles as in {@code portal.roles} */
    Sides(Path home, String roles, Class<?>... more) {
        context = new SpringApplicationBuilder(Process.class)
                .sources(more)
                .web(WebApplicationType.NONE)
                .properties(
                        "portal.home=" + home,
                        "portal.roles=" + roles,
                        "portal.store.binaries=" + RunningPortal.BINARIES,
                        "logging.level.root=warn",
                        "spring.main.banner-mode=off")
                .properties(AXON_SERVER == null ? Map.of() : Map.of("portal.store.axon-server", AXON_SERVER))
                .run();
        commands = get(CommandGateway.class);
    }

    <T> Optional<T> find(Class<T> bean) {
        return context.getBeanProvider(bean).stream().findFirst();
    }

    <T> T get(Class<T> bean) {
        return context.getBean(bean);
    }

    Position send(Command command, Author author) {
        return commands.<Position>send(new GenericCommandMessage<>(command, Map.copyOf(author.toMetaData())))
                .join();
    }

    /** Until every process has seen all events that there are now: what it has still to do belongs to the work before. */
    void awaitProcesses() {
        TrackingToken head = get(EventStore.class).createHeadToken();
        while (get(EventProcessingConfiguration.class).eventProcessors().values().stream()
                .map(StreamingEventProcessor.class::cast)
                .flatMap(process -> process.processingStatus().values().stream())
                .anyMatch(status -> !isAt(head, status.getTrackingToken()))) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static boolean isAt(@Nullable TrackingToken head, @Nullable TrackingToken position) {
        return head == null || position != null && position.covers(head);
    }

    @Override
    public void close() {
        context.close();
    }
}
