package org.selfservice.command;

import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * What must react to events: each process has its own position, kept beside what it remembers and changed together with it,
 * so that it goes on where it was after a restart.
 */
@EnableScheduling
@Configuration(proxyBeanMethods = false)
class Processes {
    /** Of the processing groups; stored with the positions and never changed. */
    static final List<String> NAMES = List.of(
            "draft-expiry", "request-expiry", "erasure", "duplicates", "notifications", "auto-enrolment", "retention");

    /** These begin with what happens from now on: nobody is told what is long past. */
    private static final Set<String> FROM_NOW_ON = Set.of("notifications");

    @Bean
    ConfigurerModule processesWithPositions(
            @Qualifier("portalDataSource") DataSource portal,
            @Qualifier("eventsForProcesses") ObjectProvider<StreamableMessageSource<TrackedEventMessage<?>>> events,
            Serializer serializer) {
        JdbcTokenStore positions = JdbcTokenStore.builder()
                .connectionProvider(new SpringDataSourceConnectionProvider(portal))
                .schema(TokenSchema.builder().setTokenTable("process_position").build())
                .serializer(serializer)
                .build();
        positions.createSchema(PostgresTokenTableFactory.INSTANCE);
        TransactionManager together = new SpringTransactionManager(new DataSourceTransactionManager(portal));
        return configurer -> configurer.eventProcessing(
                processing -> NAMES.forEach(name -> add(processing, name, events, positions, together)));
    }

    private static void add(
            EventProcessingConfigurer processing,
            String name,
            ObjectProvider<StreamableMessageSource<TrackedEventMessage<?>>> events,
            JdbcTokenStore positions,
            TransactionManager together) {
        processing
                .registerPooledStreamingEventProcessor(
                        name,
                        _ -> events.getObject(),
                        (configuration, processor) -> processor
                                .initialSegmentCount(1)
                                .batchSize(100)
                                .initialToken(
                                        FROM_NOW_ON.contains(name)
                                                ? StreamableMessageSource::createHeadToken
                                                : StreamableMessageSource::createTailToken))
                .registerTokenStore(name, configuration -> positions)
                .registerTransactionManager(name, configuration -> together);
    }
}
