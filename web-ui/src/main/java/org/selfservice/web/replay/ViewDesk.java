package org.selfservice.web.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.replay.ReplayQuery.FindViews;
import org.selfservice.kernel.replay.ReplayQuery.ViewLine;
import org.selfservice.kernel.replay.Replays;
import org.selfservice.kernel.replay.ViewReplay;
import org.selfservice.web.Granted;
import org.selfservice.web.Portal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How the views are, and their replays. Views belong to no program: it takes somebody who is there for all of them. */
@Component
public class ViewDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ViewDesk.class);

    private final Portal portal;
    private final Replays replays;

    ViewDesk(Portal portal, Replays replays) {
        this.portal = portal;
        this.replays = replays;
    }

    /** @param replay the last one */
    public record ViewFile(ViewLine line, @Nullable ViewReplay replay) {}

    public List<ViewFile> all() {
        List<ViewReplay> latest = replays.latest();
        return portal.ask(new FindViews()).views().stream()
                .map(line -> new ViewFile(
                        line,
                        latest.stream()
                                .filter(one -> one.view().equals(line.view()))
                                .findFirst()
                                .orElse(null)))
                .toList();
    }

    /** @throws Refused NOT_FOUND */
    public ViewFile one(String view) {
        return all().stream()
                .filter(one -> one.line().view().equals(view))
                .findFirst()
                .orElseThrow(() -> new Refused(RefusalCode.NOT_FOUND));
    }

    /** Earlier ones, the newest first. */
    public List<ViewReplay> history(String view, int limit) {
        return replays.of(view, limit);
    }

    /** @throws Refused NOT_FOUND, REPLAY_UNDER_WAY */
    public void replay(String view) {
        done(
                view,
                replays.ask(one(view).line().view(), portal.author().actor()),
                RefusalCode.REPLAY_UNDER_WAY,
                "asked");
    }

    /** @throws Refused NOT_FOUND, REPLAY_NOT_COMPARED */
    public void swap(String view) {
        done(view, replays.swap(one(view).line().view()), RefusalCode.REPLAY_NOT_COMPARED, "to be made live");
    }

    /** @throws Refused NOT_FOUND also when there is no replay to stop */
    public void stop(String view) {
        done(view, replays.stop(one(view).line().view()), RefusalCode.NOT_FOUND, "to be stopped");
    }

    private void done(String view, boolean done, RefusalCode otherwise, String said) {
        Granted.refuseIfLimited();
        if (!done) {
            throw new Refused(otherwise);
        }
        LOG.info("{}: replay of view {} {}", portal.author().actor(), view, said);
    }
}
