package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever an endpoint is sent: it says what is wrong, by code and in words, repeats nothing personal, and keeps nothing. */
class InputStory extends PortalUnderTest {
    private static final String SECRET = "Amina Secret";
    private static final String CASE = "/api/v1/cases/a-00000000000000000000";
    private static final String ENROLMENT = "/api/v1/enrolments/e-00000000000000000000";
    private static final String PROFILE = """
            {"referencePrefix": "BAD", "name": {"en": "Bad"}, "audience": {}, "benefit": {}, "description": {}, "afterwards": {},
             "dataUse": {}, "target": "INDIVIDUAL", "currency": "USD", "minutesToComplete": 5, "decideWithinDays": 14,
             "draftLifetimeDays": 30, "zone": "UTC"}""";
    private static final String MONEY =
            "{\"entitlement\": \"x\", \"reference\": \"y\", \"amount\": 10, \"currency\": \"USD\", \"paidOn\": \"2025-01-01\"}";
    private static Visitor machine;

    @BeforeAll
    static void someoneWhoMayDoAnything() {
        machine = machine("read", "programs:write", "cases:write", "enrolments:write");
        send(new CreateForm(new FormCode("input-story"), LocalizedText.en("Input")));
        ProgramProfile profile = JsonMapper.shared().readValue(PROFILE, ProgramProfile.class);
        send(new CreateProgram(new ProgramCode("input-story"), profile));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                // no JSON at all, or another one
                wrong("POST /api/v1/programs", "", 400, "INVALID", null),
                wrong("POST /api/v1/programs", "{", 400, "INVALID", null),
                wrong("POST /api/v1/programs", "null", 400, "INVALID", null),
                wrong("POST /api/v1/programs", "{} {}", 400, "INVALID", null),
                wrong("POST /api/v1/programs", "[]", 400, "INVALID", null),
                wrong("POST /api/v1/programs", "{\"code\": \"input-a\", \"code\": \"input-b\"}", 400, "INVALID", null),
                wrong("POST /api/v1/programs", "[".repeat(2000), 400, "INVALID", null),
                wrong("POST /api/v1/forms", "{\"code\": \"" + "x".repeat(1_100_000) + "\"}", 400, "INVALID", null),
                // what is missing
                wrong("POST /api/v1/programs", "{}", 400, "INVALID", "code"),
                wrong("POST /api/v1/programs", "{\"code\": \"input-a\"}", 400, "INVALID", "profile"),
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace("\"zone\": \"UTC\"", "\"zone\": null")),
                        400,
                        "INVALID",
                        "profile.zone"),
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace("\"benefit\": {},", "")),
                        400,
                        "INVALID",
                        "profile.benefit"),
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace("\"minutesToComplete\": 5,", "")),
                        400,
                        "INVALID",
                        "profile.minutesToComplete"),
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace("\"Bad\"", "null")),
                        400,
                        "INVALID",
                        "profile.name"),
                wrong("PUT /api/v1/programs/input-story/rules", "[null]", 400, "INVALID", "[0]"),
                wrong(
                        "PUT /api/v1/programs/input-story/rules",
                        "[{\"id\": \"a\", \"message\": {}, \"hard\": true}]",
                        400,
                        "INVALID",
                        "[0].expression"),
                wrong(
                        "PUT /api/v1/forms/input-story/draft",
                        "{\"pages\": [{\"id\": \"a\", \"title\": {}, \"fields\": [{\"id\": \"b\"}]}]}",
                        400,
                        "INVALID",
                        "pages[0].fields[0].type"),
                wrong("POST " + CASE + "/remarks", "{\"visible\": true}", 400, "INVALID", "text"),
                wrong(
                        "POST " + CASE + "/information-request",
                        "{\"fields\": [null], \"reason\": \"x\", \"deadline\": \"2099-01-01T00:00:00Z\"}",
                        400,
                        "INVALID",
                        "fields[0]"),
                wrong("POST " + CASE + "/assignment", "", 400, "INVALID", "reviewer"),
                // what nobody knows
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace("\"zone\"", "\"color\": 1, \"zone\"")),
                        400,
                        "INVALID",
                        "profile.color"),
                wrong("POST " + CASE + "/remarks", "{\"visible\": true, \"" + SECRET + "\": 1}", 400, "INVALID", "?"),
                // what is of another kind
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace("\"USD\"", "7")),
                        400,
                        "INVALID",
                        "profile.currency"),
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace(": 5,", ": \"5\",")),
                        400,
                        "INVALID",
                        "profile.minutesToComplete"),
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace(": 5,", ": 5.5,")),
                        400,
                        "INVALID",
                        "profile.minutesToComplete"),
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace("INDIVIDUAL", SECRET)),
                        400,
                        "INVALID",
                        "profile.target"),
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace("\"INDIVIDUAL\"", "0")),
                        400,
                        "INVALID",
                        "profile.target"),
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace("{\"en\": \"Bad\"}", "\"" + SECRET + "\"")),
                        400,
                        "INVALID",
                        "profile.name"),
                wrong(
                        "POST /api/v1/programs",
                        program(PROFILE.replace("\"en\"", "\"" + SECRET + "\"")),
                        400,
                        "INVALID",
                        "profile.name"),
                wrong("POST /api/v1/programs", program(PROFILE).replace("input-a", SECRET), 400, "INVALID", "code"),
                wrong("POST " + ENROLMENT + "/payments", MONEY.replace("2025-01-01", SECRET), 400, "INVALID", "paidOn"),
                wrong("POST " + ENROLMENT + "/payments", MONEY.replace("USD", "DOLLAR"), 400, "INVALID", "currency"),
                wrong("POST " + ENROLMENT + "/payments", MONEY.replace("10", "1e999999999"), 400, "INVALID", "amount"),
                wrong("POST " + ENROLMENT + "/payments", MONEY.replace("10", "-1"), 422, "VALUE_NOT_VALID", "amount"),
                wrong(
                        "POST " + ENROLMENT + "/payments",
                        MONEY.replace("10", "0.001"),
                        422,
                        "VALUE_NOT_VALID",
                        "amount"),
                wrong(
                        "POST /api/v1/enrolments",
                        "{\"registrant\": \"" + SECRET + "\", \"program\": \"input-story\"}",
                        400,
                        "INVALID",
                        "registrant"),
                wrong(
                        "POST " + CASE + "/remarks",
                        "{\"text\": \"" + SECRET + "\\u0000\", \"visible\": true}",
                        400,
                        "INVALID",
                        "text"),
                wrong(
                        "POST " + CASE + "/remarks",
                        "{\"text\": \"" + SECRET + "\\ud800\", \"visible\": true}",
                        400,
                        "INVALID",
                        "text"),
                // addresses
                wrong("GET /api/v1/programs/Not-A-Code", "", 400, "INVALID", "code"),
                wrong("GET /api/v1/programs/nothing-here", "", 404, "NOT_FOUND", null),
                wrong("GET /api/v1/programs/nothing-here?atLeast=x", "", 400, "INVALID", "atLeast"),
                wrong("GET /api/v1/forms/nothing-here", "", 404, "NOT_FOUND", null),
                wrong("GET /api/v1/forms/input-story/versions/1", "", 404, "NOT_FOUND", null),
                wrong("GET /api/v1/forms/input-story/versions/first", "", 400, "INVALID", "version"),
                wrong("GET /api/v1/cases/x", "", 400, "INVALID", "id"),
                wrong("GET " + CASE, "", 404, "NOT_FOUND", null),
                wrong("GET " + CASE + "/documents/x", "", 400, "INVALID", "document"),
                wrong("GET " + CASE + "/documents/d-00000000000000000000", "", 404, "NOT_FOUND", null),
                wrong("GET /api/v1/cases/by-reference/CASH-1111-1111", "", 400, "INVALID", "reference"),
                wrong("GET /api/v1/cases?limit=0", "", 400, "INVALID", "limit"),
                wrong("GET /api/v1/cases?limit=101", "", 400, "INVALID", "limit"),
                wrong("GET /api/v1/cases?limit=many", "", 400, "INVALID", "limit"),
                wrong("GET /api/v1/cases?state=ANY", "", 400, "INVALID", "state"),
                wrong("GET /api/v1/cases?state=EXPIRED", "", 400, "INVALID", "state"),
                wrong("GET /api/v1/cases?after=x", "", 400, "INVALID", "after"),
                wrong("GET /api/v1/cases?program=NO", "", 400, "INVALID", "program"),
                wrong("GET /api/v1/registrants/r-00000000000000000000", "", 404, "NOT_FOUND", null),
                wrong("GET /api/v1/registrants/1000200030", "", 400, "INVALID", "id"),
                wrong("POST " + CASE + "/approval", "{\"note\": \"" + SECRET + "\"}", 404, "NOT_FOUND", null),
                wrong("POST " + ENROLMENT + "/resume", "", 404, "NOT_FOUND", null),
                wrong("POST /api/v1/programs/nothing-here/opening", "", 404, "NOT_FOUND", null),
                wrong(
                        "PUT /api/v1/programs/nothing-here/form",
                        "{\"form\": \"nothing-here\", \"version\": 1}",
                        404,
                        "NOT_FOUND",
                        null),
                // rules
                wrong("POST /api/v1/programs", program(PROFILE.replace("USD", "XYZ")), 400, "INVALID", "currency"),
                wrong("POST /api/v1/programs", program(PROFILE.replace("UTC", "Mars/Base")), 400, "INVALID", "zone"),
                wrong(
                        "POST /api/v1/forms",
                        "{\"code\": \"input-story\", \"title\": {\"en\": \"Again\"}}",
                        409,
                        "FORM_EXISTS",
                        null),
                wrong("PUT /api/v1/forms/input-story/title", "{\"fr\": \"Questions\"}", 400, "INVALID", "title"),
                wrong("POST /api/v1/forms/input-story/versions", "", 422, "FORM_NOT_VALID", null),
                wrong(
                        "PUT /api/v1/programs/input-story/retention",
                        "{\"withdrawnDays\": 0}",
                        400,
                        "INVALID",
                        "withdrawnDays"),
                wrong(
                        "PUT /api/v1/programs/input-story/step-up",
                        "{\"assurance\": \"STRONG\", \"withinMinutes\": 1441}",
                        400,
                        "INVALID",
                        "withinMinutes"),
                wrong("PUT /api/v1/programs/input-story/step-up", "{}", 400, "INVALID", "assurance"),
                wrong("PUT /api/v1/programs/input-story/auto-enrolment", "{}", 400, "INVALID", "onApproval"),
                wrong(
                        "PUT /api/v1/programs/input-story/policy",
                        "{\"kind\": \"PER_PERIOD\", \"limit\": 0}",
                        400,
                        "INVALID",
                        "limit"),
                wrong(
                        "PUT /api/v1/programs/input-story/rules",
                        "[{\"id\": \"a\", \"expression\": \"1 +\", \"message\": {\"en\": \"x\"}, \"hard\": true}]",
                        422,
                        "RULE_NOT_VALID",
                        null),
                // methods and formats
                wrong("DELETE /api/v1/programs/input-story", "", 405, "METHOD_NOT_ALLOWED", null),
                wrong("POST /api/v1/programs/input-story/profile", PROFILE, 405, "METHOD_NOT_ALLOWED", null),
                wrong("POST /api/v1/programs/input-story/nothing", "", 404, "NOT_FOUND", null));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_named_and_nothing_is_stored(String address, String body, int status, String code, String field) {
        long before = events();
        String[] parts = address.split(" ");
        Answer answer = parts[0].equals("GET") ? machine.get(parts[1]) : machine.send(parts[0], parts[1], body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("detail").asString()).isNotBlank().doesNotContain("Exception", "org.");
        assertThat(problem.path("reference").asString()).isNotBlank();
        if (field != null) {
            assertThat(problem.at("/details/field").asString()).isEqualTo(field);
        }
        assertThat(answer.body()).doesNotContain(SECRET);
        assertThat(events()).as("events").isEqualTo(before);
    }

    @Test
    void the_text_is_in_the_callers_language_and_the_code_is_not() {
        JsonNode french = machine("read")
                .with("Accept-Language", "fr")
                .get("/api/v1/cases/x")
                .json();
        assertThat(french.path("detail").asString()).startsWith("Une valeur");
        assertThat(french.path("code").asString()).isEqualTo("INVALID");
    }

    @Test
    void a_405_says_what_is_allowed() {
        assertThat(machine.send("DELETE", "/api/v1/programs/input-story", "")
                        .header("Allow")
                        .orElse(""))
                .contains("GET");
    }

    @Test
    void a_refusal_about_a_person_tells_nothing_of_them() {
        RegistrantId person = bean(Pseudonyms.class).registrant("https://id.example", "input-story", 1);
        Position registered = send(new RegisterRegistrant(
                person,
                1,
                Personal.of(new Login("https://id.example", "input-story")),
                "national",
                IdType.FOUNDATIONAL,
                Personal.of(SECRET)));
        assertThat(registered.sequence()).isZero();
        for (String body : List.of(
                "{\"registrant\": \"" + person + "\", \"program\": \"nothing-here\"}",
                "{\"registrant\": \"" + person
                        + "\", \"program\": \"input-story\", \"application\": \"a-00000000000000000000\"}")) {
            Answer answer = machine.send("POST", "/api/v1/enrolments", body);
            assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
            assertThat(answer.body()).doesNotContain(SECRET, "input-story");
        }
    }

    private static Arguments wrong(String address, String body, int status, String code, String field) {
        return Arguments.of(address, body, status, code, field);
    }

    private static String program(String profile) {
        return "{\"code\": \"input-a\", \"profile\": " + profile + "}";
    }

    private static long events() {
        try (Connection database = bean("eventsDataSource", DataSource.class).getConnection();
                Statement statement = database.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from event")) {
            count.next();
            return count.getLong(1);
        } catch (SQLException cannot) {
            throw new AssertionError(cannot);
        }
    }
}
