package org.selfservice.command;

import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Expectation;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/**
 * Around each decision of every aggregate: it is only taken when the aggregate, loaded as it decides, is where the sender
 * expects it. What is appended meanwhile makes the decision itself lose, as of two events one has the next number.
 */
final class AsExpected implements HandlerEnhancerDefinition {

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        boolean decides = original.hasAnnotation(CommandHandler.class);
        return decides ? new Decision<>(original) : original;
    }

    private static final class Decision<T> extends WrappedMessageHandlingMember<T> {
        Decision(MessageHandlingMember<T> decision) {
            super(decision);
        }

        @Override
        public @Nullable Object handle(Message<?> message, @Nullable T aggregate) throws Exception {
            if (message.getPayload() instanceof Command) {
                Expectation expected = Expectation.from(message.getMetaData());
                Long last = expected == null ? null : AggregateLifecycle.getVersion();
                if (expected != null && !expected.isMetBy(last)) {
                    throw new Refused(
                            RefusalCode.CHANGED_SINCE_READ,
                            Optional.ofNullable(last)
                                    .map(sequence -> Map.of("sequence", sequence.toString()))
                                    .orElse(Map.of()));
                }
            }
            return super.handle(message, aggregate);
        }
    }
}
