package org.selfservice.query;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** For operators: how the views are, what is parked, and the two things to do about it. */
@Endpoint(id = "views")
final class ViewsEndpoint {
    private final Views views;
    private final Parked parked;

    ViewsEndpoint(Views views, Parked parked) {
        this.views = views;
        this.parked = parked;
    }

    record State(
            String view,
            long eventsBehind,
            double secondsBehind,
            boolean failing,
            @Nullable String rebuilding) {}

    record All(boolean caughtUp, List<State> views, List<Parked.Entry> parked) {}

    @ReadOperation
    public All all() {
        return new All(
                views.isCaughtUp(),
                views.names().stream()
                        .map(view -> new State(
                                view,
                                views.lagInEvents(view),
                                views.lagInSeconds(view),
                                views.isFailing(view),
                                views.rebuilding(view)))
                        .toList(),
                parked.list());
    }

    /** Folds at once what waits for parked documents. */
    @WriteOperation
    public All retry() {
        views.retryParked();
        return all();
    }

    /** Begins to rebuild a view; how far it is can be read. */
    @WriteOperation
    public All rebuild(@Selector String view) {
        views.rebuild(view);
        return all();
    }
}
