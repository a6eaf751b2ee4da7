package org.selfservice.command;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand;
import org.selfservice.kernel.program.ProgramGrant;
import org.selfservice.kernel.registrant.RegistrantCommand;

/**
 * Around each decision of every aggregate: whoever is there for some programs only changes nothing of another, and does not
 * learn that it exists. What belongs to no program, as forms do, is not theirs to change.
 */
final class WithinGrant implements HandlerEnhancerDefinition {

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
            if (message.getPayload() instanceof Command command) {
                ProgramGrant grant = ProgramGrant.from(message.getMetaData());
                if (grant != null) {
                    check(command, aggregate, grant);
                }
            }
            return super.handle(message, aggregate);
        }
    }

    private static void check(Command command, @Nullable Object aggregate, ProgramGrant grant) {
        ProgramCode its = aggregate instanceof OfProgram part ? part.program() : null;
        ProgramCode program = its == null ? named(command) : its;
        if (program == null && !(aggregate instanceof OfProgram) && !(command instanceof RegistrantCommand)) {
            throw new Refused(RefusalCode.NOT_ALLOWED);
        }
        if (!grant.covers(program) && !(command instanceof RegistrantCommand)) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
    }

    /** By a command to a program, or one that begins something of it. */
    private static @Nullable ProgramCode named(Command command) {
        return switch (command) {
            case ProgramCommand one -> one.program();
            case ApplyForProgram begun -> begun.program();
            case EnrolRegistrant begun -> begun.program();
            default -> null;
        };
    }
}
