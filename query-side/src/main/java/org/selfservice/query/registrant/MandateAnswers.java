package org.selfservice.query.registrant;

import org.axonframework.queryhandling.QueryHandler;
import org.selfservice.kernel.registrant.RegistrantQuery.FindInvitation;
import org.selfservice.kernel.registrant.RegistrantQuery.FindMandates;
import org.selfservice.kernel.registrant.RegistrantQuery.Mandates;
import org.selfservice.query.Announcements;
import org.selfservice.query.Listener;
import org.selfservice.query.Live;
import org.selfservice.query.View;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class MandateAnswers implements Listener<MandateView.Held> {
    private final MandateView view;
    private final Live<MandateView.Held> mandates;
    private final Announcements announcements;

    MandateAnswers(MandateView view, ViewStore store, Announcements announcements) {
        this.view = view;
        this.mandates = store.live(view);
        this.announcements = announcements;
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
        return new Mandates(mandates.find(id).orElseGet(() -> view.empty(id)).mandates());
    }

    @Override
    public View<MandateView.Held> view() {
        return view;
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
