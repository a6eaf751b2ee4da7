package org.selfservice.kernel.form;

import org.selfservice.kernel.Event;
import org.selfservice.kernel.EventName;
import org.selfservice.kernel.LocalizedText;

/** What happened to forms. */
public sealed interface FormEvent extends Event {
    FormCode form();

    @Override
    default String stream() {
        return form().stream();
    }

    @EventName("form.created")
    record FormCreated(FormCode form, LocalizedText title) implements FormEvent {}

    @EventName("form.renamed")
    record FormRenamed(FormCode form, LocalizedText title) implements FormEvent {}

    @EventName("form.draft-revised")
    record FormDraftRevised(FormCode form, FormDefinition definition) implements FormEvent {}

    /** @param sha256 of the definition's canonical JSON, lower-case hex */
    @EventName("form.version-published")
    record FormVersionPublished(FormCode form, int version, FormDefinition definition, String sha256)
            implements FormEvent {}

    @EventName("form.version-retired")
    record FormVersionRetired(FormCode form, int version) implements FormEvent {}
}
