package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Each endpoint is tried by everybody. */
class AccessStory extends PortalUnderTest {
    private static final String OF_ONE_PROGRAM = "reviewer-cash";
    private static final Map<String, Visitor> CALLERS = new LinkedHashMap<>();

    @BeforeAll
    static void everybody() {
        CALLERS.put("nobody", visitor());
        CALLERS.put("registrant", withToken(signedIn(PAT)));
        Endpoint.ROLES.forEach(role -> CALLERS.put(role, withToken(staff(role))));
        CALLERS.put(OF_ONE_PROGRAM, withToken(staff(OF_ONE_PROGRAM)));
        Endpoint.SCOPES.forEach(scope -> CALLERS.put(scope, machine(scope)));
    }

    @Test
    void exactly_those_may_call_an_endpoint_who_should() {
        SoftAssertions softly = new SoftAssertions();
        for (Endpoint endpoint : Endpoint.ALL) {
            Set<String> passed = new TreeSet<>();
            CALLERS.forEach((name, caller) -> {
                Answer answer = call(caller, endpoint);
                if (answer.status() != 401 && answer.status() != 403) {
                    passed.add(name);
                }
                int otherwise = name.equals("nobody") ? 401 : 403;
                if (!callers(endpoint).contains(name)) {
                    softly.assertThat(answer.status())
                            .as(endpoint.name() + " by " + name)
                            .isEqualTo(otherwise);
                }
                softly.assertThat(answer.status())
                        .as(endpoint.name() + " by " + name)
                        .isLessThan(500);
                if (answer.status() >= 400) {
                    softly.assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
                    softly.assertThat(answer.json().path("code").asString()).isNotBlank();
                }
            });
            softly.assertThat(passed).as(endpoint.name()).isEqualTo(callers(endpoint));
        }
        softly.assertAll();
    }

    @Test
    void no_endpoint_is_forgotten_here() {
        Set<String> mapped = bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/v1/"))
                        .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> method + " " + path)))
                .collect(Collectors.toSet());
        assertThat(Endpoint.ALL).extracting(Endpoint::name).containsExactlyInAnyOrderElementsOf(mapped);
    }

    @Test
    void what_is_not_an_endpoint_is_closed_to_everybody() {
        CALLERS.forEach((name, caller) -> assertThat(
                        caller.send("POST", "/api/v1/nothing", "{}").status())
                .as(name)
                .isIn(401, 403));
    }

    @Test
    void a_session_needs_its_token_against_forgery_and_a_bearer_does_not() {
        Visitor admin = staff("admin").with("Accept", "application/json");
        String address = "/api/v1/programs/nothing-here/opening";
        assertThat(admin.get("/api/v1/programs").status()).isEqualTo(200);
        assertThat(admin.send("POST", address, "").status()).isEqualTo(403);
        assertThat(admin.with("X-CSRF-TOKEN", "made-up")
                        .send("POST", address, "")
                        .status())
                .isEqualTo(403);
        assertThat(withToken(admin).send("POST", address, "").status()).isEqualTo(404);
        assertThat(machine("programs:write").send("POST", address, "").status()).isEqualTo(404);
    }

    @Test
    void a_token_that_is_no_longer_or_was_never_good_opens_nothing() {
        for (String token :
                new String[] {"", "x", bearer("read") + "x", "eyJhbGciOiJub25lIn0.eyJzY29wZSI6InJlYWQifQ."}) {
            Answer answer = visitor().with("Authorization", "Bearer " + token).get("/api/v1/programs");
            assertThat(answer.status()).as(token).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
        }
    }

    /** A reviewer of one program calls what reviewers call. */
    private static Set<String> callers(Endpoint endpoint) {
        Set<String> callers = new TreeSet<>(endpoint.callers());
        if (callers.contains("reviewer")) {
            callers.add(OF_ONE_PROGRAM);
        }
        return callers;
    }

    private static Answer call(Visitor caller, Endpoint endpoint) {
        return endpoint.method().equals("GET")
                ? caller.exchange(caller.request(endpoint.nowhere())
                        .setHeader("Accept", "application/json")
                        .GET())
                : caller.send(endpoint.method(), endpoint.nowhere(), "[1]");
    }

    private static Visitor withToken(Visitor visitor) {
        visitor.with("Accept", "text/html").get("/");
        return visitor.with("X-CSRF-TOKEN", visitor.csrf()).with("Accept", "application/json");
    }
}
