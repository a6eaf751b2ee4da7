package org.selfservice.query.form;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormEvent;
import org.selfservice.kernel.form.FormEvent.FormCreated;
import org.selfservice.kernel.form.FormEvent.FormDraftRevised;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.form.FormEvent.FormVersionRetired;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormQuery.FormFile.PublishedVersion;
import org.selfservice.query.View;
import org.springframework.stereotype.Component;

/** One document per form: its draft and the list of its versions. */
@Component
final class FormView implements View<FormFile> {
    @Override
    public String name() {
        return "form";
    }

    @Override
    public Class<FormFile> document() {
        return FormFile.class;
    }

    @Override
    public Set<Class<? extends Event>> reads() {
        return Set.of(FormEvent.class);
    }

    @Override
    public String id(Event event) {
        return ((FormEvent) event).form().value();
    }

    @Override
    public FormFile empty(String id) {
        return new FormFile(new FormCode(id), LocalizedText.EMPTY, null, List.of(), -1);
    }

    @Override
    public FormFile apply(FormFile form, Event event, Meta meta) {
        long now = meta.sequence();
        return switch ((FormEvent) event) {
            case FormCreated created -> new FormFile(form.form(), created.title(), form.draft(), form.versions(), now);
            case FormDraftRevised revised ->
                new FormFile(form.form(), form.title(), revised.definition(), form.versions(), now);
            case FormVersionPublished published ->
                new FormFile(
                        form.form(),
                        form.title(),
                        form.draft(),
                        Stream.concat(
                                        form.versions().stream(),
                                        Stream.of(new PublishedVersion(published.version(), published.sha256(), false)))
                                .toList(),
                        now);
            case FormVersionRetired retired ->
                new FormFile(
                        form.form(),
                        form.title(),
                        form.draft(),
                        form.versions().stream()
                                .map(version -> version.version() == retired.version()
                                        ? new PublishedVersion(version.version(), version.sha256(), true)
                                        : version)
                                .toList(),
                        now);
        };
    }
}
