package org.selfservice.query.registrant;

import org.axonframework.queryhandling.QueryHandler;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.query.Announcements;
import org.selfservice.query.Listener;
import org.selfservice.query.Live;
import org.selfservice.query.View;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class DossierAnswers implements Listener<DossierView.Person> {
    private final DossierView view;
    private final Live<DossierView.Person> people;
    private final Announcements announcements;

    DossierAnswers(DossierView view, ViewStore store, Announcements announcements) {
        this.view = view;
        this.people = store.live(view);
        this.announcements = announcements;
    }

    @QueryHandler
    Dossier one(FindDossier query) {
        String id = query.registrant().value();
        return people.find(id).orElseGet(() -> view.empty(id)).dossier();
    }

    @Override
    public View<DossierView.Person> view() {
        return view;
    }

    @Override
    public void changed(DossierView.Person person) {
        announcements.tell(
                FindDossier.class,
                query -> query.registrant().equals(person.dossier().registrant()),
                person::dossier);
    }
}
