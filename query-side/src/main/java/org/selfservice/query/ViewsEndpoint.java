package org.selfservice.query;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.replay.Replays;
import org.selfservice.kernel.replay.ViewReplay;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** For operators: how the views are, what is parked and replayed, and what to do about it. */
@Endpoint(id = "views")
final class ViewsEndpoint {
    /** Who comes from the operators' networks has no name. */
    private static final String OPERATOR = "operator";

    private final Views views;
    private final Parked parked;
    private final Replays replays;

    ViewsEndpoint(Views views, Parked parked, Replays replays) {
        this.views = views;
        this.parked = parked;
        this.replays = replays;
    }

    /** What may be done with a view. */
    enum Wanted {
        REPLAY,
        SWAP,
        STOP
    }

    /** @param replay the last one, if there was any */
    record State(
            String view,
            int generation,
            long documents,
            long eventsBehind,
            double secondsBehind,
            boolean failing,
            @Nullable ViewReplay replay) {}

    record All(boolean caughtUp, List<State> views, List<Parked.Entry> parked) {}

    record Refusal(RefusalCode code) {}

    @ReadOperation
    public All all() {
        List<ViewReplay> latest = replays.latest();
        return new All(
                views.isCaughtUp(),
                views.names().stream().map(view -> state(view, latest)).toList(),
                parked.list());
    }

    /** Folds at once what waits for parked documents. */
    @WriteOperation
    public All retry() {
        views.retryParked();
        return all();
    }

    @WriteOperation
    public WebEndpointResponse<Object> act(@Selector String view, String wanted) {
        if (!views.names().contains(view)) {
            return refused(RefusalCode.NOT_FOUND);
        }
        Wanted what;
        try {
            what = Wanted.valueOf(wanted.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            return refused(RefusalCode.INVALID);
        }
        RefusalCode no = switch (what) {
            case REPLAY -> replays.ask(view, OPERATOR) ? null : RefusalCode.REPLAY_UNDER_WAY;
            case SWAP -> replays.swap(view) ? null : RefusalCode.REPLAY_NOT_COMPARED;
            case STOP -> replays.stop(view) ? null : RefusalCode.NOT_FOUND;
        };
        return no == null ? new WebEndpointResponse<>(state(view, replays.latest()), 202) : refused(no);
    }

    private State state(String view, List<ViewReplay> latest) {
        return new State(
                view,
                views.generation(view),
                views.documents(view),
                views.lagInEvents(view),
                views.lagInSeconds(view),
                views.isFailing(view),
                latest.stream()
                        .filter(one -> one.view().equals(view))
                        .findFirst()
                        .orElse(null));
    }

    private static WebEndpointResponse<Object> refused(RefusalCode code) {
        return new WebEndpointResponse<>(new Refusal(code), code.status());
    }
}
