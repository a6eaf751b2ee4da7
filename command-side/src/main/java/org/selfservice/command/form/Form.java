package org.selfservice.command.form;

import static org.selfservice.command.Decide.append;
import static org.selfservice.command.Decide.refuseIf;
import static org.selfservice.command.Decide.unchanged;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Canonical;
import org.selfservice.command.Texts;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.RenameForm;
import org.selfservice.kernel.form.FormCommand.RetireFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormEvent;
import org.selfservice.kernel.form.FormEvent.FormCreated;
import org.selfservice.kernel.form.FormEvent.FormDraftRevised;
import org.selfservice.kernel.form.FormEvent.FormRenamed;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.form.FormEvent.FormVersionRetired;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.form.FormRules.Problem;

@Aggregate(cache = "aggregates")
class Form {
    @AggregateIdentifier
    private String stream;

    private Versions versions = Versions.none();

    Form() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Position handle(CreateForm command) {
        refuseIf(versions.created(), RefusalCode.FORM_EXISTS);
        refuseIf(!Texts.hasEnglish(command.title()), RefusalCode.INVALID, "field", "title");
        return append(new FormCreated(command.form(), command.title()));
    }

    @CommandHandler
    Position handle(RenameForm command) {
        refuseUnlessReadLast(command.basis());
        refuseIf(!Texts.hasEnglish(command.title()), RefusalCode.INVALID, "field", "title");
        return command.title().equals(versions.title())
                ? unchanged(stream)
                : append(new FormRenamed(command.form(), command.title()));
    }

    @CommandHandler
    Position handle(ReviseFormDraft command) {
        refuseUnlessReadLast(command.basis());
        return command.definition().equals(versions.draft())
                ? unchanged(stream)
                : append(new FormDraftRevised(command.form(), command.definition()));
    }

    /** A draft that is published already stays that version, so that a repeated command publishes once. */
    @CommandHandler
    Position handle(PublishFormVersion command) {
        refuseUnlessReadLast(command.basis());
        FormDefinition draft = versions.draft();
        if (draft == null) {
            throw new Refused(RefusalCode.FORM_NOT_VALID, Map.of("problems", "no draft"));
        }
        refuseMistakes(FormRules.mistakes(draft));
        String sha256 = Canonical.sha256(draft);
        Versions.Version newest = versions.newest();
        if (newest != null && !newest.retired() && newest.sha256().equals(sha256)) {
            return unchanged(stream);
        }
        return append(
                new FormVersionPublished(command.form(), versions.published().size() + 1, draft, sha256));
    }

    @CommandHandler
    Position handle(RetireFormVersion command) {
        return versions.version(command.version()).retired()
                ? unchanged(stream)
                : append(new FormVersionRetired(command.form(), command.version()));
    }

    @EventSourcingHandler
    void on(FormEvent event) {
        stream = event.stream();
        versions = versions.after(event);
    }

    private static void refuseUnlessReadLast(@Nullable Long basis) {
        refuseIf(basis != null && basis != AggregateLifecycle.getVersion(), RefusalCode.CHANGED_MEANWHILE);
    }

    private static void refuseMistakes(List<Problem> mistakes) {
        if (!mistakes.isEmpty()) {
            throw new Refused(
                    RefusalCode.FORM_NOT_VALID,
                    Map.of(
                            "fields",
                            mistakes.stream().map(Problem::path).distinct().collect(Collectors.joining(", ")),
                            "problems",
                            mistakes.stream()
                                    .map(mistake -> mistake.path() + " " + mistake.code())
                                    .collect(Collectors.joining(", "))));
        }
    }
}
