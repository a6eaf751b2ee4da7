package org.selfservice.command;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.Refused.Refusal;
import org.springframework.stereotype.Component;

/** Sends the commands of processes, in the portal's own name. */
@Component
public final class Courier implements AutoCloseable {
    private final CommandGateway commands;
    /** A process is in the middle of its own transaction, which is on another database and not the command's. */
    private final ExecutorService apart = Executors.newVirtualThreadPerTaskExecutor();

    Courier(CommandGateway commands) {
        this.commands = commands;
    }

    /**
     * Sends it and waits for the answer.
     *
     * @param cause what is asked for again when this fails: an event's or a run's id
     * @throws Refused when a rule says no
     */
    public void send(Command command, String cause) {
        var message = GenericCommandMessage.<Command>asCommandMessage(command)
                .withMetaData(Author.portal(cause).toMetaData());
        try {
            CompletableFuture.supplyAsync(() -> commands.sendAndWait(message), apart)
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
        apart.close();
    }
}
