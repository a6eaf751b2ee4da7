package org.selfservice.store;

import java.util.Map;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused.Refusal;

/**
 * Handles a command again that lost a race for its stream, and says so when a server was away. Its sender is another process
 * and could not: of a failure that is no refusal, only a text crosses the network.
 */
record OnceMore(CommandBus own) implements CommandBus {
    private static final UnreachableServers UNREACHABLE = new UnreachableServers();
    private static final int TRIES = 3;

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        own.dispatch(command);
    }

    @Override
    public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        attempt(command, callback, 1);
    }

    private <C, R> void attempt(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback, int number) {
        own.<C, R>dispatch(command, (handled, result) -> {
            if (result.isExceptional() && UNREACHABLE.causes(result.exceptionResult())) {
                callback.onResult(handled, refused(RefusalCode.UNAVAILABLE));
            } else if (!hasLostARace(result)) {
                callback.onResult(handled, result);
            } else if (number < TRIES) {
                attempt(command, callback, number + 1);
            } else {
                callback.onResult(handled, refused(RefusalCode.CHANGED_MEANWHILE));
            }
        });
    }

    private static <R> CommandResultMessage<R> refused(RefusalCode code) {
        return GenericCommandResultMessage.asCommandResultMessage(
                new CommandExecutionException(code.name(), null, new Refusal(code, Map.of())));
    }

    private static boolean hasLostARace(CommandResultMessage<?> result) {
        return result.isExceptional()
                && (result.exceptionResult() instanceof ConcurrencyException
                        || result.exceptionResult() instanceof AggregateStreamCreationException);
    }

    @Override
    public Registration subscribe(String name, MessageHandler<? super CommandMessage<?>> handler) {
        return own.subscribe(name, handler);
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        return own.registerHandlerInterceptor(interceptor);
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        return own.registerDispatchInterceptor(interceptor);
    }
}
