package org.selfservice.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.web.api.Call.call;
import static org.selfservice.web.api.Call.code;
import static org.selfservice.web.api.Call.field;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import tools.jackson.databind.JsonNode;

/** Enrolments by endpoints: those of a program, one of them, and many payments at once. */
class EnrolmentApiStory extends PortalUnderTest {
    private static final String COLUMNS = "enrolment,entitlement,reference,amount,paid_on\n";
    private static final String ENTITLEMENT =
            "{\"entitlement\": \"2026-10\", \"amount\": 1000, \"currency\": \"USD\", \"purpose\": \"Operation\","
                    + " \"validFrom\": \"2026-09-01\"}";
    private static final List<String> ENROLMENTS = new ArrayList<>();
    private static String reference;
    private static Visitor machine;

    @BeforeAll
    static void threePeopleAreEnrolled() {
        machine = machine("enrolments:write");
        for (String name : List.of("uma", "una", "ute")) {
            RegistrantId who = bean(Pseudonyms.class).registrant("https://id.example", "api-" + name, 1);
            send(new RegisterRegistrant(
                    who,
                    1,
                    Personal.of(new Login("https://id.example", "api-" + name)),
                    "national",
                    IdType.FOUNDATIONAL,
                    Personal.of(name + " Example")));
            ApplicationId application = Cases.sent(who);
            Cases.seen(send(new ApproveApplication(application, Personal.of(""))));
            reference = ask(new FindApplication(application)).reference();
            Answer enrolled = call(
                    machine,
                    "POST",
                    "/api/v1/enrolments",
                    "{\"registrant\": \"%s\", \"program\": \"medical-assistance\", \"application\": \"%s\"}"
                            .formatted(who, application));
            assertThat(enrolled.status()).as(enrolled.body()).isEqualTo(201);
            String id = enrolled.json().path("stream").asString();
            call(machine, "POST", "/api/v1/enrolments/" + id + "/entitlements", ENTITLEMENT);
            machine.get("/api/v1/enrolments/" + id + "?atLeast=1");
            ENROLMENTS.add(id);
        }
    }

    @Test
    void they_are_listed_page_by_page() {
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = machine.get("/api/v1/enrolments?program=medical-assistance&state=ENROLLED&limit=2" + next)
                    .json();
            assertThat(page.path("lines").size()).isLessThanOrEqualTo(2);
            page.path("lines").forEach(line -> found.add(line.path("id").asString()));
            next = page.path("next").isString() ? "&after=" + page.path("next").asString() : null;
        } while (next != null);
        assertThat(found).containsAll(ENROLMENTS).doesNotHaveDuplicates();
        assertThat(machine.get("/api/v1/enrolments?program=cash-transfer&state=EXITED&limit=100")
                        .body())
                .doesNotContain(ENROLMENTS);
        assertThat(field(machine.get("/api/v1/enrolments?limit=0"))).isEqualTo("limit");
        assertThat(field(machine.get("/api/v1/enrolments?after=x"))).isEqualTo("after");
        assertThat(field(machine.get("/api/v1/enrolments?state=ANY"))).isEqualTo("state");
    }

    @Test
    void each_row_of_a_table_has_a_result_and_nothing_is_paid_twice() {
        String id = ENROLMENTS.get(2);
        String table = COLUMNS
                + row(reference, "2026-10", "API-1", "300")
                + row(id, "2026-10", "API-2", "400")
                + row(id, "2026-10", "API-3", "5000")
                + row(id, "none", "API-4", "10")
                + row("e-00000000000000000000", "2026-10", "API-5", "10")
                + row(id, "2026-10", "API-6", "much")
                + row("nobody's", "2026-10", "API-7", "10")
                + row(id, "2026-10", "API-2", "400");

        Answer paid = pay(table, "text/csv; charset=utf-8");

        assertThat(paid.status()).as(paid.body()).isEqualTo(200);
        assertThat(results(paid))
                .containsExactly(
                        "2 RECORDED",
                        "3 RECORDED",
                        "4 REFUSED ENTITLEMENT_EXCEEDED",
                        "5 REFUSED ENTITLEMENT_UNKNOWN",
                        "6 REFUSED NOT_FOUND",
                        "7 REFUSED INVALID amount",
                        "8 REFUSED INVALID reference",
                        "9 KNOWN");
        assertThat(results(pay(table, "text/csv")).subList(0, 2)).containsExactly("2 KNOWN", "3 KNOWN");
        JsonNode file = machine.get("/api/v1/enrolments/" + id).json();
        assertThat(file.path("payments")).hasSize(2);
        assertThat(file.at("/entitlements/0/paid/amount").decimalValue()).isEqualByComparingTo("700");
        assertThat(file.path("state").asString()).isEqualTo("ENROLLED");
        assertThat(file.path("program").asString()).isEqualTo("medical-assistance");
    }

    @Test
    void what_is_no_table_of_payments_is_refused_as_a_whole() {
        assertThat(field(pay("one,two\n1,2\n", "text/csv"))).isEqualTo("columns");
        assertThat(field(pay(COLUMNS, "text/csv"))).isEqualTo("rows");
        assertThat(pay("{}", "application/json").status()).isEqualTo(415);
        assertThat(pay("x".repeat(1_000_001), "text/csv").status()).isEqualTo(413);
        assertThat(field(machine.exchange(machine.request("/api/v1/enrolments/payments")
                        .setHeader("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofByteArray((COLUMNS + "é").getBytes(StandardCharsets.ISO_8859_1))))))
                .isEqualTo("charset");
        Answer expecting = machine.exchange(machine.request("/api/v1/enrolments/payments")
                .setHeader("Content-Type", "text/csv")
                .setHeader("If-Match", "\"1\"")
                .POST(BodyPublishers.ofString(COLUMNS + row(ENROLMENTS.getFirst(), "2026-10", "API-9", "1"))));
        assertThat(code(expecting)).isEqualTo("INVALID");
        assertThat(field(expecting)).isEqualTo("If-Match");
    }

    private static Answer pay(String table, String type) {
        return machine.exchange(machine.request("/api/v1/enrolments/payments")
                .setHeader("Content-Type", type)
                .POST(BodyPublishers.ofString(table)));
    }

    private static List<String> results(Answer paid) {
        return StreamSupport.stream(paid.json().path("rows").spliterator(), false)
                .map(row -> String.join(
                                " ",
                                row.path("row").asString(),
                                row.path("outcome").asString(),
                                row.path("code").asString(""),
                                row.path("field").asString(""))
                        .strip())
                .toList();
    }

    private static String row(String enrolment, String entitlement, String payment, String amount) {
        return String.join(",", enrolment, entitlement, payment, amount, "2026-09-03") + "\n";
    }
}
