package org.selfservice.query;

import java.util.Comparator;
import org.axonframework.queryhandling.QueryHandler;
import org.selfservice.kernel.replay.ReplayQuery.FindViews;
import org.selfservice.kernel.replay.ReplayQuery.ViewLine;
import org.selfservice.kernel.replay.ReplayQuery.ViewList;
import org.springframework.stereotype.Component;

/** Says of the views themselves how they are. */
@Component
final class ViewLines {
    private final Views views;
    private final Parked parked;

    ViewLines(Views views, Parked parked) {
        this.views = views;
        this.parked = parked;
    }

    @QueryHandler
    ViewList all(FindViews query) {
        return new ViewList(views.names().stream()
                .map(view -> new ViewLine(
                        view,
                        views.generation(view),
                        views.documents(view),
                        views.lagInEvents(view),
                        parked.count(view),
                        views.isFailing(view)))
                .sorted(Comparator.comparing(ViewLine::view))
                .toList());
    }
}
