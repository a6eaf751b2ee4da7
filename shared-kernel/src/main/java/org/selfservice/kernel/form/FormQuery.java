package org.selfservice.kernel.form;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Query;

/** What one may ask about forms. */
public sealed interface FormQuery<A> extends Query<A> {

    /** The answer has no version when there is no such one. */
    record FindFormVersion(FormCode form, int version) implements FormQuery<FormVersion> {
        @Override
        public Class<FormVersion> answer() {
            return FormVersion.class;
        }
    }

    record FindForm(FormCode form) implements FormQuery<FormFile> {
        @Override
        public Class<FormFile> answer() {
            return FormFile.class;
        }
    }

    record FindForms() implements FormQuery<Forms> {
        @Override
        public Class<Forms> answer() {
            return Forms.class;
        }
    }

    /** By code. */
    record Forms(List<FormLine> forms) {}

    /**
     * @param version the newest one; 0 when none was published
     * @param draftDiffers whether publishing would make another version
     * @param changedAt when it was changed last
     */
    record FormLine(
            FormCode form,
            LocalizedText title,
            int version,
            boolean draftDiffers,
            @Nullable Instant changedAt) {}

    record FormVersion(
            FormCode form, int version, @Nullable FormDefinition definition, String sha256, boolean retired) {}

    /**
     * @param draftDiffers whether publishing would make another version
     * @param changed the last change of it; null when there is no such form
     * @param sequence of the last event seen in the form's stream; -1 when there is no such form
     */
    record FormFile(
            FormCode form,
            LocalizedText title,
            @Nullable FormDefinition draft,
            List<PublishedVersion> versions,
            boolean draftDiffers,
            @Nullable LastChange changed,
            long sequence) {
        public record PublishedVersion(int version, String sha256, boolean retired) {}

        /** @param by the name under which staff see each other, or another system's id */
        public record LastChange(String by, Instant at) {}

        /** The newest version that is not retired; null when there is none. */
        public @Nullable PublishedVersion newest() {
            return versions.reversed().stream()
                    .filter(version -> !version.retired())
                    .findFirst()
                    .orElse(null);
        }
    }
}
