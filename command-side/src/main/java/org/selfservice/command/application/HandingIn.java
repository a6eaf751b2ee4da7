package org.selfservice.command.application;

import static org.selfservice.command.Decide.refuseIf;

import java.util.List;
import java.util.Map;
import org.selfservice.command.Texts;
import org.selfservice.command.application.Evidence.Held;
import org.selfservice.command.application.Evidence.Mark;
import org.selfservice.command.program.Offer;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.DeferDocument;
import org.selfservice.kernel.application.ApplicationCommand.RemoveDocument;
import org.selfservice.kernel.application.ApplicationCommand.UploadDocument;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.DocumentDeferred;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRemoved;
import org.selfservice.kernel.application.ApplicationEvent.DocumentUploaded;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;

/**
 * Which documents may be handed in, taken back or put off. After sending, a file question takes documents when it was
 * asked for, is still owed, or had one rejected; what was sent stays.
 */
record HandingIn(Case file, FormDefinition form) {
    private static final int LONGEST_NAME = 255;

    List<ApplicationEvent> upload(UploadDocument command) {
        Held same = file.evidence().find(command.document());
        if (same != null && isSame(same, command)) {
            return List.of();
        }
        refuseIf(same != null, RefusalCode.INVALID, "field", "document");
        Field field = fileField(command.field());
        mustTake(field);
        Texts.check("name", command.name().or(""), 1, LONGEST_NAME);
        refuseIf(!command.sha256().matches("[0-9a-f]{64}"), RefusalCode.INVALID, "field", "sha256");
        Constraints limits = field.constraints();
        refuseIf(command.bytes() < 1, RefusalCode.DOCUMENT_EMPTY);
        refuseIf(
                command.bytes() > limits.maxBytesOrDefault(),
                RefusalCode.DOCUMENT_TOO_LARGE,
                "limit",
                Long.toString(limits.maxBytesOrDefault()));
        refuseIf(
                !limits.mediaTypesOrDefault().contains(command.mediaType()),
                RefusalCode.DOCUMENT_TYPE,
                "allowed",
                String.join(", ", limits.mediaTypesOrDefault()));
        refuseIf(
                file.evidence().in(field.id()).size() >= limits.maxFilesOrDefault(),
                RefusalCode.TOO_MANY_DOCUMENTS,
                "limit",
                Integer.toString(limits.maxFilesOrDefault()));
        return List.of(new DocumentUploaded(
                command.application(),
                command.registrant(),
                file.begun().program(),
                command.document(),
                command.field(),
                command.name(),
                command.mediaType(),
                command.bytes(),
                command.sha256(),
                command.scanned()));
    }

    List<ApplicationEvent> remove(RemoveDocument command) {
        Held held = file.evidence().held(command.document());
        if (held.mark() == Mark.REMOVED) {
            return List.of();
        }
        boolean isOpen = file.state().isOpen() && !file.evidence().isFrozen(held);
        refuseIf(!isOpen, RefusalCode.APPLICATION_STATE, "state", file.state().name());
        return List.of(new DocumentRemoved(
                command.application(),
                command.registrant(),
                file.begun().program(),
                command.document(),
                held.document().field()));
    }

    List<ApplicationEvent> defer(DeferDocument command, Offer offer) {
        Field field = fileField(command.field());
        mustBeAsked(field);
        if (command.why() == file.evidence().deferred().get(field.id())) {
            return List.of();
        }
        refuseIf(command.why() != null && !mayBeOwed(field, offer), RefusalCode.NOT_ALLOWED, "field", command.field());
        return List.of(new DocumentDeferred(
                command.application(), command.registrant(), file.begun().program(), command.field(), command.why()));
    }

    /** What the program says of the document counts; of a document that it does not name, whether the question is optional. */
    static boolean mayBeOwed(Field field, Offer offer) {
        return offer.documents().stream()
                .filter(requirement -> requirement.field().equals(field.id()))
                .findFirst()
                .map(requirement -> requirement.mayBeOwed())
                .orElse(!field.required());
    }

    private Field fileField(String id) {
        return form.field(id)
                .filter(field -> field.type() == FieldType.FILE)
                .orElseThrow(() -> new Refused(RefusalCode.UNKNOWN_FIELD, Map.of("field", Sizes.names(List.of(id)))));
    }

    private void mustTake(Field field) {
        boolean isLate = file.evidence().deferred().containsKey(field.id())
                || file.evidence().hasRejected(field.id());
        if (!file.state().isWithStaff() || !isLate) {
            mustBeAsked(field);
        }
    }

    private void mustBeAsked(Field field) {
        refuseIf(
                !file.state().isOpen(),
                RefusalCode.APPLICATION_STATE,
                "state",
                file.state().name());
        boolean isAsked = file.state() == ApplicationState.DRAFT || isRequested(field);
        refuseIf(!isAsked, RefusalCode.NOT_REQUESTED, "fields", field.id());
    }

    private boolean isRequested(Field field) {
        var request = file.review().request();
        return file.state() == ApplicationState.INFORMATION_REQUESTED
                && request != null
                && request.documents().contains(field.id());
    }

    private static boolean isSame(Held held, UploadDocument command) {
        return held.document().sha256().equals(command.sha256())
                && held.document().field().equals(command.field());
    }
}
