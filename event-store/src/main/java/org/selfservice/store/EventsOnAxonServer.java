package org.selfservice.store;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventStore;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.StoreWatch;
import org.selfservice.kernel.StoreWatch.Ability;
import org.selfservice.kernel.StreamHeads;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Events on Axon Server, and nothing else there: commands and questions stay in the process. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "portal.store.axon-server")
class EventsOnAxonServer {
    /** How long an event that is there may take to come. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Its other settings, such as a token and a certificate, are Axon's own, under {@code axon.axonserver}. */
    @Bean
    AxonServerConfiguration axonServerSettings() {
        AxonServerConfiguration settings = new AxonServerConfiguration();
        settings.setComponentName("self-service-portal");
        // Of a server that neither answers nor goes.
        settings.getHeartbeat().setInterval(2_000);
        settings.getHeartbeat().setTimeout(3_000);
        return settings;
    }

    @Bean
    AxonServerConnectionManager axonServer(AxonServerConfiguration settings, StoreProperties properties) {
        return AxonServers.connect(settings, properties.store());
    }

    /** Questions need it too, where it joins this process with others. */
    @Bean
    StoreWatch axonServerWatch(AxonServerConnectionManager server, ObjectProvider<JoinedByAxonServer> joined) {
        Set<Ability> abilities =
                joined.stream().findAny().isPresent() ? Set.of(Ability.DECIDE, Ability.SHOW) : Set.of(Ability.DECIDE);
        return new StoreWatch() {
            @Override
            public boolean isAway() {
                return !server.isConnected(server.getDefaultContext());
            }

            @Override
            public Set<Ability> abilities() {
                return abilities;
            }
        };
    }

    @Bean
    HealthIndicator axonServerHealthIndicator(AxonServerConnectionManager server) {
        return () -> server.isConnected(server.getDefaultContext())
                ? Health.up().build()
                : Health.down().build();
    }

    @Bean
    EventStore eventStore(
            AxonServerConfiguration settings,
            AxonServerConnectionManager server,
            EventSerializer eventSerializer,
            StreamHeads heads,
            org.axonframework.config.Configuration configuration) {
        OwnHeads own = heads instanceof OwnHeads kept ? kept : null;
        AxonServerEventStore.Builder builder = AxonServerEventStore.builder()
                .configuration(settings)
                .platformConnectionManager(new LostRaces(settings, server, own))
                .eventSerializer(eventSerializer)
                .snapshotSerializer(eventSerializer)
                .snapshotFilter(configuration.snapshotFilter().combine(eventSerializer::readable))
                .upcasterChain(configuration.upcasterChain())
                .messageMonitor(configuration.messageMonitor(AxonServerEventStore.class, "eventStore"))
                .spanFactory(configuration.getComponent(EventBusSpanFactory.class));
        // which makes the builder's engine, too
        EventStore store = builder.build();
        return own == null ? store : new Own(builder, own);
    }

    /** Asks for nothing that cannot be there. */
    private static final class Own extends AxonServerEventStore {
        private final OwnHeads heads;

        Own(Builder builder, OwnHeads heads) {
            super(builder);
            this.heads = heads;
        }

        @Override
        public DomainEventStream readEvents(String stream) {
            return heads.exists(stream) ? super.readEvents(stream) : DomainEventStream.empty();
        }
    }

    /** The claim is in the database of the keys, which all processes of this portal need. */
    @Bean
    StreamHeads streamHeads(Databases databases, AxonServerConfiguration settings, AxonServerConnectionManager server) {
        databases.claimEvents(Databases.PORTAL);
        AxonServerHeads asked = new AxonServerHeads(
                () -> server.getConnection().eventChannel(), Duration.ofMillis(settings.getCommitTimeout()));
        if (!databases.isAlone()) {
            return asked;
        }
        BegunStreams begun = new BegunStreams();
        Thread.startVirtualThread(() -> begun.readFrom(asked));
        return new OwnHeads(asked, begun);
    }

    /** What is appended in a unit of work goes to the server as a whole; no database takes part in it. */
    @Bean
    TransactionManager axonTransactionManager() {
        return NoTransactionManager.instance();
    }

    @Bean(defaultCandidate = false)
    StreamableMessageSource<TrackedEventMessage<?>> eventsForProcesses(EventStore events) {
        return new Unhurried(events, (last, atMost) -> upToNow(events, last, atMost), Clock.systemUTC());
    }

    /** The server sends event after event, and does not say which is the last one for now. */
    private static List<TrackedEventMessage<?>> upToNow(
            StreamableMessageSource<TrackedEventMessage<?>> events, @Nullable TrackingToken last, int atMost) {
        TrackingToken head = events.createHeadToken();
        if (head == null || last != null && last.covers(head)) {
            return List.of();
        }
        List<TrackedEventMessage<?>> page = new ArrayList<>();
        try (BlockingStream<TrackedEventMessage<?>> stream = events.openStream(last)) {
            do {
                if (!stream.hasNextAvailable((int) PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new EventStoreException("no event came within " + PATIENCE + " though there are more");
                }
                page.add(stream.nextAvailable());
            } while (page.size() < atMost && !page.getLast().trackingToken().covers(head));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return page;
    }
}
