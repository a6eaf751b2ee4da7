package org.selfservice.command;

import static org.selfservice.command.Decide.refuseIf;

import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand;
import org.selfservice.kernel.application.ApplicationCommand.ProvideInformation;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.registrant.RegistrantCommand;
import org.selfservice.kernel.registrant.RegistrantCommand.AcceptDelegation;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.GiveConsent;
import org.selfservice.kernel.registrant.RegistrantCommand.GrantDelegate;
import org.selfservice.kernel.registrant.RegistrantCommand.JoinLogin;
import org.selfservice.kernel.registrant.RegistrantCommand.LinkIdentity;
import org.selfservice.kernel.registrant.RegistrantCommand.RevokeDelegate;
import org.selfservice.kernel.registrant.RegistrantCommand.UnlinkIdentity;
import org.selfservice.kernel.registrant.RegistrantCommand.WithdrawConsent;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * Stands before every command: it has an author, and people change only what is theirs, whatever a page or an endpoint
 * let through. Turns every no into the one form that crosses a bus.
 */
final class Doorkeeper implements MessageHandlerInterceptor<CommandMessage<?>> {

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        try {
            CommandMessage<?> message = work.getMessage();
            if (message.getPayload() instanceof Command command) {
                admit(command, author(message));
            }
            return chain.proceed();
        } catch (Refused no) {
            throw travelling(no);
        } catch (AggregateNotFoundException nothing) {
            throw travelling(new Refused(RefusalCode.NOT_FOUND));
        }
    }

    private static Author author(CommandMessage<?> message) {
        try {
            return Author.from(message.getMetaData());
        } catch (IllegalArgumentException nobody) {
            throw new Refused(RefusalCode.NOT_ALLOWED);
        }
    }

    private static void admit(Command command, Author author) {
        switch (author.role()) {
            case REGISTRANT -> mustBeTheirs(command, author.actor());
            case DELEGATE -> {
                mustBeTheirs(command, String.valueOf(author.onBehalfOf()));
                refuseIf(!mayBeDelegated(command), RefusalCode.ONLY_IN_PERSON);
            }
            case AUDITOR, ANALYST -> throw new Refused(RefusalCode.NOT_ALLOWED);
            case OFFICER, REVIEWER, PROGRAM_ADMIN, MACHINE, PORTAL -> {
                if (author.onBehalfOf() != null) {
                    mustBeTheirs(command, author.onBehalfOf());
                    refuseIf(isForThePersonAlone(command), RefusalCode.ONLY_IN_PERSON);
                    refuseIf(isSending(command) && author.confirmation() == null, RefusalCode.CONFIRMATION_MISSING);
                }
            }
        }
    }

    /** Whether the right to it stands is for the aggregate to say. */
    private static boolean mayBeDelegated(Command command) {
        return command instanceof ApplicationCommand.ByRegistrant || command instanceof GiveConsent;
    }

    private static boolean isForThePersonAlone(Command command) {
        return command instanceof WithdrawConsent
                || command instanceof EraseRegistrant
                || command instanceof GrantDelegate
                || command instanceof AcceptDelegation
                || command instanceof RevokeDelegate
                || command instanceof JoinLogin
                || command instanceof LinkIdentity
                || command instanceof UnlinkIdentity;
    }

    private static boolean isSending(Command command) {
        return command instanceof SubmitApplication || command instanceof ProvideInformation;
    }

    private static void mustBeTheirs(Command command, String registrant) {
        RegistrantId owner = switch (command) {
            case ApplicationCommand.ByRegistrant by -> by.registrant();
            case AcceptDelegation accept -> accept.delegate();
            case JoinLogin join -> join.to();
            case RegistrantCommand about -> about.registrant();
            default -> throw new Refused(RefusalCode.NOT_ALLOWED);
        };
        refuseIf(!owner.value().equals(registrant), RefusalCode.NOT_FOUND);
    }

    private static CommandExecutionException travelling(Refused no) {
        return new CommandExecutionException(no.getMessage(), null, no.refusal());
    }
}
