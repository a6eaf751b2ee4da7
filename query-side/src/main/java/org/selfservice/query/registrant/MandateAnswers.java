package org.selfservice.query.registrant;

import org.axonframework.queryhandling.QueryHandler;
import org.selfservice.kernel.registrant.RegistrantQuery.FindInvitation;
import org.selfservice.kernel.registrant.RegistrantQuery.FindMandates;
import org.selfservice.kernel.registrant.RegistrantQuery.Mandates;
import org.selfservice.query.Announcements;
import org.selfservice.query.Answers;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class MandateAnswers extends Answers<MandateView.Held> {
    MandateAnswers(MandateView view, ViewStore store, Announcements announcements) {
        super(view, store, announcements);
    }

    @QueryHandler
    Mandates invitation(FindInvitation query) {
        return of(query.invitation());
    }

    @QueryHandler
    Mandates held(FindMandates query) {
        return of(query.delegate().value());
    }

    private Mandates of(String id) {
        return new Mandates(known(id).mandates());
    }

    @Override
    public void changed(MandateView.Held held) {
        announcements.tell(
                FindInvitation.class,
                query -> query.invitation().equals(held.id()),
                () -> new Mandates(held.mandates()));
        announcements.tell(
                FindMandates.class,
                query -> query.delegate().value().equals(held.id()),
                () -> new Mandates(held.mandates()));
    }
}
