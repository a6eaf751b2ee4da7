package org.selfservice.web.notification;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.notification.Outbox.Count;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.springframework.stereotype.Component;

/** How many messages wait, since when, and how many nobody tries any more. */
@Component
class OutboxMetrics implements MeterBinder {
    private final Outbox outbox;
    private final Clock clock;

    OutboxMetrics(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Via channel : List.of(Via.EMAIL, Via.SMS)) {
            gauge(registry, channel, "portal.outbox.waiting", "Messages that are to be sent", false, Count::messages);
            gauge(
                    registry,
                    channel,
                    "portal.outbox.oldest.seconds",
                    "Age of what the oldest message that is to be sent tells",
                    false,
                    count -> Duration.between(count.oldest(), clock.instant()).toSeconds());
            gauge(
                    registry,
                    channel,
                    "portal.outbox.undelivered",
                    "Messages that could not be sent and that nobody tries by themselves",
                    true,
                    Count::messages);
        }
    }

    private void gauge(
            MeterRegistry registry,
            Via channel,
            String name,
            String description,
            boolean undelivered,
            ToDoubleFunction<Count> value) {
        Gauge.builder(
                        name,
                        outbox,
                        all -> all.counts().stream()
                                .filter(count -> count.channel() == channel && count.undelivered() == undelivered)
                                .mapToDouble(value)
                                .sum())
                .description(description)
                .tag("channel", channel.name().toLowerCase(java.util.Locale.ROOT))
                .register(registry);
    }
}
