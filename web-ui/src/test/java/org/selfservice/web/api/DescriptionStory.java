package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.selfservice.PortalUnderTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description that other systems are built on. */
class DescriptionStory extends PortalUnderTest {
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
