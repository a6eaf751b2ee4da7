package org.selfservice.store;

import java.util.Map;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.command.AxonServerCommandBus;
import org.axonframework.axonserver.connector.query.AxonServerQueryBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryBusSpanFactory;
import org.axonframework.queryhandling.QueryExecutionException;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.serialization.Serializer;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused.Refusal;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Commands and questions go over Axon Server where this process has not all roles, and others share the database that all of
 * them need; else they need not leave it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("portal.joined")
class JoinedByAxonServer {
    private static final UnreachableServers UNREACHABLE = new UnreachableServers();

    /** Of a failure that is no refusal, only a text crosses the network. */
    private static final QueryExecutionException UNAVAILABLE = new QueryExecutionException(
            RefusalCode.UNAVAILABLE.name(), null, new Refusal(RefusalCode.UNAVAILABLE, Map.of()));

    /** Commands about one stream go to one process, as long as it is there. */
    @Bean
    @Primary
    AxonServerCommandBus commandsToAll(
            AxonServerConfiguration settings,
            AxonServerConnectionManager server,
            @Qualifier("localSegment") CommandBus own,
            @Qualifier("messageSerializer") Serializer serializer) {
        return AxonServerCommandBus.builder()
                .configuration(settings)
                .axonServerConnectionManager(server)
                .localSegment(new OnceMore(own))
                .serializer(serializer)
                .routingStrategy(command -> ((Command) command.getPayload()).stream())
                .build();
    }

    @Bean
    QueryBus questionsToAll(
            AxonServerConfiguration settings,
            AxonServerConnectionManager server,
            TransactionManager transactions,
            @Qualifier("messageSerializer") Serializer serializer,
            org.axonframework.config.Configuration configuration) {
        QueryUpdateEmitter updates = configuration.getComponent(QueryUpdateEmitter.class);
        SimpleQueryBus own = SimpleQueryBus.builder()
                .messageMonitor(configuration.messageMonitor(QueryBus.class, "queryBus"))
                .transactionManager(transactions)
                .queryUpdateEmitter(updates)
                .spanFactory(configuration.getComponent(QueryBusSpanFactory.class))
                .build();
        own.registerHandlerInterceptor(new CorrelationDataInterceptor<>(configuration.correlationDataProviders()));
        own.registerHandlerInterceptor((unit, chain) -> {
            try {
                return chain.proceed();
            } catch (Exception failure) {
                throw UNREACHABLE.causes(failure) ? UNAVAILABLE : failure;
            }
        });
        return AxonServerQueryBus.builder()
                .configuration(settings)
                .axonServerConnectionManager(server)
                .localSegment(own)
                .updateEmitter(updates)
                .messageSerializer(serializer)
                .genericSerializer(serializer)
                .build();
    }
}
