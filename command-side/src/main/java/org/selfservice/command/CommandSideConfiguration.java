package org.selfservice.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.StreamHeads;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The command side of a process that has this role. Aggregates and processes are found by their annotations. */
@AutoConfiguration(before = AxonAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "portal.role.command", matchIfMissing = true)
@ComponentScan
public class CommandSideConfiguration {
    private static final List<String> AUTHOR = List.of(
            "actor",
            "actorName",
            "role",
            "onBehalfOf",
            "confirmation",
            "channel",
            "correlation",
            "evidence.iss",
            "evidence.acr",
            "evidence.auth_time",
            "evidence.assurance");

    @Bean
    CommandTargetResolver commandTargetResolver() {
        return message -> new VersionedAggregateIdentifier(((Command) message.getPayload()).stream(), null);
    }

    @Bean
    Heads heads(StreamHeads store) {
        return new Heads(store);
    }

    @Bean
    Cache aggregates(EventStore events, Heads heads) {
        return new Kept(events, heads);
    }

    @Bean
    SnapshotTriggerDefinition everyTenEvents(Snapshotter snapshotter) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, 10);
    }

    /** The store passes over snapshots of another shape by itself. */
    @Bean
    SnapshotFilter ofTheStore() {
        return SnapshotFilter.allowAll();
    }

    @Bean
    Streams streams(EventStore events, Heads heads) {
        return new Streams(events, heads);
    }

    /** Every event says who caused it. */
    @Bean
    CorrelationDataProvider author() {
        return message -> {
            Map<String, Object> data = new LinkedHashMap<>(message.getMetaData());
            data.keySet().retainAll(AUTHOR);
            return data;
        };
    }

    @Bean
    AsExpected asExpected() {
        return new AsExpected();
    }

    @Bean
    WithinGrant withinGrant() {
        return new WithinGrant();
    }

    @Bean
    Doorkeeper doorkeeper() {
        return new Doorkeeper();
    }
}
