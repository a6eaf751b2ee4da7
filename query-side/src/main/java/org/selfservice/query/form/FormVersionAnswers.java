package org.selfservice.query.form;

import org.axonframework.queryhandling.QueryHandler;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.form.FormQuery.FormVersion;
import org.selfservice.query.Announcements;
import org.selfservice.query.Answers;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class FormVersionAnswers extends Answers<FormVersion> {
    FormVersionAnswers(FormVersionView view, ViewStore store, Announcements announcements) {
        super(view, store, announcements);
    }

    @QueryHandler
    FormVersion one(FindFormVersion query) {
        return known(FormVersionView.id(query.form(), query.version()));
    }

    @Override
    public void changed(FormVersion version) {
        announcements.tell(
                FindFormVersion.class,
                query -> query.form().equals(version.form()) && query.version() == version.version(),
                () -> version);
    }
}
