package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import tools.jackson.databind.JsonNode;

/** Whatever goes wrong with a request is told in the same form (RFC 9457). */
class ProblemStory extends PortalUnderTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            400, INVALID, programs:write, POST, /api/v1/programs, application/json, application/json, {
            400, INVALID, read, GET, /api/v1/cases?limit=0, application/json, '', ''
            401, UNAUTHENTICATED, '', GET, /api/v1/programs, application/json, '', ''
            401, UNAUTHENTICATED, '', POST, /api/v1/programs, application/json, application/json, {}
            403, NOT_ALLOWED, read, POST, /api/v1/programs, application/json, application/json, {}
            403, NOT_ALLOWED, read, GET, /api/v1/nothing, application/json, '', ''
            404, NOT_FOUND, read, GET, /api/v1/programs/nothing-here, application/json, '', ''
            405, METHOD_NOT_ALLOWED, programs:write, PATCH, /api/v1/programs, application/json, application/json, {}
            406, NOT_ACCEPTABLE, read, GET, /api/v1/programs, image/png, '', ''
            406, NOT_ACCEPTABLE, read, GET, /api/v1/programs, text/html, '', ''
            409, PROGRAM_EXISTS, programs:write, POST, /api/v1/programs, application/json, application/json, program
            413, TOO_LARGE, programs:write, PUT, /api/v1/forms/x/draft, application/json, application/json, large
            415, UNSUPPORTED_MEDIA_TYPE, programs:write, POST, /api/v1/programs, application/json, text/xml, <x/>
            415, UNSUPPORTED_MEDIA_TYPE, programs:write, POST, /api/v1/programs, application/json, '', {}
            """)
    void it_says_what_and_where_with_a_code_and_a_reference(
            int status,
            String code,
            String scope,
            String method,
            String address,
            String accept,
            String type,
            String body) {
        Visitor caller = scope.isEmpty() ? visitor() : machine(scope);
        var request = caller.request(address)
                .setHeader("Accept", accept)
                .method(
                        method,
                        switch (body) {
                            case "" -> BodyPublishers.noBody();
                            case "large" -> BodyPublishers.ofString(" ".repeat(4_000_001));
                            case "program" ->
                                BodyPublishers.ofString("{\"code\": \"medical-assistance\", \"profile\": "
                                        + machine("read")
                                                .get("/api/v1/programs/medical-assistance")
                                                .json()
                                                .path("profile")
                                        + "}");
                            default -> BodyPublishers.ofString(body);
                        });
        if (!type.isEmpty()) {
            request.setHeader("Content-Type", type);
        }
        if (body.equals("large")) {
            request.setHeader("Idempotency-Key", "large");
        }
        Answer answer = caller.exchange(request);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asString()).isEqualTo("about:blank");
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("instance").asString()).isEqualTo(address.replaceAll("\\?.*", ""));
        assertThat(problem.path("reference").asString())
                .isEqualTo(answer.header("X-Request-Id").orElseThrow());
    }
}
