package org.selfservice.store;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.event.AppendEventsTransaction;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.event.util.GrpcExceptionParser;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * The event store's connection to Axon Server. Who loses the race for a stream is told so as by every other engine: Axon
 * passes on what the network said, which nobody takes for a race. What is appended is told to the heads that this process keeps.
 */
final class LostRaces extends AxonServerConnectionManager {
    private final AxonServerConnectionManager server;
    private final @Nullable OwnHeads heads;

    /** @param heads of this process, if it alone appends */
    LostRaces(AxonServerConfiguration settings, AxonServerConnectionManager server, @Nullable OwnHeads heads) {
        super(builder().axonServerConfiguration(settings), null);
        this.server = server;
        this.heads = heads;
    }

    @Override
    public AxonServerConnection getConnection(String context) {
        return changed(
                AxonServerConnection.class,
                server.getConnection(context),
                "eventChannel",
                channel -> changed(
                        EventChannel.class,
                        (EventChannel) channel,
                        "startAppendEventsTransaction",
                        begun -> new Appending((AppendEventsTransaction) begun, heads, new HashMap<>())));
    }

    /** The original, but for what one of its methods returns. */
    private static <T> T changed(Class<T> type, T original, String method, Function<Object, Object> change) {
        Object changed = Proxy.newProxyInstance(
                LostRaces.class.getClassLoader(), new Class<?>[] {type}, (_, called, arguments) -> {
                    try {
                        Object result = called.invoke(original, arguments);
                        return called.getName().equals(method) ? change.apply(result) : result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
        return type.cast(changed);
    }

    private record Appending(
            AppendEventsTransaction begun, @Nullable OwnHeads heads, Map<String, Long> grown)
            implements AppendEventsTransaction {
        @Override
        public AppendEventsTransaction appendEvent(Event event) {
            begun.appendEvent(event);
            grown.merge(event.getAggregateIdentifier(), event.getAggregateSequenceNumber(), Math::max);
            return this;
        }

        /** From here on until the outcome is known, which may never be, the server is asked where these streams stand. */
        @Override
        public CompletableFuture<Confirmation> commit() {
            if (heads != null) {
                grown.keySet().forEach(heads::forget);
            }
            return begun.commit().handle((confirmation, failure) -> {
                if (failure == null) {
                    if (heads != null) {
                        grown.forEach(heads::appended);
                    }
                    return confirmation;
                }
                if (heads != null) {
                    grown.keySet().forEach(heads::forget);
                }
                RuntimeException known = GrpcExceptionParser.parse(failure);
                throw new CompletionException(known instanceof ConcurrencyException ? known : failure);
            });
        }

        @Override
        public void rollback() {
            begun.rollback();
        }
    }
}
