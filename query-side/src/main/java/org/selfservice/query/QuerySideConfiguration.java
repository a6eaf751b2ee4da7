package org.selfservice.query;

import com.mongodb.event.CommandListener;
import java.time.Clock;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.replay.Replays;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/** The query side, active in processes with the role {@code query}. Views and their answers are found in the feature packages. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "portal.role.query", matchIfMissing = true)
@EnableConfigurationProperties(ViewSettings.class)
@ComponentScan
public class QuerySideConfiguration {

    @Bean
    ViewServer viewServer(
            @Value("${portal.mongo.uri:#{null}}") @Nullable String uri, ObjectProvider<CommandListener> listeners) {
        return new ViewServer(uri, listeners.orderedStream().toList());
    }

    @Bean
    ViewStore viewStore(ViewServer server, ViewSettings settings) {
        return server.store(settings.shelved());
    }

    @Bean
    Parked parkedDocuments(ViewStore store, ObjectProvider<Clock> clock) {
        return new Parked(store.collection("parked"), clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    Views views(
            List<View<?>> views,
            List<Listener<?>> listeners,
            ViewStore store,
            Parked parked,
            EventStore events,
            ViewSettings settings,
            ObjectProvider<Clock> clock) {
        return new Views(views, listeners, store, parked, events, settings, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    ViewMetrics viewMetrics(Views views, Parked parked) {
        return new ViewMetrics(views, parked);
    }

    @Bean
    ViewHealth viewsHealthIndicator(Views views, Parked parked) {
        return new ViewHealth(views, parked);
    }

    @Bean
    Replaying replaying(Views views, Replays replays, ObjectProvider<Clock> clock) {
        return new Replaying(views, replays, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    ViewsEndpoint viewsEndpoint(Views views, Parked parked, Replays replays) {
        return new ViewsEndpoint(views, parked, replays);
    }
}
