package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ManagementStory extends PortalUnderTest {

    @Test
    void anybody_may_ask_for_health_and_learns_nothing_else() {
        Awaitility.await().untilAsserted(() -> {
            Visitor.Answer ready = visitor()
                    .with("Accept", "application/json")
                    .with("X-Forwarded-For", "198.51.100.7")
                    .look("/actuator/health/readiness");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.json().propertyNames()).containsExactly("status");
        });
        assertThat(visitor()
                        .with("Accept", "application/json")
                        .look("/actuator/health/liveness")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void operators_read_how_far_each_view_is_behind() {
        signedIn(AMINA);
        String metrics = visitor()
                .with("Accept", "text/plain")
                .look("/actuator/prometheus")
                .body();
        assertThat(metrics)
                .contains("portal_projection_lag_events{", "portal_commands_seconds_count{", "http_server_requests")
                .contains("command=\"RegisterRegistrant\"");
        for (String view : List.of("application", "dossier", "form", "form-version", "program")) {
            for (String unit : List.of("events", "seconds")) {
                assertThat(metrics.lines()
                                .filter(line -> line.startsWith("portal_projection_lag_" + unit + "{"))
                                .filter(line -> line.contains("view=\"" + view + "\"")))
                        .as(view + " in " + unit)
                        .singleElement()
                        .asString()
                        .matches(".*} \\d+(\\.\\d+)?");
            }
        }
        assertThat(visitor()
                        .with("Accept", "application/json")
                        .look("/actuator/health/details")
                        .json()
                        .get("components")
                        .propertyNames())
                .contains("views", "db");
    }

    @Test
    void nobody_else_does() {
        Visitor outside = visitor().with("X-Forwarded-For", "127.0.0.1");
        assertThat(outside.look("/actuator/prometheus").status()).isEqualTo(403);
        assertThat(outside.look("/actuator/health/details").status()).isEqualTo(403);
        assertThat(outside.look("/actuator/env").status()).isEqualTo(403);
        assertThat(visitor()
                        .with("Forwarded", "for=127.0.0.1")
                        .look("/actuator/prometheus")
                        .status())
                .isEqualTo(403);
    }
}
