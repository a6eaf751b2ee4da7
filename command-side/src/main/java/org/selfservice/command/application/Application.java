package org.selfservice.command.application;

import static org.selfservice.command.Decide.append;
import static org.selfservice.command.Decide.now;
import static org.selfservice.command.Decide.refuseIf;
import static org.selfservice.command.Decide.unchanged;
import static org.selfservice.kernel.application.ApplicationState.APPROVED;
import static org.selfservice.kernel.application.ApplicationState.DRAFT;
import static org.selfservice.kernel.application.ApplicationState.EXPIRED;
import static org.selfservice.kernel.application.ApplicationState.IN_REVIEW;
import static org.selfservice.kernel.application.ApplicationState.REJECTED;
import static org.selfservice.kernel.application.ApplicationState.WITHDRAWN;

import java.time.Instant;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CommandHandlerInterceptor;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.OfProgram;
import org.selfservice.command.Streams;
import org.selfservice.command.Streams.Facts;
import org.selfservice.command.Texts;
import org.selfservice.command.form.Versions;
import org.selfservice.command.form.Versions.Version;
import org.selfservice.command.program.Offer;
import org.selfservice.command.registrant.Person;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand;
import org.selfservice.kernel.application.ApplicationCommand.AdoptFormVersion;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.AssignReviewer;
import org.selfservice.kernel.application.ApplicationCommand.ByRegistrant;
import org.selfservice.kernel.application.ApplicationCommand.CorrectDecision;
import org.selfservice.kernel.application.ApplicationCommand.DeferDocument;
import org.selfservice.kernel.application.ApplicationCommand.EraseApplication;
import org.selfservice.kernel.application.ApplicationCommand.ExpireDraft;
import org.selfservice.kernel.application.ApplicationCommand.ExpireRequest;
import org.selfservice.kernel.application.ApplicationCommand.ForgetApplication;
import org.selfservice.kernel.application.ApplicationCommand.ProvideInformation;
import org.selfservice.kernel.application.ApplicationCommand.RejectApplication;
import org.selfservice.kernel.application.ApplicationCommand.RejectDocument;
import org.selfservice.kernel.application.ApplicationCommand.ReleaseCase;
import org.selfservice.kernel.application.ApplicationCommand.Remark;
import org.selfservice.kernel.application.ApplicationCommand.RemoveDocument;
import org.selfservice.kernel.application.ApplicationCommand.RequestInformation;
import org.selfservice.kernel.application.ApplicationCommand.ResolveSuspicion;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationCommand.SuspectDuplicate;
import org.selfservice.kernel.application.ApplicationCommand.UploadDocument;
import org.selfservice.kernel.application.ApplicationCommand.VerifyDocument;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.DraftExpired;
import org.selfservice.kernel.application.References;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.store.Snapshot;

/** One application from its beginning to its decision. A command that was fulfilled before changes nothing when it comes again. */
@Aggregate(cache = "aggregates", snapshotTriggerDefinition = "everyTenEvents", snapshotFilter = "ofTheStore")
class Application implements Snapshot, OfProgram {
    @AggregateIdentifier
    private String stream;

    private Case file = Case.none();

    Application() {}

    @Override
    public @Nullable ProgramCode program() {
        return file.started() == null ? null : file.started().program();
    }

    @Override
    public String scope() {
        return stream;
    }

    /** Another person's application is as unknown as one that does not exist. */
    @CommandHandlerInterceptor
    void refuseStrangers(ApplicationCommand command, Streams streams, MetaData meta) {
        ApplicationStarted started = file.started();
        if (started == null) {
            if (!(command instanceof ApplyForProgram apply)) {
                throw new Refused(RefusalCode.NOT_FOUND);
            }
            mustBeLet(apply, apply.program(), streams, meta);
            return;
        }
        refuseIf(
                command instanceof ByRegistrant by && !by.registrant().equals(started.registrant()),
                RefusalCode.NOT_FOUND);
        boolean isErased = file.erased() || Person.isErased(streams, started.registrant());
        refuseIf(isErased && !(command instanceof EraseApplication), RefusalCode.REGISTRANT_ERASED);
        if (command instanceof ByRegistrant by) {
            mustBeLet(by, started.program(), streams, meta);
        }
    }

    private static void mustBeLet(ByRegistrant command, ProgramCode program, Streams streams, MetaData meta) {
        Author author = Author.from(meta);
        if (author.role() == Author.Role.DELEGATE) {
            Person.of(streams, command.registrant()).mustLet(author, program, now());
        }
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Position handle(ApplyForProgram command, Streams streams, Pseudonyms pseudonyms, References references) {
        Beginning beginning = new Beginning(streams, pseudonyms, references, now());
        beginning.checkId(command);
        return file.started() == null ? append(beginning.decide(command)) : unchanged(stream);
    }

    @CommandHandler
    Position handle(SaveAnswers command, Streams streams) {
        Instant keptUntil = Beginning.keptUntil(offer(streams).facts(), now());
        return append(stream, new Drafting(file, form(streams).definition()).save(command, keptUntil));
    }

    @CommandHandler
    Position handle(AdoptFormVersion command, Streams streams) {
        var mapped = offer(streams).facts().mapped();
        Version newer = Versions.of(streams, mapped.form()).facts().version(mapped.version());
        return append(
                stream,
                new Drafting(file, form(streams).definition())
                        .adopt(mapped.form(), mapped.version(), newer.definition()));
    }

    @CommandHandler
    Position handle(UploadDocument command, Streams streams) {
        return append(stream, handingIn(streams).upload(command));
    }

    @CommandHandler
    Position handle(RemoveDocument command, Streams streams) {
        return append(stream, handingIn(streams).remove(command));
    }

    @CommandHandler
    Position handle(DeferDocument command, Streams streams) {
        return append(stream, handingIn(streams).defer(command, offer(streams).facts()));
    }

    @CommandHandler
    Position handle(SubmitApplication command, Streams streams, MetaData meta) {
        if (file.state().isWithStaff() || file.state() == APPROVED || file.state() == REJECTED) {
            return unchanged(stream);
        }
        file.mustBe(DRAFT);
        mustBeProved(streams, meta);
        Submitting submitting =
                new Submitting(file, offer(streams), form(streams), Person.of(streams, command.registrant()), now());
        return append(submitting.decide(command));
    }

    @CommandHandler
    Position handle(WithdrawApplication command) {
        if (file.state() == WITHDRAWN) {
            return unchanged(stream);
        }
        refuseIf(
                !file.state().isOpen(),
                RefusalCode.APPLICATION_STATE,
                "state",
                file.state().name());
        Texts.checkNote("reason", command.reason());
        var on = file.begun();
        return append(new ApplicationWithdrawn(on.application(), on.registrant(), on.program(), command.reason()));
    }

    @CommandHandler
    Position handle(AssignReviewer command, MetaData meta) {
        return append(stream, reviewing(meta).assign(command));
    }

    @CommandHandler
    Position handle(ReleaseCase command, MetaData meta) {
        return append(stream, reviewing(meta).release());
    }

    @CommandHandler
    Position handle(RequestInformation command, Streams streams, MetaData meta) {
        file.review().mustBeOpenTo(Author.from(meta));
        return append(stream, new Answering(file, form(streams).definition(), now()).request(command));
    }

    @CommandHandler
    Position handle(ProvideInformation command, Streams streams, MetaData meta) {
        if (file.state() == IN_REVIEW && file.review().answered()) {
            return unchanged(stream);
        }
        mustBeProved(streams, meta);
        return append(new Answering(file, form(streams).definition(), now())
                .provide(command, offer(streams).facts()));
    }

    @CommandHandler
    Position handle(Remark command, MetaData meta) {
        return append(stream, reviewing(meta).remark(command));
    }

    @CommandHandler
    Position handle(VerifyDocument command, MetaData meta) {
        return append(stream, reviewing(meta).verify(command));
    }

    @CommandHandler
    Position handle(RejectDocument command, MetaData meta) {
        return append(stream, reviewing(meta).reject(command));
    }

    @CommandHandler
    Position handle(ApproveApplication command, MetaData meta) {
        return append(stream, reviewing(meta).approve(command));
    }

    @CommandHandler
    Position handle(RejectApplication command, Streams streams, MetaData meta) {
        return append(stream, reviewing(meta).reject(command, offer(streams).facts()));
    }

    @CommandHandler
    Position handle(CorrectDecision command, Streams streams, Pseudonyms pseudonyms, MetaData meta) {
        boolean isEnrolled = Place.of(streams, pseudonyms, file.begun()).isBecauseOf(command.application());
        return append(stream, reviewing(meta).correct(command, offer(streams).facts(), isEnrolled));
    }

    @CommandHandler
    Position handle(ExpireRequest command, Streams streams) {
        return file.hasExpiredRequest()
                ? unchanged(stream)
                : append(new Answering(file, form(streams).definition(), now()).expire());
    }

    @CommandHandler
    Position handle(SuspectDuplicate command) {
        return append(stream, new Suspecting(file).suspect(command));
    }

    @CommandHandler
    Position handle(ResolveSuspicion command) {
        return append(stream, new Suspecting(file).resolve(command));
    }

    @CommandHandler
    Position handle(ExpireDraft command) {
        if (file.state() == EXPIRED) {
            return unchanged(stream);
        }
        file.mustBe(DRAFT);
        refuseIf(now().isBefore(file.draft().keptUntil()), RefusalCode.APPLICATION_STATE, "state", DRAFT.name());
        var on = file.begun();
        return append(new DraftExpired(on.application(), on.registrant(), on.program()));
    }

    /** The key is destroyed once this is on file, by the process that erases. */
    @CommandHandler
    Position handle(EraseApplication command) {
        var on = file.begun();
        return file.erased()
                ? unchanged(stream)
                : append(new ApplicationErased(on.application(), on.registrant(), on.program()));
    }

    /** The program decides for how long, and may change its mind: what holds is what it says now. */
    @CommandHandler
    Position handle(ForgetApplication command, Streams streams) {
        if (file.erased()) {
            return unchanged(stream);
        }
        Instant until = offer(streams).facts().retention().until(file.state(), file.since());
        if (until == null || now().isBefore(until)) {
            throw new Refused(
                    RefusalCode.APPLICATION_STATE, Map.of("state", file.state().name()));
        }
        var on = file.begun();
        return append(new ApplicationErased(on.application(), on.registrant(), on.program()));
    }

    @EventSourcingHandler
    void on(ApplicationEvent event, @SequenceNumber long sequence, @Timestamp Instant at) {
        stream = event.stream();
        file = file.after(event, sequence, at);
    }

    /** What is sent counts as its person's word. */
    private void mustBeProved(Streams streams, MetaData meta) {
        offer(streams).facts().stepUp().mustBeMetBy(Author.from(meta).evidence(), now());
    }

    private Facts<Offer> offer(Streams streams) {
        return Offer.of(streams, file.begun().program());
    }

    private Version form(Streams streams) {
        return Versions.of(streams, file.draft().pinned())
                .facts()
                .version(file.draft().formVersion());
    }

    private HandingIn handingIn(Streams streams) {
        return new HandingIn(file, form(streams).definition());
    }

    private Reviewing reviewing(MetaData meta) {
        return new Reviewing(file, Author.from(meta));
    }
}
