package org.selfservice.query.form;

import org.axonframework.queryhandling.QueryHandler;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.form.FormQuery.FormVersion;
import org.selfservice.query.Announcements;
import org.selfservice.query.Listener;
import org.selfservice.query.Live;
import org.selfservice.query.View;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class FormVersionAnswers implements Listener<FormVersion> {
    private final FormVersionView view;
    private final Live<FormVersion> versions;
    private final Announcements announcements;

    FormVersionAnswers(FormVersionView view, ViewStore store, Announcements announcements) {
        this.view = view;
        this.versions = store.live(view);
        this.announcements = announcements;
    }

    @QueryHandler
    FormVersion one(FindFormVersion query) {
        String id = FormVersionView.id(query.form(), query.version());
        return versions.find(id).orElseGet(() -> view.empty(id));
    }

    @Override
    public View<FormVersion> view() {
        return view;
    }

    @Override
    public void changed(FormVersion version) {
        announcements.tell(
                FindFormVersion.class,
                query -> query.form().equals(version.form()) && query.version() == version.version(),
                () -> version);
    }
}
