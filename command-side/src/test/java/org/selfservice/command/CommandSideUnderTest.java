package org.selfservice.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.Refused.Refusal;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** The command side in a process of its own, with the real store. */
public final class CommandSideUnderTest implements AutoCloseable {
    @Configuration
    @EnableAutoConfiguration
    static class Process {}

    private final ConfigurableApplicationContext context;

    public CommandSideUnderTest(Path home, String... settings) {
        context = new SpringApplicationBuilder(Process.class)
                .web(WebApplicationType.NONE)
                .properties("portal.home=" + home)
                .run(settings);
    }

    public <T> T get(Class<T> bean) {
        return context.getBean(bean);
    }

    public <T> T get(String name, Class<T> bean) {
        return context.getBean(name, bean);
    }

    public Position send(Command command) {
        return send(command, Author.portal("test"));
    }

    /** @throws Refused as the web would see it */
    public Position send(Command command, Author author) {
        try {
            return get(CommandGateway.class)
                    .<Position>send(new GenericCommandMessage<>(command, Map.copyOf(author.toMetaData())))
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof CommandExecutionException no
                    && no.getDetails().orElse(null) instanceof Refusal refusal) {
                throw new Refused(refusal);
            }
            throw failed;
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
