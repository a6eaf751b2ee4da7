package org.selfservice.command.program;

import static org.selfservice.command.Decide.append;
import static org.selfservice.command.Decide.refuseIf;
import static org.selfservice.command.Decide.unchanged;
import static org.selfservice.kernel.program.ProgramState.CLOSED;
import static org.selfservice.kernel.program.ProgramState.DRAFT;
import static org.selfservice.kernel.program.ProgramState.OPEN;
import static org.selfservice.kernel.program.ProgramState.SUSPENDED;

import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Streams;
import org.selfservice.command.form.Versions;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.EligibilityRule;
import org.selfservice.kernel.program.ProgramCommand.CloseProgram;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.RequireDocuments;
import org.selfservice.kernel.program.ProgramCommand.ReviseProgram;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.program.ProgramCommand.SetAutoEnrolment;
import org.selfservice.kernel.program.ProgramCommand.SetEligibilityRules;
import org.selfservice.kernel.program.ProgramCommand.SetRejectionReasons;
import org.selfservice.kernel.program.ProgramCommand.SetRetention;
import org.selfservice.kernel.program.ProgramCommand.SetStepUp;
import org.selfservice.kernel.program.ProgramCommand.SuspendProgram;
import org.selfservice.kernel.program.ProgramEvent;
import org.selfservice.kernel.program.ProgramEvent.ApplicationPolicySet;
import org.selfservice.kernel.program.ProgramEvent.AutoEnrolmentSet;
import org.selfservice.kernel.program.ProgramEvent.DocumentsRequired;
import org.selfservice.kernel.program.ProgramEvent.EligibilityRulesSet;
import org.selfservice.kernel.program.ProgramEvent.FormMapped;
import org.selfservice.kernel.program.ProgramEvent.ProgramClosed;
import org.selfservice.kernel.program.ProgramEvent.ProgramCreated;
import org.selfservice.kernel.program.ProgramEvent.ProgramOpened;
import org.selfservice.kernel.program.ProgramEvent.ProgramRevised;
import org.selfservice.kernel.program.ProgramEvent.ProgramSuspended;
import org.selfservice.kernel.program.ProgramEvent.RejectionReasonsSet;
import org.selfservice.kernel.program.ProgramEvent.RetentionSet;
import org.selfservice.kernel.program.ProgramEvent.StepUpSet;

/** A closed program still changes its texts, its reasons and what becomes of cases, as those that wait or were closed need them. */
@Aggregate(cache = "aggregates")
class Program {
    @AggregateIdentifier
    private String stream;

    private Offer offer = Offer.none();

    Program() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Position handle(CreateProgram command) {
        refuseIf(offer.profile() != null, RefusalCode.PROGRAM_EXISTS);
        Completeness.checkProfile(command.profile());
        return append(new ProgramCreated(command.program(), command.profile()));
    }

    @CommandHandler
    Position handle(ReviseProgram command) {
        Completeness.checkProfile(command.profile());
        if (offer.state() == OPEN) {
            Completeness.check(command.profile(), offer.form());
        }
        return changed(command.profile(), offer.profile(), new ProgramRevised(command.program(), command.profile()));
    }

    @CommandHandler
    Position handle(MapForm command, Streams streams) {
        refuseIf(offer.state() == CLOSED, RefusalCode.PROGRAM_STATE);
        var version = Versions.of(streams, command.form()).facts().version(command.version());
        refuseIf(version.retired(), RefusalCode.FORM_VERSION_RETIRED);
        Completeness.checkFit(version.definition(), offer.documents(), offer.rules());
        FormMapped mapped = new FormMapped(
                command.program(), command.form(), command.version(), version.sha256(), command.openDrafts());
        return changed(mapped, offer.form(), mapped);
    }

    @CommandHandler
    Position handle(SetApplicationPolicy command) {
        refuseIf(offer.state() == CLOSED, RefusalCode.PROGRAM_STATE);
        return changed(command.policy(), offer.policy(), new ApplicationPolicySet(command.program(), command.policy()));
    }

    @CommandHandler
    Position handle(SetEligibilityRules command, Streams streams) {
        refuseIf(offer.state() == CLOSED, RefusalCode.PROGRAM_STATE);
        Completeness.checkRules(command.rules());
        checkFit(streams, List.of(), command.rules());
        return changed(
                command.rules(),
                offer.rules(),
                new EligibilityRulesSet(command.program(), offer.rulesVersion() + 1, command.rules()));
    }

    @CommandHandler
    Position handle(RequireDocuments command, Streams streams) {
        refuseIf(offer.state() == CLOSED, RefusalCode.PROGRAM_STATE);
        Completeness.checkDocuments(command.documents());
        checkFit(streams, command.documents(), List.of());
        return changed(
                command.documents(), offer.documents(), new DocumentsRequired(command.program(), command.documents()));
    }

    @CommandHandler
    Position handle(SetRejectionReasons command) {
        Completeness.checkReasons(command.reasons());
        return changed(
                command.reasons(), offer.reasons(), new RejectionReasonsSet(command.program(), command.reasons()));
    }

    @CommandHandler
    Position handle(SetAutoEnrolment command) {
        return changed(
                command.onApproval(),
                offer.enrolsSince() != null,
                new AutoEnrolmentSet(command.program(), command.onApproval()));
    }

    @CommandHandler
    Position handle(SetRetention command) {
        return changed(
                command.retention(), offer.retention(), new RetentionSet(command.program(), command.retention()));
    }

    @CommandHandler
    Position handle(SetStepUp command) {
        return changed(command.stepUp(), offer.stepUp(), new StepUpSet(command.program(), command.stepUp()));
    }

    @CommandHandler
    Position handle(OpenProgram command) {
        refuseIf(offer.state() == CLOSED, RefusalCode.PROGRAM_STATE);
        Completeness.check(offer.terms(), offer.form());
        return changed(OPEN, offer.state(), new ProgramOpened(command.program()));
    }

    @CommandHandler
    Position handle(SuspendProgram command) {
        refuseIf(offer.state() == DRAFT || offer.state() == CLOSED, RefusalCode.PROGRAM_STATE);
        refuseIf(command.reason().isEmpty(), RefusalCode.REASON_REQUIRED);
        return changed(SUSPENDED, offer.state(), new ProgramSuspended(command.program(), command.reason()));
    }

    @CommandHandler
    Position handle(CloseProgram command) {
        refuseIf(offer.state() == DRAFT, RefusalCode.PROGRAM_STATE);
        return changed(CLOSED, offer.state(), new ProgramClosed(command.program()));
    }

    @EventSourcingHandler
    void on(ProgramEvent event, @Timestamp Instant at) {
        stream = event.stream();
        offer = offer.after(event, at);
    }

    private Position changed(Object wished, @Nullable Object present, ProgramEvent event) {
        return wished.equals(present) ? unchanged(stream) : append(event);
    }

    private void checkFit(Streams streams, List<DocumentRequirement> documents, List<EligibilityRule> rules) {
        FormMapped form = offer.form();
        if (form != null) {
            var version = Versions.of(streams, form.form()).facts().version(form.version());
            Completeness.checkFit(version.definition(), documents, rules);
        }
    }
}
