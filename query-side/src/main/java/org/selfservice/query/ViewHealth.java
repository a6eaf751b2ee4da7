package org.selfservice.query;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Out of service until the views have caught up, down while one cannot go on. A parked document is a matter of few: the
 * portal stays in service, and says for how many it is not.
 */
final class ViewHealth implements HealthIndicator {
    static final Status DEGRADED = new Status("DEGRADED");

    private final Views views;
    private final Parked parked;

    ViewHealth(Views views, Parked parked) {
        this.views = views;
        this.parked = parked;
    }

    @Override
    public Health health() {
        List<String> failing = views.names().stream().filter(views::isFailing).toList();
        if (!failing.isEmpty()) {
            return Health.down().withDetail("failing", failing).build();
        }
        if (!views.isCaughtUp()) {
            return Health.outOfService().withDetail("catching up", lag()).build();
        }
        long count = parked.count();
        return count == 0
                ? Health.up().build()
                : Health.status(DEGRADED)
                        .withDetail("out of service for documents", count)
                        .withDetail(
                                "views",
                                parked.list().stream()
                                        .map(Parked.Entry::view)
                                        .distinct()
                                        .toList())
                        .build();
    }

    private List<String> lag() {
        return views.names().stream()
                .map(view -> view + " " + views.lagInEvents(view) + " events")
                .toList();
    }
}
