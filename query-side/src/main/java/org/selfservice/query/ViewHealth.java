package org.selfservice.query;

import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Out of service until the views have caught up, down while one cannot go on or they cannot be read. A parked document is a matter of few: the
 * portal stays in service, and says for how many it is not.
 */
final class ViewHealth extends AbstractHealthIndicator {
    static final Status DEGRADED = new Status("DEGRADED");

    private final Views views;
    private final Parked parked;

    ViewHealth(Views views, Parked parked) {
        this.views = views;
        this.parked = parked;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<String> failing = views.names().stream().filter(views::isFailing).toList();
        if (!failing.isEmpty()) {
            health.down().withDetail("failing", failing);
            return;
        }
        if (!views.isCaughtUp()) {
            health.outOfService().withDetail("catching up", lag());
            return;
        }
        long count = parked.count();
        if (count == 0) {
            health.up();
            return;
        }
        health.status(DEGRADED)
                .withDetail("out of service for documents", count)
                .withDetail(
                        "views",
                        parked.list().stream()
                                .map(Parked.Entry::view)
                                .distinct()
                                .toList());
    }

    private List<String> lag() {
        return views.names().stream()
                .map(view -> view + " " + views.lagInEvents(view) + " events")
                .toList();
    }
}
