package org.selfservice.web.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuppressionTest {
    @Test
    void what_is_about_fewer_than_ten_is_left_out_and_nothing_is_nothing() {
        assertThat(Suppression.of(9)).isNull();
        assertThat(Suppression.of(1)).isNull();
        assertThat(Suppression.of(10)).isEqualTo(10);
        assertThat(Suppression.of(0)).isZero();
    }

    @Test
    void a_single_one_that_is_left_out_cannot_be_found_from_the_sum() {
        assertThat(Suppression.ofParts(List.of(40L, 3L, 12L, 0L))).containsExactly(40L, null, null, 0L);
        assertThat(Suppression.ofParts(List.of(40L, 3L, 4L))).containsExactly(40L, null, null);
        assertThat(Suppression.ofParts(List.of(40L, 30L))).containsExactly(40L, 30L);
        assertThat(Suppression.ofParts(List.of(3L))).containsExactly((Long) null);
    }
}
