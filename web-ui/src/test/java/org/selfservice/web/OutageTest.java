package org.selfservice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.kernel.StoreWatch.Ability.DECIDE;
import static org.selfservice.kernel.StoreWatch.Ability.RECOGNISE;
import static org.selfservice.kernel.StoreWatch.Ability.SHOW;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfservice.kernel.StoreWatch;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OutageTest {
    private static final Watch POSTGRESQL = new Watch(Set.of(RECOGNISE, DECIDE));
    private static final Watch AXON_SERVER = new Watch(Set.of(DECIDE));
    private static final Watch MONGODB = new Watch(Set.of(SHOW));

    private record Watch(Set<Ability> abilities) implements StoreWatch {
        @Override
        public boolean isAway() {
            return true;
        }
    }

    /** {@code yes} is answered as ever, {@code no} with 503. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, delimiter = '|', textBlock = """
            request                       | PostgreSQL | Axon Server | MongoDB
            GET /                         | yes        | yes         | no
            GET /programs/cash-transfer   | yes        | yes         | no
            GET /applications             | no         | yes         | no
            GET /staff/cases              | no         | yes         | no
            GET /help                     | yes        | yes         | yes
            GET /assets/1/portal.css      | yes        | yes         | yes
            GET /actuator/health          | yes        | yes         | yes
            POST /applications/a/pages/b  | no         | no          | no
            POST /sign-out                | no         | no          | no
            GET /api/v1/cases             | no         | yes         | no
            GET /api/v1/cases token       | yes        | yes         | no
            POST /api/v1/forms            | no         | no          | no
            POST /api/v1/forms token      | no         | no          | yes
            GET /api/openapi              | yes        | yes         | yes
            """)
    void what_is_answered_while_one_is_away(String request, String postgresql, String axonServer, String mongodb)
            throws Exception {
        assertThat(answered(request, POSTGRESQL)).as("without PostgreSQL").isEqualTo(postgresql);
        assertThat(answered(request, AXON_SERVER)).as("without Axon Server").isEqualTo(axonServer);
        assertThat(answered(request, MONGODB)).as("without MongoDB").isEqualTo(mongodb);
    }

    @Test
    void together_they_take_more_than_one_by_one() throws Exception {
        assertThat(answered("GET /", POSTGRESQL, MONGODB)).isEqualTo("no");
        assertThat(answered("POST /api/v1/forms token", AXON_SERVER, MONGODB)).isEqualTo("no");
        assertThat(answered("GET /help", POSTGRESQL, AXON_SERVER, MONGODB)).isEqualTo("yes");
    }

    @Test
    void whoever_gets_503_is_told_when_to_come_again() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new Outage(List.of(MONGODB)).doFilter(request("GET /"), response, new MockFilterChain());
        assertThat(response.getHeader("Retry-After")).isEqualTo("10");
    }

    private static String answered(String request, StoreWatch... away) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain rest = new MockFilterChain();
        new Outage(List.of(away)).doFilter(request(request), response, rest);
        assertThat(response.getStatus()).isEqualTo(rest.getRequest() == null ? 503 : 200);
        return rest.getRequest() == null ? "no" : "yes";
    }

    private static MockHttpServletRequest request(String text) {
        String[] parts = text.split(" ");
        MockHttpServletRequest request = new MockHttpServletRequest(parts[0], parts[1]);
        if (parts.length > 2) {
            request.addHeader("Authorization", "Bearer of another system");
        }
        return request;
    }
}
