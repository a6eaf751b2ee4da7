package org.selfservice.query.form;

import org.axonframework.queryhandling.QueryHandler;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.query.Announcements;
import org.selfservice.query.Listener;
import org.selfservice.query.Live;
import org.selfservice.query.View;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class FormAnswers implements Listener<FormFile> {
    private final FormView view;
    private final Live<FormFile> forms;
    private final Announcements announcements;

    FormAnswers(FormView view, ViewStore store, Announcements announcements) {
        this.view = view;
        this.forms = store.live(view);
        this.announcements = announcements;
    }

    @QueryHandler
    FormFile one(FindForm query) {
        String code = query.form().value();
        return forms.find(code).orElseGet(() -> view.empty(code));
    }

    @Override
    public View<FormFile> view() {
        return view;
    }

    @Override
    public void changed(FormFile form) {
        announcements.tell(FindForm.class, query -> query.form().equals(form.form()), () -> form);
    }
}
