package org.selfservice.web.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.notification.Failure;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.notification.Outbox.Taken;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DeliveryTest {
    private static final Message MESSAGE = Samples.message(Notice.DECIDED, "en", Via.EMAIL);

    private final Outbox outbox = mock(Outbox.class);
    private final List<String> carried = new ArrayList<>();
    private @Nullable Failure failure;

    @Test
    void what_is_carried_is_sent() {
        deliver(Samples.NOW, 0);

        assertThat(carried).containsExactly("zoe@example.org");
        verify(outbox).sent(7, Samples.NOW);
    }

    @Test
    void what_fails_is_tried_after_one_five_and_thirty_minutes_two_and_twelve_hours_and_then_no_more() {
        failure = Failure.UNREACHABLE;
        List<Duration> waits = List.of(
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofHours(2),
                Duration.ofHours(12));
        for (int attempts = 0; attempts < waits.size(); attempts++) {
            deliver(Samples.NOW, attempts);
            verify(outbox).failed(7, Failure.UNREACHABLE, null, Samples.NOW, Samples.NOW.plus(waits.get(attempts)));
        }

        deliver(Samples.NOW, waits.size());

        verify(outbox).failed(7, Failure.UNREACHABLE, null, Samples.NOW, null);
    }

    @Test
    void an_address_that_there_is_not_is_not_tried_a_second_time() {
        failure = Failure.ADDRESS;
        deliver(Samples.NOW, 0);

        verify(outbox).failed(7, Failure.ADDRESS, null, Samples.NOW, null);
    }

    @Test
    void what_is_no_news_any_more_is_not_sent_unless_somebody_asks_for_it() {
        Instant later = Samples.NOW.plus(Duration.ofDays(8));
        deliver(later, 0);
        assertThat(carried).isEmpty();
        verify(outbox).failed(7, Failure.STALE, null, later, null);

        deliver(later, 1);
        assertThat(carried).hasSize(1);
    }

    @Test
    void without_a_way_nothing_is_even_taken() {
        new Delivery(outbox, List.of(), settings(), Clock.systemUTC()).deliver();

        verify(outbox, never()).take(any(), any(), any());
        verify(outbox, never()).failed(anyLong(), any(), anyInt(), any(), any());
    }

    private void deliver(Instant now, int attempts) {
        when(outbox.take(any(), eq(now), any()))
                .thenReturn(Optional.of(new Taken(7, attempts, MESSAGE)), Optional.empty());
        new Delivery(outbox, List.of(new Hand()), settings(), Clock.fixed(now, ZoneOffset.UTC)).deliver();
    }

    /** As they are when nothing is set. */
    private static PostSettings settings() {
        return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("portal", PostSettings.class);
    }

    private final class Hand implements Carrier {
        @Override
        public Via channel() {
            return Via.EMAIL;
        }

        @Override
        public void carry(Message message, String address) {
            if (failure != null) {
                throw new NotCarried(failure, null);
            }
            carried.add(address);
        }
    }
}
