package org.selfservice.web.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.notification.Outbox.Count;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.springframework.boot.health.contributor.Health;

class OutboxHealthTest {
    private static final Instant HOUR_AGO = Samples.NOW.minus(Duration.ofMinutes(61));

    private final Outbox outbox = mock(Outbox.class);

    @Test
    void what_waits_for_less_than_an_hour_is_nothing_to_speak_of() {
        assertThat(with(new Count(Via.EMAIL, false, 3, Samples.NOW)).getStatus().getCode())
                .isEqualTo("UP");
    }

    @Test
    void a_mail_server_that_has_been_away_for_an_hour_shows() {
        Health health = with(new Count(Via.EMAIL, false, 3, HOUR_AGO));

        assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
        assertThat(health.getDetails()).containsEntry("waiting by EMAIL", 3L);
    }

    @Test
    void what_waits_for_a_way_that_is_not_set_up_is_nobodys_fault() {
        assertThat(with(new Count(Via.SMS, false, 3, HOUR_AGO)).getStatus().getCode())
                .isEqualTo("UP");
    }

    @Test
    void messages_that_nobody_tries_any_more_show_until_somebody_decides() {
        Health health = with(new Count(Via.EMAIL, true, 1, Samples.NOW));

        assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
        assertThat(health.getDetails()).containsEntry("undelivered by EMAIL", 1L);
        assertThat(with().getStatus().getCode()).isEqualTo("UP");
    }

    @Test
    void a_store_that_cannot_be_asked_is_said_and_not_thrown() {
        when(outbox.counts()).thenThrow(new IllegalStateException("away"));
        assertThat(health().getStatus().getCode()).isEqualTo("DOWN");
    }

    private Health with(Count... counts) {
        when(outbox.counts()).thenReturn(List.of(counts));
        return health();
    }

    private Health health() {
        Channels channels = mock(Channels.class);
        when(channels.offered()).thenReturn(Set.of(Via.EMAIL));
        return new OutboxHealthIndicator(outbox, channels, Clock.fixed(Samples.NOW, ZoneOffset.UTC)).health();
    }
}
