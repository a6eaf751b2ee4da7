package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;

/** Rosa reviews cash transfers, and knows of no other program's people. */
class ProgramGrantStory extends PortalUnderTest {
    private static final ProgramCode CASH = new ProgramCode("cash-transfer");
    private static RegistrantId elsewhere;
    private static RegistrantId theirs;
    private static ApplicationId application;
    private static EnrolmentId medical;
    private static EnrolmentId cash;
    private static Visitor rosa;
    private static Visitor reviewer;

    @BeforeAll
    static void onePersonHereAndOneElsewhere() {
        elsewhere = registered("grant-elsewhere");
        application = Cases.sent(elsewhere);
        medical = enrolled(elsewhere, Cases.MEDICAL);
        theirs = registered("grant-theirs");
        cash = enrolled(theirs, CASH);
        rosa = withToken("reviewer-cash");
        reviewer = withToken("reviewer");
        open(reviewer, "/api/v1/enrolments/" + medical + "?atLeast=0");
        open(reviewer, "/api/v1/enrolments/" + cash + "?atLeast=0");
    }

    @Test
    void what_is_of_another_program_is_not_there() {
        for (String address : List.of(
                "/api/v1/programs/medical-assistance",
                "/api/v1/cases/" + application,
                "/api/v1/enrolments/" + medical,
                "/api/v1/registrants/" + elsewhere,
                "/staff/programs/medical-assistance",
                "/staff/enrolments/" + medical)) {
            assertThat(open(reviewer, address).status()).as(address).isEqualTo(200);
            assertThat(open(rosa, address).status()).as(address).isEqualTo(404);
        }
        for (String address : List.of(
                "/api/v1/programs/cash-transfer",
                "/api/v1/enrolments/" + cash,
                "/api/v1/registrants/" + theirs,
                "/staff/programs/cash-transfer",
                "/staff/enrolments/" + cash)) {
            assertThat(open(rosa, address).status()).as(address).isEqualTo(200);
        }
    }

    @Test
    void lists_leave_it_out() {
        assertThat(open(rosa, "/api/v1/programs").body())
                .contains("\"cash-transfer\"")
                .doesNotContain("\"medical-assistance\"");
        assertThat(open(rosa, "/api/v1/enrolments?limit=100").body())
                .contains(cash.value())
                .doesNotContain(medical.value());
        assertThat(open(rosa, "/api/v1/cases?program=medical-assistance").json().path("lines"))
                .isEmpty();
        assertThat(open(rosa, "/api/v1/duplicates?limit=100").body()).doesNotContain("medical-assistance");
        assertThat(open(rosa, "/staff/programs").body())
                .contains("/staff/programs/cash-transfer")
                .doesNotContain("/staff/programs/medical-assistance");
        assertThat(open(rosa, "/staff/enrolments").body())
                .contains(cash.value())
                .doesNotContain(medical.value());
        assertThat(open(rosa, "/staff/duplicates").status()).isEqualTo(200);
        for (String filter : List.of("", "?order=NEWEST", "?program=medical-assistance")) {
            assertThat(open(rosa, "/staff/cases" + filter).body()).as(filter).doesNotContain(application.value());
            assertThat(open(rosa, "/staff/cases" + filter).status()).as(filter).isEqualTo(200);
        }
        assertThat(open(reviewer, "/staff/cases?program=medical-assistance&order=NEWEST")
                        .body())
                .contains(application.value());
    }

    @Test
    void nothing_of_it_can_be_changed() {
        String file = "/api/v1/cases/" + application;
        for (Map.Entry<String, String> command : Map.of(
                        "/approval", "{}",
                        "/assignment", "",
                        "/remarks", "{\"text\": \"x\", \"visible\": false}",
                        "/rejection", "{\"reason\": \"incomplete\"}")
                .entrySet()) {
            assertThat(rosa.send("POST", file + command.getKey(), command.getValue())
                            .status())
                    .as(command.getKey())
                    .isEqualTo(404);
        }
        assertThat(reviewer.send("POST", file + "/remarks", "{\"text\": \"x\", \"visible\": false}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_role_opens_no_more_than_it_did() {
        assertThat(rosa.send("POST", "/api/v1/programs/cash-transfer/suspension", "{}")
                        .status())
                .isEqualTo(403);
        assertThat(open(rosa, "/staff").body()).contains("/staff/programs", "/staff/enrolments");
    }

    @Test
    void an_auditor_of_one_program_reads_what_happened_in_it_alone() {
        Visitor abel = withToken("auditor-cash");
        Visitor auditor = withToken("auditor");
        String history = "/api/v1/history?limit=100&of=";
        Awaitility.await().untilAsserted(() -> {
            assertThat(open(auditor, history + elsewhere).body()).contains("application.submitted");
            assertThat(open(auditor, history + cash).body()).contains("enrolment.");
        });
        assertThat(open(abel, history + cash).json().get("events"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.get("program").asString()).isEqualTo("cash-transfer"));
        for (String other : List.of(elsewhere.value(), application.value(), medical.value())) {
            assertThat(open(auditor, history + other).json().get("events"))
                    .as(other)
                    .isNotEmpty();
            assertThat(open(abel, history + other).json().get("events"))
                    .as(other)
                    .isEmpty();
        }
        assertThat(open(abel, "/api/v1/history?limit=100").json().get("events"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.get("program").asString()).isEqualTo("cash-transfer"));
        assertThat(open(abel, "/api/v1/history?program=medical-assistance").status())
                .isEqualTo(404);
        String application = "of=" + ProgramGrantStory.application;
        for (String then : List.of(application, "of=" + elsewhere, "program=medical-assistance")) {
            String address = "/api/v1/history/then?at=2040-01-01&" + then;
            assertThat(open(auditor, address).status()).as(address).isEqualTo(200);
            assertThat(open(abel, address).status()).as(address).isEqualTo(404);
        }
        assertThat(open(abel, "/api/v1/history/then?at=2040-01-01&program=cash-transfer")
                        .body())
                .contains("profile.name.en");
        assertThat(open(abel, "/staff/history?of=" + ProgramGrantStory.application)
                        .body())
                .doesNotContain("<article");
        assertThat(open(abel, "/staff/history?of=" + cash).body()).contains("<article");
        assertThat(open(abel, "/staff/history/then?then=2040-01-01&" + application)
                        .body())
                .doesNotContain("id=\"facts\"");
        for (String page : List.of("/staff/history", "/staff/looks", "/staff/history/then")) {
            assertThat(open(abel, page + "?then=2040-01-01&program=medical-assistance")
                            .body())
                    .as(page)
                    .contains("<title>Error: ", "Choose a program from the list")
                    .doesNotContain("<article", "id=\"facts\"");
        }
    }

    private static Answer open(Visitor visitor, String address) {
        return visitor.with("Accept", address.startsWith("/api/") ? "application/json" : "text/html")
                .get(address);
    }

    private static Visitor withToken(String username) {
        Visitor staff = staff(username);
        staff.get("/staff");
        return staff.with("X-CSRF-TOKEN", staff.csrf());
    }

    private static RegistrantId registered(String subject) {
        RegistrantId who = bean(Pseudonyms.class).registrant("https://id.example", subject, 1);
        send(new RegisterRegistrant(
                who,
                1,
                Personal.of(new Login("https://id.example", subject)),
                "national",
                IdType.FOUNDATIONAL,
                Personal.of("Gita Example")));
        return who;
    }

    private static EnrolmentId enrolled(RegistrantId who, ProgramCode program) {
        EnrolmentId id = bean(Pseudonyms.class).enrolment(who, program);
        send(new EnrolRegistrant(id, who, program, null));
        return id;
    }
}
