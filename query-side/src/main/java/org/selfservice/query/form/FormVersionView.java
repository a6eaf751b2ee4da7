package org.selfservice.query.form;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.form.FormEvent.FormVersionRetired;
import org.selfservice.kernel.form.FormQuery.FormVersion;
import org.selfservice.query.View;
import org.springframework.stereotype.Component;

/** One document per published version, which never changes but for being retired. */
@Component
final class FormVersionView implements View<FormVersion> {
    @Override
    public String name() {
        return "form-version";
    }

    @Override
    public Class<FormVersion> document() {
        return FormVersion.class;
    }

    @Override
    public Set<Class<? extends Event>> reads() {
        return Set.of(FormVersionPublished.class, FormVersionRetired.class);
    }

    @Override
    public @Nullable String id(Event event) {
        return switch (event) {
            case FormVersionPublished published -> id(published.form(), published.version());
            case FormVersionRetired retired -> id(retired.form(), retired.version());
            default -> null;
        };
    }

    static String id(FormCode form, int version) {
        return form.value() + "@" + version;
    }

    @Override
    public FormVersion empty(String id) {
        int at = id.indexOf('@');
        return new FormVersion(
                new FormCode(id.substring(0, at)), Integer.parseInt(id.substring(at + 1)), null, "", false);
    }

    @Override
    public FormVersion apply(FormVersion version, Event event, Meta meta) {
        return switch (event) {
            case FormVersionPublished published ->
                new FormVersion(
                        published.form(), published.version(), published.definition(), published.sha256(), false);
            case FormVersionRetired _ ->
                new FormVersion(version.form(), version.version(), version.definition(), version.sha256(), true);
            default -> version;
        };
    }
}
