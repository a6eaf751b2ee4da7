package org.selfservice.query.registrant;

import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.axonframework.queryhandling.QueryHandler;
import org.bson.Document;
import org.selfservice.kernel.registrant.RegistrantQuery.FindTakenLogins;
import org.selfservice.kernel.registrant.RegistrantQuery.TakenLogin;
import org.selfservice.kernel.registrant.RegistrantQuery.TakenLogins;
import org.selfservice.query.Cursor;
import org.selfservice.query.Listener;
import org.selfservice.query.Live;
import org.selfservice.query.View;
import org.selfservice.query.ViewStore;
import org.springframework.stereotype.Component;

@Component
final class TakenLoginAnswers implements Listener<TakenLoginView.Taken> {
    private static final String AT = "at";

    private final TakenLoginView view;
    private final Live<TakenLoginView.Taken> logins;

    TakenLoginAnswers(TakenLoginView view, ViewStore store) {
        this.view = view;
        this.logins = store.live(view);
    }

    @QueryHandler
    TakenLogins some(FindTakenLogins query) {
        Cursor.checkLimit(query.limit());
        Document filter = new Document();
        Cursor.parse(query.after()).onward(filter, AT);
        List<TakenLoginView.Taken> found = logins.list(filter, Cursor.sort(AT), query.limit() + 1);
        List<TakenLoginView.Taken> page = found.stream().limit(query.limit()).toList();
        List<TakenLogin> all = page.stream()
                .map(TakenLoginView.Taken::what)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return new TakenLogins(
                all,
                found.size() > page.size()
                        ? new Cursor(
                                        Date.from(all.getLast().at()),
                                        page.getLast().id())
                                .toString()
                        : null);
    }

    @Override
    public View<TakenLoginView.Taken> view() {
        return view;
    }

    @Override
    public void changed(TakenLoginView.Taken taken) {
        // nobody waits for it
    }
}
