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
import org.selfservice.query.Answers;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class FormAnswers extends Answers<FormView.Form> {
    FormAnswers(FormView view, ViewStore store, Announcements announcements) {
        super(view, store, announcements);
    }

    @QueryHandler
    FormFile one(FindForm query) {
        return known(query.form().value()).file();
    }

    /** All of them: an agency has tens of forms, not thousands. */
    @QueryHandler
    Forms all(FindForms query) {
        return new Forms(live.list(new Document(), new Document(), 0).stream()
                .map(FormView.Form::line)
                .sorted(Comparator.comparing((FormLine form) -> form.form().value()))
                .toList());
    }

    @Override
    public void changed(FormView.Form form) {
        announcements.tell(FindForm.class, query -> query.form().equals(form.form()), form::file);
        announcements.tell(FindForms.class, query -> true, () -> all(new FindForms()));
    }
}
