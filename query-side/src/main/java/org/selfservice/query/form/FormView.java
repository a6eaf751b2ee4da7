package org.selfservice.query.form;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormEvent;
import org.selfservice.kernel.form.FormEvent.FormCreated;
import org.selfservice.kernel.form.FormEvent.FormDraftRevised;
import org.selfservice.kernel.form.FormEvent.FormRenamed;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.form.FormEvent.FormVersionRetired;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormQuery.FormFile.LastChange;
import org.selfservice.kernel.form.FormQuery.FormFile.PublishedVersion;
import org.selfservice.kernel.form.FormQuery.FormLine;
import org.selfservice.query.View;
import org.springframework.stereotype.Component;

/** One document per form: its draft, the list of its versions and what the newest of them asks. */
@Component
final class FormView implements View<FormView.Form> {

    /** @param newest what the newest version asks; null when none was published */
    record Form(
            FormCode form,
            LocalizedText title,
            @Nullable FormDefinition draft,
            List<PublishedVersion> versions,
            @Nullable FormDefinition newest,
            @Nullable LastChange changed,
            long sequence) {

        FormFile file() {
            return new FormFile(form, title, draft, versions, draftDiffers(), changed, sequence);
        }

        FormLine line() {
            return new FormLine(form, title, versions.size(), draftDiffers(), changed == null ? null : changed.at());
        }

        /** A retired version is published once more when nothing was changed. */
        private boolean draftDiffers() {
            return draft != null && (!draft.equals(newest) || versions.getLast().retired());
        }

        private Form with(LocalizedText title) {
            return new Form(form, title, draft, versions, newest, changed, sequence);
        }

        private Form with(@Nullable FormDefinition draft) {
            return new Form(form, title, draft, versions, newest, changed, sequence);
        }

        private Form with(List<PublishedVersion> versions, @Nullable FormDefinition newest) {
            return new Form(form, title, draft, versions, newest, changed, sequence);
        }

        private Form seen(Meta meta) {
            String name = meta.author().name();
            LastChange change = new LastChange(name == null ? meta.author().actor() : name, meta.at());
            return new Form(form, title, draft, versions, newest, change, meta.sequence());
        }
    }

    @Override
    public String name() {
        return "form";
    }

    @Override
    public int revision() {
        return 3;
    }

    @Override
    public Class<Form> document() {
        return Form.class;
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
    public Form empty(String id) {
        return new Form(new FormCode(id), LocalizedText.EMPTY, null, List.of(), null, null, -1);
    }

    @Override
    public Object shown(Form form) {
        return form.file();
    }

    @Override
    public Form apply(Form form, Event event, Meta meta) {
        Form changed = switch ((FormEvent) event) {
            case FormCreated created -> form.with(created.title());
            case FormRenamed renamed -> form.with(renamed.title());
            case FormDraftRevised revised -> form.with(revised.definition());
            case FormVersionPublished published ->
                form.with(
                        Stream.concat(
                                        form.versions().stream(),
                                        Stream.of(new PublishedVersion(published.version(), published.sha256(), false)))
                                .toList(),
                        published.definition());
            case FormVersionRetired retired ->
                form.with(
                        form.versions().stream()
                                .map(version -> version.version() == retired.version()
                                        ? new PublishedVersion(version.version(), version.sha256(), true)
                                        : version)
                                .toList(),
                        form.newest());
        };
        return changed.seen(meta);
    }
}
