package org.selfservice.web.notification;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.notification.Outbox.Count;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * The portal stays in service while messages do not leave. It says so once they wait for an hour, and as long as nobody
 * decided what becomes of those that could not be sent. Down when the store cannot be asked.
 */
@Component("messagesHealthIndicator")
class OutboxHealthIndicator extends AbstractHealthIndicator {
    private static final Status DEGRADED = new Status("DEGRADED");
    private static final Duration LONG = Duration.ofHours(1);

    private final Outbox outbox;
    private final Channels channels;
    private final Clock clock;

    OutboxHealthIndicator(Outbox outbox, Channels channels, Clock clock) {
        this.outbox = outbox;
        this.channels = channels;
        this.clock = clock;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<Count> late = outbox.counts().stream()
                .filter(count -> !count.undelivered() && channels.offered().contains(count.channel()))
                .filter(count -> count.oldest().plus(LONG).isBefore(clock.instant()))
                .toList();
        List<Count> dead = outbox.counts().stream().filter(Count::undelivered).toList();
        health.status(late.isEmpty() && dead.isEmpty() ? Status.UP : DEGRADED);
        dead.forEach(count -> health.withDetail("undelivered by " + count.channel(), count.messages()));
        late.forEach(count -> health.withDetail("waiting by " + count.channel(), count.messages()));
    }
}
