package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.ProvideInformation;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationCommand.UploadDocument;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a form's first question to a payment, through endpoints alone, with the examples of the API's description. */
class AdministratorStory extends PortalUnderTest {
    private static final ProgramCode KIT = new ProgramCode("school-kit");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode examples = examples();
    private final Visitor programs = machine("programs:write");
    private final Visitor reviewer = session("reviewer");
    private final Visitor admin = session("admin");

    @Test
    void a_program_is_made_opened_and_decides_on_people() {
        define();
        RegistrantId layla = registered("Layla O'Example");
        ApplicationId application = begun(layla);
        String address = "/api/v1/cases/" + application;
        aDraftIsNoCase(application);

        send(new SubmitApplication(application, layla, "2026-11", "en"));
        review(application, layla);
        enrolled(application, layla);

        RegistrantId other = registered("Somebody Else");
        ApplicationId rejected = begun(other);
        send(new SubmitApplication(rejected, other, "2026-11", "en"));
        done(reviewer, "POST", "/api/v1/cases/" + rejected + "/rejection", "rejectApplication", 200);
        assertThat(seen(
                                reviewer,
                                "/api/v1/cases/" + rejected,
                                file -> file.path("decision").isObject())
                        .at("/decision/reason")
                        .asString())
                .isEqualTo("no-pupil");
        assertThat(ask(reviewer, address).path("state").asString()).isEqualTo("APPROVED");

        JsonNode suspended =
                program(done(programs, "POST", "/api/v1/programs/school-kit/suspension", "suspendProgram", 200));
        assertThat(suspended.path("state").asString()).isEqualTo("SUSPENDED");
        assertThat(suspended.at("/suspension/fr").asString()).startsWith("Il n’y a plus");
        assertThat(program(done(programs, "POST", "/api/v1/programs/school-kit/opening", null, 200))
                        .path("state")
                        .asString())
                .isEqualTo("OPEN");
        assertThat(program(done(programs, "POST", "/api/v1/programs/school-kit/closing", null, 200))
                        .path("state")
                        .asString())
                .isEqualTo("CLOSED");
        done(programs, "POST", "/api/v1/forms/school-kit/versions/1/retirement", null, 200);
        assertThat(seen(
                                programs,
                                "/api/v1/forms/school-kit",
                                form -> form.at("/versions/0/retired").asBoolean())
                        .path("versions"))
                .hasSize(1);
    }

    private void define() {
        done(programs, "POST", "/api/v1/forms", "createForm", 201);
        done(programs, "PUT", "/api/v1/forms/school-kit/title", "renameForm", 200);
        done(programs, "PUT", "/api/v1/forms/school-kit/draft", "reviseFormDraft", 200);
        done(programs, "POST", "/api/v1/forms/school-kit/versions", null, 201);
        done(programs, "POST", "/api/v1/programs", "createProgram", 201);
        done(programs, "PUT", "/api/v1/programs/school-kit/profile", "reviseProgram", 200);
        done(programs, "PUT", "/api/v1/programs/school-kit/form", "mapForm", 200);
        done(programs, "PUT", "/api/v1/programs/school-kit/policy", "setApplicationPolicy", 200);
        done(programs, "PUT", "/api/v1/programs/school-kit/rules", "setEligibilityRules", 200);
        done(programs, "PUT", "/api/v1/programs/school-kit/documents", "requireDocuments", 200);
        done(programs, "PUT", "/api/v1/programs/school-kit/rejection-reasons", "setRejectionReasons", 200);
        done(programs, "PUT", "/api/v1/programs/school-kit/retention", "setRetention", 200);
        done(programs, "PUT", "/api/v1/programs/school-kit/step-up", "setStepUp", 200);
        done(programs, "PUT", "/api/v1/programs/school-kit/auto-enrolment", "setAutoEnrolment", 200);
        assertThat(programs.send("PUT", "/api/v1/programs/school-kit/auto-enrolment", "{\"onApproval\":false}")
                        .status())
                .isEqualTo(200);
        JsonNode program = program(done(programs, "POST", "/api/v1/programs/school-kit/opening", null, 200));

        assertThat(program.path("state").asString()).isEqualTo("OPEN");
        assertThat(program.at("/profile/decideWithinDays").asInt()).isEqualTo(10);
        assertThat(program.at("/form/version").asInt()).isEqualTo(1);
        assertThat(program.at("/policy/againAfterRejection").asBoolean()).isTrue();
        assertThat(program.path("rules")).isEqualTo(examples.path("setEligibilityRules"));
        assertThat(program.path("documents")).isEqualTo(examples.path("requireDocuments"));
        assertThat(program.at("/stepUp/withinMinutes").asInt()).isEqualTo(30);
        // whoever sends below does so without a login
        assertThat(programs.send("PUT", "/api/v1/programs/school-kit/step-up", "{\"assurance\":\"BASIC\"}")
                        .status())
                .isEqualTo(200);
        assertThat(program.at("/retention/rejectedDays").asInt()).isEqualTo(365);
        assertThat(program.at("/retention/expiredDays").isNull()).isTrue();
        assertThat(program.path("rejectionReasons")).isEqualTo(examples.path("setRejectionReasons"));
        assertThat(ask(programs, "/api/v1/forms/school-kit/versions/1")
                        .at("/definition/pages/0/fields/3/hint/en")
                        .asString())
                .isEqualTo("A photo will do.");
        assertThat(ask(programs, "/api/v1/forms/school-kit").path("title")).isEqualTo(examples.path("renameForm"));
        assertThat(visitor().get("/programs/school-kit").body()).contains("A bag, books and a uniform for each child.");
        assertThat(programs.send(
                                "POST",
                                "/api/v1/programs",
                                examples.path("createProgram").toString())
                        .status())
                .isEqualTo(409);
    }

    /** Nobody but its person knows of a draft. */
    private void aDraftIsNoCase(ApplicationId draft) {
        for (Visitor staff : new Visitor[] {admin, reviewer, machine("cases:write")}) {
            assertThat(staff.get("/api/v1/cases/" + draft).status()).isEqualTo(404);
            assertThat(staff.get("/api/v1/cases?program=school-kit").json().path("lines"))
                    .isEmpty();
            for (String command : Set.of("approval", "remarks", "assignment", "information-request", "rejection")) {
                String body = examples.path(Map.of(
                                        "approval", "approveApplication",
                                        "remarks", "remark",
                                        "assignment", "assignReviewer",
                                        "information-request", "requestInformation",
                                        "rejection", "rejectApplication")
                                .get(command))
                        .toString();
                assertThat(staff.send("POST", "/api/v1/cases/" + draft + "/" + command, body)
                                .status())
                        .as(command)
                        .isEqualTo(404);
            }
        }
        assertThat(admin.get("/api/v1/cases?state=DRAFT")
                        .json()
                        .at("/details/field")
                        .asString())
                .isEqualTo("state");
    }

    private void review(ApplicationId application, RegistrantId person) {
        String address = "/api/v1/cases/" + application;
        JsonNode lines = seen(
                        reviewer,
                        "/api/v1/cases?program=school-kit&state=SUBMITTED&limit=1",
                        page -> page.path("lines").size() == 1)
                .path("lines");
        assertThat(lines.get(0).path("id").asString()).isEqualTo(application.value());
        JsonNode file = ask(
                reviewer,
                "/api/v1/cases/by-reference/"
                        + lines.get(0).path("reference").asString().toLowerCase());
        assertThat(file.at("/submission/answers/children/value").asString()).isEqualTo("3");
        assertThat(file.at("/submission/trace/0/outcome").asString()).isEqualTo("PASSED");
        String letter = address + "/documents/" + file.at("/documents/0/id").asString();

        done(reviewer, "POST", address + "/assignment", "assignReviewer", 200);
        done(reviewer, "POST", address + "/remarks", "remark", 200);
        done(reviewer, "POST", letter + "/rejection", "rejectDocument", 200);
        JsonNode asked = done(reviewer, "POST", address + "/information-request", "requestInformation", 200);
        assertThat(ask(reviewer, address + "?atLeast=" + asked.path("sequence"))
                        .path("state")
                        .asString())
                .isEqualTo("INFORMATION_REQUESTED");

        send(new SaveAnswers(
                application,
                person,
                asked.path("sequence").asLong(),
                Personal.of(Map.of("children", Answer.text("4"))),
                Map.of()));
        assertThat(ask(reviewer, address).toString()).doesNotContain("\"4\"");
        DocumentId better = uploaded(application, person);
        send(new ProvideInformation(application, person));
        assertThat(seen(reviewer, address, one -> one.path("given").size() == 1)
                        .at("/given/0/answers/children/value")
                        .asString())
                .isEqualTo("4");
        done(reviewer, "POST", address + "/documents/" + better + "/verification", null, 200);
        JsonNode approved = done(reviewer, "POST", address + "/approval", "approveApplication", 200);

        JsonNode decided = ask(reviewer, address + "?atLeast=" + approved.path("sequence"));
        assertThat(decided.path("state").asString()).isEqualTo("APPROVED");
        assertThat(decided.at("/decision/text").asString()).isEqualTo("Collect your vouchers from 1 September.");
        assertThat(decided.path("reviewer").asString()).isEqualTo("reviewer");
        assertThat(decided.path("timeline").toString()).contains("The school confirmed by phone.");
    }

    private void enrolled(ApplicationId application, RegistrantId person) {
        String body = JSON.writeValueAsString(
                Map.of("registrant", person.value(), "program", "school-kit", "application", application.value()));
        Visitor.Answer enrolled = admin.send("POST", "/api/v1/enrolments", body);
        assertThat(enrolled.status()).as(enrolled.body()).isEqualTo(201);
        String address = "/api/v1/enrolments/" + enrolled.json().path("stream").asString();
        Visitor machine = machine("enrolments:write");
        done(machine, "POST", address + "/entitlements", "grantEntitlement", 201);
        done(machine, "POST", address + "/payments", "recordPayment", 201);
        assertThat(done(machine, "POST", address + "/payments", "recordPayment", 201)
                        .path("sequence")
                        .asInt())
                .as("the same payment again")
                .isEqualTo(2);
        done(admin, "POST", address + "/pause", "pauseEnrolment", 200);
        done(admin, "POST", address + "/resume", null, 200);
        done(admin, "POST", address + "/exit", "exitEnrolment", 200);

        JsonNode dossier = seen(
                session("officer"),
                "/api/v1/registrants/" + person,
                file -> file.at("/enrolments/0/state").asString().equals("EXITED"));
        assertThat(dossier.path("name").asString()).isEqualTo("Layla O'Example");
        assertThat(dossier.path("cases")).hasSize(1);
        assertThat(dossier.at("/enrolments/0/payments/0/amount/amount").decimalValue())
                .isEqualByComparingTo("40.50");
        assertThat(dossier.at("/enrolments/0/entitlements/0/paid/amount").decimalValue())
                .isEqualByComparingTo("40.50");
    }

    private static RegistrantId registered(String name) {
        String subject = "administrator-story-" + name;
        RegistrantId registrant = bean(Pseudonyms.class).registrant("https://id.example", subject, 1);
        send(new RegisterRegistrant(
                registrant,
                1,
                Personal.of(new Login("https://id.example", subject)),
                "national",
                IdType.FOUNDATIONAL,
                Personal.of(name)));
        return registrant;
    }

    private static ApplicationId begun(RegistrantId person) {
        ApplicationId application = bean(Pseudonyms.class).application(person, KIT, 1);
        send(new ApplyForProgram(application, person, KIT, 1, "en"));
        send(new SaveAnswers(
                application,
                person,
                0,
                Personal.of(Map.of(
                        "name", Answer.text("Layla O'Example"),
                        "children", Answer.text("3"),
                        "grade", Answer.text("upper"))),
                Map.of()));
        uploaded(application, person);
        return application;
    }

    private static DocumentId uploaded(ApplicationId application, RegistrantId person) {
        DocumentId document = new DocumentId("d-" + Long.toString(System.nanoTime(), 36) + "0000000000000");
        send(new UploadDocument(
                application,
                person,
                document,
                "letter",
                Personal.of("letter.pdf"),
                "application/pdf",
                1000,
                "0123456789abcdef".repeat(4),
                true));
        return document;
    }

    private static Visitor session(String role) {
        Visitor staff = staff(role);
        staff.get("/");
        return staff.with("X-CSRF-TOKEN", staff.csrf()).with("Accept", "application/json");
    }

    private JsonNode done(Visitor caller, String method, String address, String example, int status) {
        String body = example == null ? "" : examples.path(example).toString();
        Visitor.Answer answer = caller.send(method, address, body);
        assertThat(answer.status())
                .as(method + " " + address + " " + answer.body())
                .isEqualTo(status);
        assertThat(names(answer.json())).containsExactlyInAnyOrder("stream", "sequence");
        return answer.json();
    }

    private static Set<String> names(JsonNode json) {
        return StreamSupport.stream(json.propertyNames().spliterator(), false).collect(Collectors.toSet());
    }

    private JsonNode program(JsonNode position) {
        return seen(
                programs,
                "/api/v1/programs/school-kit",
                program -> program.path("sequence").asLong()
                        >= position.path("sequence").asLong());
    }

    private static JsonNode seen(Visitor caller, String address, java.util.function.Predicate<JsonNode> until) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> ask(caller, address), until);
    }

    private static JsonNode ask(Visitor caller, String address) {
        Visitor.Answer answer = caller.get(address);
        assertThat(answer.status()).as(address + " " + answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode examples() {
        try (var in = Objects.requireNonNull(AdministratorStory.class.getResourceAsStream("/api/examples.json"))) {
            return JSON.readTree(in);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
