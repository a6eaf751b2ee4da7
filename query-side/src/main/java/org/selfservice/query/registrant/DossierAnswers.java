package org.selfservice.query.registrant;

import org.axonframework.queryhandling.QueryHandler;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.query.Announcements;
import org.selfservice.query.Answers;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class DossierAnswers extends Answers<DossierView.Person> {
    DossierAnswers(DossierView view, ViewStore store, Announcements announcements) {
        super(view, store, announcements);
    }

    @QueryHandler
    Dossier one(FindDossier query) {
        return known(query.registrant().value()).dossier();
    }

    @Override
    public void changed(DossierView.Person person) {
        announcements.tell(
                FindDossier.class,
                query -> query.registrant().equals(person.dossier().registrant()),
                person::dossier);
    }
}
