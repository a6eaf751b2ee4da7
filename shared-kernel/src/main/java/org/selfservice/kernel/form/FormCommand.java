package org.selfservice.kernel.form;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.LocalizedText;

/** What administrators do with forms. */
public sealed interface FormCommand extends Command {
    FormCode form();

    @Override
    default String stream() {
        return form().stream();
    }

    record CreateForm(FormCode form, LocalizedText title) implements FormCommand {}

    /**
     * Programs and cases that asked it under another title show the new one.
     *
     * @param basis the sequence of the form that was read before it was renamed; null to rename whatever it is now
     */
    record RenameForm(
            FormCode form, LocalizedText title, @Nullable Long basis) implements FormCommand {}

    /**
     * Drafts may have mistakes; only publishing refuses them.
     *
     * @param basis the sequence of the form that was read before it was revised; null to revise whatever it is now
     */
    record ReviseFormDraft(
            FormCode form,
            FormDefinition definition,
            @Nullable Long basis) implements FormCommand {
        public ReviseFormDraft(FormCode form, FormDefinition definition) {
            this(form, definition, null);
        }
    }

    /**
     * Publishes the draft as the next version; what is published never changes.
     *
     * @param basis the sequence of the form that was read before it was published; null to publish whatever it is now
     */
    record PublishFormVersion(FormCode form, @Nullable Long basis) implements FormCommand {
        public PublishFormVersion(FormCode form) {
            this(form, null);
        }
    }

    /** A retired version can no longer be mapped; drafts that use it keep it. */
    record RetireFormVersion(FormCode form, int version) implements FormCommand {}
}
