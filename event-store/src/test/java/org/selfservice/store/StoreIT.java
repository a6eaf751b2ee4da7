package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

class StoreIT {
    @Configuration
    @EnableAutoConfiguration
    static class Portal {}

    @Test
    void starts(@TempDir Path home) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Portal.class)
                .web(WebApplicationType.NONE)
                .run("--portal.home=" + home)) {
            assertThat(context.getBean(EventStore.class)).isNotNull();
            assertThat(context.getBean(CommandBus.class)).isNotNull();
        }
    }
}
