package org.selfservice.command;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.beans.factory.ListableBeanFactory;
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
            "draft-expiry",
            "request-expiry",
            "erasure",
            "duplicates",
            "notifications",
            "auto-enrolment",
            "retention",
            "linking",
            "same-numbers",
            "history");

    /** These begin with what happens from now on: nobody is told what is long past. */
    private static final Set<String> FROM_NOW_ON = Set.of("notifications");

    /** These send hardly any command, and so are soon done with many events. */
    private static final Set<String> QUICK = Set.of("draft-expiry", "erasure", "history");

    @Bean
    ConfigurerModule processesWithPositions(
            @Qualifier("portalDataSource") DataSource portal,
            @Qualifier("eventsForProcesses") ObjectProvider<StreamableMessageSource<TrackedEventMessage<?>>> events,
            Serializer serializer,
            ListableBeanFactory beans) {
        JdbcTokenStore positions = JdbcTokenStore.builder()
                .connectionProvider(new SpringDataSourceConnectionProvider(portal))
                .schema(TokenSchema.builder().setTokenTable("process_position").build())
                .serializer(serializer)
                // of this portal among those of one machine, and of one test
                .nodeId(ManagementFactory.getRuntimeMXBean().getName()
                        + '/'
                        + Integer.toHexString(System.identityHashCode(beans)))
                .build();
        positions.createSchema(PostgresTokenTableFactory.INSTANCE);
        TransactionManager together = new SpringTransactionManager(new DataSourceTransactionManager(portal));
        return configurer -> configurer.eventProcessing(processing ->
                NAMES.forEach(name -> add(processing, name, events, handledBy(name, beans), positions, together)));
    }

    /** What the handlers of this group take. */
    private static Set<Class<?>> handledBy(String name, ListableBeanFactory beans) {
        return Arrays.stream(beans.getBeanNamesForAnnotation(ProcessingGroup.class))
                .map(bean -> Objects.requireNonNull(beans.getType(bean)))
                .filter(process ->
                        process.getAnnotation(ProcessingGroup.class).value().equals(name))
                .flatMap(process -> Arrays.stream(process.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(EventHandler.class))
                .map(method -> method.getParameterTypes()[0])
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void add(
            EventProcessingConfigurer processing,
            String name,
            ObjectProvider<StreamableMessageSource<TrackedEventMessage<?>>> events,
            Set<Class<?>> handled,
            JdbcTokenStore positions,
            TransactionManager together) {
        processing
                .registerPooledStreamingEventProcessor(
                        name,
                        _ -> new Heeding(events.getObject(), handled),
                        (configuration, processor) -> processor
                                .initialSegmentCount(1)
                                .batchSize(QUICK.contains(name) ? 1000 : 100)
                                .initialToken(
                                        FROM_NOW_ON.contains(name)
                                                ? StreamableMessageSource::createHeadToken
                                                : StreamableMessageSource::createTailToken))
                .registerTokenStore(name, configuration -> positions)
                .registerTransactionManager(name, configuration -> together);
    }
}
