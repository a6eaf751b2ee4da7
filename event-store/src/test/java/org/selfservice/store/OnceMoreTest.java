package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused.Refusal;

class OnceMoreTest {
    private final SimpleCommandBus own = SimpleCommandBus.builder().build();
    private final OnceMore bus = new OnceMore(own);
    private int handled;

    @Test
    void whoeverLosesARaceTriesAgain() {
        own.subscribe(String.class.getName(), _ -> {
            handled++;
            if (handled == 1) {
                throw new AggregateStreamCreationException("begun by another");
            }
            if (handled == 2) {
                throw new ConcurrencyException("continued by another");
            }
            return "done";
        });
        assertThat(answer().getPayload()).isEqualTo("done");
        assertThat(handled).isEqualTo(3);
    }

    @Test
    void whoeverLosesAgainAndAgainIsRefused() {
        own.subscribe(String.class.getName(), _ -> {
            handled++;
            throw new ConcurrencyException("continued by another");
        });
        assertThat(answer().exceptionResult())
                .isInstanceOfSatisfying(
                        CommandExecutionException.class,
                        no -> assertThat(no.getDetails())
                                .containsInstanceOf(Refusal.class)
                                .get()
                                .extracting("code")
                                .isEqualTo(RefusalCode.CHANGED_MEANWHILE));
        assertThat(handled).isEqualTo(3);
    }

    @Test
    void anyOtherFailureIsAnsweredAtOnce() {
        own.subscribe(String.class.getName(), _ -> {
            handled++;
            throw new IllegalStateException("broken");
        });
        assertThat(answer().exceptionResult()).isInstanceOf(IllegalStateException.class);
        assertThat(handled).isEqualTo(1);
    }

    private CommandResultMessage<?> answer() {
        CompletableFuture<CommandResultMessage<?>> answer = new CompletableFuture<>();
        bus.dispatch(GenericCommandMessage.asCommandMessage("do it"), (_, result) -> answer.complete(result));
        return answer.join();
    }
}
