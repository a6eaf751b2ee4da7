package org.selfservice.query.form;

import java.util.Comparator;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FindForms;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormQuery.FormLine;
import org.selfservice.kernel.form.FormQuery.Forms;
import org.selfservice.query.Announcements;
import org.selfservice.query.Listener;
import org.selfservice.query.Live;
import org.selfservice.query.View;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class FormAnswers implements Listener<FormView.Form> {
    private final FormView view;
    private final Live<FormView.Form> forms;
    private final Announcements announcements;

    FormAnswers(FormView view, ViewStore store, Announcements announcements) {
        this.view = view;
        this.forms = store.live(view);
        this.announcements = announcements;
    }

    @QueryHandler
    FormFile one(FindForm query) {
        String code = query.form().value();
        return forms.find(code).orElseGet(() -> view.empty(code)).file();
    }

    /** All of them: an agency has tens of forms, not thousands. */
    @QueryHandler
    Forms all(FindForms query) {
        return new Forms(forms.list(new Document(), new Document(), 0).stream()
                .map(FormView.Form::line)
                .sorted(Comparator.comparing((FormLine form) -> form.form().value()))
                .toList());
    }

    @Override
    public View<FormView.Form> view() {
        return view;
    }

    @Override
    public void changed(FormView.Form form) {
        announcements.tell(FindForm.class, query -> query.form().equals(form.form()), form::file);
        announcements.tell(FindForms.class, query -> true, () -> all(new FindForms()));
    }
}
