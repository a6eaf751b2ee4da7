package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.selfservice.PortalUnderTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description that other systems are built on. */
class DescriptionStory extends PortalUnderTest {
    /** About many streams, or none. */
    private static final Set<String> WITHOUT_VERSION = Set.of(
            "/enrolments/payments",
            "/cases/decisions",
            "/rules/replay",
            "/notifications/attempts",
            "/notifications/{number}/attempts",
            "DELETE /api/v1/notifications/{number}",
            "/views/{view}/replay",
            "/views/{view}/replay/swap");

    private static final List<String> HOLD_NOTHING_PERSONAL = Stream.of(
                    "Position", "PaymentResults", "DecisionResults", "Replayed")
            .map(name -> "#/components/schemas/" + name)
            .toList();

    private static final Map<String, String> NAMES = Map.of(
            "admin", "PROGRAM_ADMIN",
            "reviewer", "REVIEWER",
            "officer", "OFFICER",
            "auditor", "AUDITOR",
            "analyst", "ANALYST");

    private final JsonNode api =
            visitor().with("Accept", "application/json").get("/api/openapi").json();

    @Test
    void every_endpoint_is_described_with_those_who_may_call_it() {
        Map<String, Set<String>> described = new TreeMap<>();
        operations().forEach((name, operation) -> {
            Set<String> callers = new TreeSet<>();
            operation
                    .path("security")
                    .forEach(way -> way.properties()
                            .forEach(scheme ->
                                    callers.add(scheme.getValue().get(0).asString())));
            described.put(name, callers);
        });
        Map<String, Set<String>> expected = new TreeMap<>();
        Endpoint.ALL.forEach(endpoint -> {
            Set<String> callers = new TreeSet<>();
            endpoint.callers().forEach(caller -> callers.add(NAMES.getOrDefault(caller, caller)));
            expected.put(endpoint.name(), callers);
        });
        assertThat(described).isEqualTo(expected);
        assertThat(api.path("openapi").asString()).startsWith("3.1");
        assertThat(api.at("/components/securitySchemes/bearer/scheme").asString())
                .isEqualTo("bearer");
        assertThat(api.at("/components/securitySchemes/session/name").asString())
                .isEqualTo("portal");
    }

    @Test
    void every_endpoint_has_a_summary_a_name_of_its_own_problems_and_an_example() {
        Set<String> ids = new TreeSet<>();
        operations().forEach((name, operation) -> {
            assertThat(operation.path("summary").asString()).as(name).isNotBlank();
            assertThat(ids.add(operation.path("operationId").asString()))
                    .as(name)
                    .isTrue();
            assertThat(operation
                            .at("/responses/403/content/application~1problem+json/schema/$ref")
                            .asString())
                    .as(name)
                    .isEqualTo("#/components/schemas/Problem");
            if (operation.has("requestBody")) {
                operation
                        .at("/requestBody/content")
                        .forEach(
                                body -> assertThat(body.has("example")).as(name).isTrue());
            }
        });
    }

    @Test
    void what_must_be_given_is_said() {
        assertThat(required("NewProgram")).containsExactlyInAnyOrder("code", "profile");
        assertThat(required("ProgramProfile"))
                .contains("name", "currency", "zone")
                .doesNotContain("opensOn", "closesOn");
        assertThat(required("Question")).containsExactlyInAnyOrder("id", "type", "label");
        assertThat(required("Request")).containsExactlyInAnyOrder("reason", "deadline");
        assertThat(required("Approval")).isEmpty();
        assertThat(required("Position")).containsExactlyInAnyOrder("stream", "sequence");
        assertThat(api.at("/components/schemas/Problem/properties/code/enum").toString())
                .contains("\"NOT_FOUND\"");
    }

    @Test
    void it_can_be_had_as_yaml() {
        assertThat(visitor().with("Accept", "*/*").get("/api/openapi.yaml").body())
                .startsWith("openapi: 3.1");
    }

    @Test
    void every_command_says_that_it_may_be_sent_again_and_at_which_version() {
        operations().forEach((name, operation) -> {
            Set<String> headers = new TreeSet<>();
            operation.path("parameters").forEach(parameter -> {
                if (parameter.path("in").asString().equals("header")) {
                    headers.add(parameter.path("name").asString());
                }
            });
            Set<String> expected = name.startsWith("GET ")
                    ? Set.of()
                    : WITHOUT_VERSION.stream().anyMatch(name::endsWith)
                            ? Set.of("Idempotency-Key")
                            : Set.of("Idempotency-Key", "If-Match");
            assertThat(headers).as(name).isEqualTo(expected);
            assertThat(operation.at("/responses/412/headers/ETag").isObject())
                    .as(name)
                    .isEqualTo(!name.startsWith("GET "));
            operation.path("responses").properties().forEach(response -> {
                boolean isProblem = !response.getKey().startsWith("2");
                assertThat(response.getValue().path("description").asString())
                        .as(name)
                        .isNotBlank();
                assertThat(response.getValue().path("content").has("application/problem+json"))
                        .as(name + " " + response.getKey())
                        .isEqualTo(isProblem);
            });
        });
        assertThat(api.at("/paths/~1api~1v1~1forms~1{code}/get/responses/200/headers/ETag")
                        .isObject())
                .isTrue();
    }

    /** Answers to commands are kept for those who ask again: what is personal must not be among them. */
    @Test
    void a_commands_answer_holds_nothing_personal() {
        operations().forEach((name, operation) -> {
            if (!name.startsWith("GET ")) {
                operation.path("responses").properties().stream()
                        .filter(response -> response.getKey().startsWith("2"))
                        .flatMap(response -> response.getValue().findValuesAsString("$ref").stream())
                        .forEach(answer -> assertThat(answer).as(name).isIn(HOLD_NOTHING_PERSONAL));
            }
        });
    }

    /** As far as can be told without a validator: what is referred to is there, and nothing is named twice or left open. */
    @Test
    void it_is_whole() {
        Set<String> schemes =
                new TreeSet<>(api.at("/components/securitySchemes").propertyNames());
        api.findValues("$ref")
                .forEach(reference -> assertThat(
                                api.at(reference.asString().substring(1)).isObject())
                        .as(reference.asString())
                        .isTrue());
        operations().forEach((name, operation) -> {
            Set<String> inPath = new TreeSet<>();
            Matcher variables = Pattern.compile("\\{([^}]+)}").matcher(name);
            while (variables.find()) {
                inPath.add(variables.group(1));
            }
            Set<String> described = new TreeSet<>();
            operation.path("parameters").forEach(parameter -> {
                assertThat(parameter.path("schema").isObject()).as(name).isTrue();
                if (parameter.path("in").asString().equals("path")) {
                    assertThat(parameter.path("required").asBoolean()).as(name).isTrue();
                    described.add(parameter.path("name").asString());
                }
            });
            assertThat(described).as(name).isEqualTo(inPath);
            assertThat(operation.path("security").size()).as(name).isPositive();
            operation
                    .path("security")
                    .forEach(way -> assertThat(schemes).as(name).containsAll(way.propertyNames()));
            assertThat(operation.path("responses").propertyNames()).as(name).anyMatch(status -> status.startsWith("2"));
        });
    }

    private Set<String> required(String schema) {
        Set<String> names = new TreeSet<>();
        JsonNode model = api.path("components").path("schemas").path(schema);
        assertThat(model.isObject()).as(schema).isTrue();
        model.path("required").forEach(name -> names.add(name.asString()));
        return names;
    }

    private Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(one ->
                                operations.put(one.getKey().toUpperCase() + " " + path.getKey(), one.getValue())));
        assertThat(operations).as(JsonMapper.shared().writeValueAsString(api)).isNotEmpty();
        return operations;
    }
}
