package org.selfservice.web.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.notification.Failure;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.notification.Outbox.Taken;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.web.notification.Carrier.NotCarried;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends what is in the outbox. A process that is killed after the server took a message and before that is written down
 * leaves it to be sent once more: at least once, and to be known as the same by its id.
 */
@Component
class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    /** Longer than any carrier waits for its server. */
    private static final Duration HOLD = Duration.ofMinutes(2);

    private final Outbox outbox;
    private final Map<Via, Carrier> carriers = new EnumMap<>(Via.class);
    private final PostSettings.Notifications settings;
    private final Clock clock;

    Delivery(Outbox outbox, List<Carrier> carriers, PostSettings settings, Clock clock) {
        this.outbox = outbox;
        this.settings = settings.notifications();
        this.clock = clock;
        carriers.forEach(carrier -> this.carriers.put(carrier.channel(), carrier));
        if (carriers.isEmpty()) {
            LOG.info("Messages to people are kept and not sent: there is neither spring.mail.host nor portal.sms.url");
        }
    }

    /** A server that does not answer is asked once a turn and not once a message. */
    @Scheduled(fixedDelayString = "${portal.notifications.check:PT5S}")
    void deliver() {
        Set<Via> left = EnumSet.noneOf(Via.class);
        left.addAll(carriers.keySet());
        while (!left.isEmpty()) {
            Optional<Taken> next = outbox.take(left, clock.instant(), HOLD);
            if (next.isEmpty()) {
                return;
            }
            Failure failure = deliver(next.get());
            if (failure == Failure.UNREACHABLE || failure == Failure.LOGIN) {
                left.remove(next.get().message().channel());
            }
        }
    }

    private @Nullable Failure deliver(Taken taken) {
        Instant now = clock.instant();
        if (taken.attempts() == 0
                && taken.message().at().plus(settings.staleAfter()).isBefore(now)) {
            outbox.failed(taken.number(), Failure.STALE, null, now, null);
            return Failure.STALE;
        }
        try {
            carriers.get(taken.message().channel())
                    .carry(taken.message(), taken.message().address().or(""));
            outbox.sent(taken.number(), clock.instant());
            return null;
        } catch (NotCarried no) {
            return failed(taken, no.why(), no.reply());
        } catch (RuntimeException unforeseen) {
            LOG.error(
                    "Message {} could not be written: {}",
                    taken.number(),
                    unforeseen.getClass().getName());
            return failed(taken, Failure.REFUSED, null);
        }
    }

    private Failure failed(Taken taken, Failure why, @Nullable Integer reply) {
        Instant now = clock.instant();
        Duration wait = why.isFinal() ? null : settings.wait(taken.attempts() + 1);
        outbox.failed(taken.number(), why, reply, now, wait == null ? null : now.plus(wait));
        LOG.warn(
                "Message {} by {} was not sent: {} {}{}",
                taken.number(),
                taken.message().channel(),
                why,
                reply == null ? "" : reply,
                wait == null ? "; nobody tries again by itself" : "");
        return why;
    }
}
