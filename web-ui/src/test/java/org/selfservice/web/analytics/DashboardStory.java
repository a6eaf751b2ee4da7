package org.selfservice.web.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.kernel.LocalizedText.en;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.analytics.AnalyticsQuery.CountFacts;
import org.selfservice.kernel.analytics.AnalyticsQuery.Dimension;
import org.selfservice.kernel.analytics.AnalyticsQuery.FactCount;
import org.selfservice.kernel.analytics.AnalyticsQuery.Sample;
import org.selfservice.kernel.analytics.AnalyticsQuery.SumPayments;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.RejectApplication;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentCommand.GrantEntitlement;
import org.selfservice.kernel.enrolment.EnrolmentCommand.RecordPayment;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.program.ProgramCommand.SetRejectionReasons;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fourteen people apply to a program of its own: one stops half-way, twelve are approved, one is not. */
class DashboardStory extends PortalUnderTest {
    private static final ProgramCode PROGRAM = new ProgramCode("figures");
    private static final FormCode FORM = new FormCode("figures");
    private static final String FORMULA = "=HYPERLINK(\"http://example\")";
    private static final Sample SAMPLE = new Sample(PROGRAM, null, null, null, null);

    private final Visitor machine = machine("analytics");

    @BeforeAll
    static void peopleApply() {
        send(new CreateForm(FORM, en("Figures")));
        send(new ReviseFormDraft(
                FORM,
                new FormDefinition(List.of(
                        page("about", "About you", Field.of("name", FieldType.TEXT, en("Name"))),
                        page("home", "Where you live", Field.of("address", FieldType.ADDRESS, en("Address")))))));
        send(new PublishFormVersion(FORM));
        open(PROGRAM);
        for (int number = 0; number < 14; number++) {
            apply(PROGRAM, number, number == 1 ? FORMULA : number == 2 ? "South" : "North");
        }
        Awaitility.await().until(() -> decided() == 13);
        Awaitility.await().until(() -> !ask(new SumPayments(SAMPLE)).sums().isEmpty());
    }

    private static long decided() {
        return ask(new CountFacts(SAMPLE, List.of(Dimension.DAY_DECIDED))).counts().stream()
                .filter(one -> !one.of().isEmpty())
                .mapToLong(FactCount::count)
                .sum();
    }

    @Test
    void the_dashboard_shows_how_far_people_come_and_hides_what_is_about_few() {
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "analyst");
        page.navigate("/staff");
        page.click("a[href='/staff/dashboard']");
        page.selectOption("#program", PROGRAM.value());
        page.click("form.portal-search button");

        assertThat(rows(page, "funnel")).containsExactly("Begun 14", "Sent 13", "Decided 13", "Approved 12");
        assertThat(rows(page, "pages")).containsExactly("Begun 14", "About you 14", "Where you live 13", "Sent 13");
        assertThat(rows(page, "states"))
                .contains("Approved 12", "Not approved Fewer than 10, or hidden", "Draft Fewer than 10, or hidden");
        assertThat(rows(page, "reasons")).containsExactly("There is no need. Fewer than 10, or hidden");
        assertThat(rows(page, "regions")).containsExactly("North 11", "All other regions Fewer than 10, or hidden");
        assertThat(page.textContent("h2#paid ~ div")).contains("Fewer than 10");
        assertThat(page.content()).doesNotContain("Nadia");
        for (String language : List.of("en", "ar")) {
            page.navigate("/staff/dashboard?program=" + PROGRAM + "&lang=" + language);
            look(page, "dashboard-" + language);
        }
    }

    @Test
    void a_day_that_is_none_is_refused_and_what_was_chosen_stays() {
        Answer answer = staff("analyst").look("/staff/dashboard?program=figures&from=yesterday&until=2026-01-01");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .contains("Error: ", "href=\"#from\"", "Enter a day as year, month and day", "value=\"yesterday\"");
        assertThat(staff("analyst")
                        .look("/staff/dashboard?from=2026-02-01&until=2026-01-01")
                        .body())
                .contains("The last day must be the first day or later");
    }

    @Test
    void counts_leave_out_what_is_about_few() {
        JsonNode counts = get("/counts?program=figures&by=STATE").path("counts");
        assertThat(counts).anySatisfy(one -> {
            assertThat(one.at("/of/STATE").asString()).isEqualTo("APPROVED");
            assertThat(one.path("count").asInt()).isEqualTo(12);
        });
        assertThat(counts).anySatisfy(one -> {
            assertThat(one.at("/of/STATE").asString()).isEqualTo("REJECTED");
            assertThat(one.path("count").isNull()).isTrue();
        });
        assertThat(get("/counts?program=figures&by=REGION").path("counts").findValuesAsString("REGION"))
                .containsExactly("North");
        assertThat(get("/counts?program=figures").at("/counts/0/count").asInt()).isEqualTo(14);
        assertThat(get("/counts?program=figures&until=2020-01-01").path("counts"))
                .isEmpty();
        assertThat(get("/times?program=figures").at("/minutesToSend/measured").asInt())
                .isEqualTo(13);
        assertThat(get("/times?program=nothing").path("minutesToSend").isNull()).isTrue();
        assertThat(get("/payments?program=figures").at("/payments/0/amount").isNull())
                .isTrue();
        assertThat(machine.look("/api/v1/analytics/counts?by=NAME").status()).isEqualTo(400);
        assertThat(machine.look("/api/v1/analytics/applications?limit=1001").status())
                .isEqualTo(400);
    }

    @Test
    void all_rows_can_be_had_page_by_page_and_as_a_file_and_nobody_is_in_them() {
        List<JsonNode> rows = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = get("/applications?program=figures&limit=5" + next);
            page.path("rows").forEach(rows::add);
            next = page.path("next").isNull()
                    ? ""
                    : "&after=" + page.path("next").asString();
        } while (!next.isEmpty());
        assertThat(rows).hasSize(14);

        Answer csv = machine.look("/api/v1/analytics/applications.csv?program=figures");
        assertThat(csv.body().lines())
                .hasSize(15)
                .first()
                .asString()
                .isEqualTo("\uFEFFprogram,form,form_version,ordinal,language,channel,state,region,started_on,sent_on,"
                        + "decided_on,minutes_to_send,hours_to_decide,reason,corrected,requests");
        assertThat(csv.body()).contains(",North,").doesNotContain("HYPERLINK", "South");
        List<JsonNode> lines = machine.look("/api/v1/analytics/applications.ndjson?program=figures")
                .body()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
        assertThat(lines).isEqualTo(rows);
        for (String file : List.of(csv.body(), lines.toString())) {
            assertThat(file).doesNotContain("Nadia", "Old Road", "r-", "a-", "FIG-");
        }
        JsonNode dictionary = get("/dictionary").path("columns");
        assertThat(dictionary.findValuesAsString("name"))
                .containsExactlyElementsOf(List.copyOf(rows.getFirst().propertyNames()));
        assertThat(dictionary.findValuesAsString("meaning")).allMatch(meaning -> meaning.length() > 10);
    }

    @Test
    void the_region_of_whoever_is_erased_is_gone() {
        ProgramCode other = new ProgramCode("figures-of-one");
        open(other);
        RegistrantId who = apply(other, 14, "Erased");
        Awaitility.await().until(() -> ofRegion(other, "Erased"), count -> count == 1);
        send(new EraseRegistrant(who));
        Awaitility.await().until(() -> ofRegion(other, "Erased"), count -> count == 0);
    }

    private static long ofRegion(ProgramCode program, String region) {
        return ask(new CountFacts(new Sample(program, region, null, null, null), List.of()))
                .total();
    }

    private JsonNode get(String path) {
        Answer answer = machine.look("/api/v1/analytics" + path);
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> rows(Page page, String id) {
        return page.locator("h2#" + id + " ~ div[aria-labelledby='" + id + "'] tbody tr").all().stream()
                .map(row -> row.innerText().replaceAll("\\s+", " ").strip())
                .toList();
    }

    private static RegistrantId apply(ProgramCode program, int number, String region) {
        String subject = "figures-" + number;
        RegistrantId who = bean(Pseudonyms.class).registrant("https://id.example", subject, 1);
        send(new RegisterRegistrant(
                who,
                1,
                Personal.of(new Login("https://id.example", subject)),
                "national",
                IdType.FOUNDATIONAL,
                Personal.of("Nadia Number")));
        ApplicationId application = bean(Pseudonyms.class).application(who, program, 1);
        Position begun = send(new ApplyForProgram(application, who, program, 1, "en"));
        Position named = send(new SaveAnswers(
                application, who, begun.sequence(), Personal.of(Map.of("name", answer("Nadia " + number))), Map.of()));
        if (number == 0) {
            return who;
        }
        send(new SaveAnswers(
                application, who, named.sequence(), Personal.of(Map.of("address", address(region))), Map.of()));
        send(new SubmitApplication(application, who, "2026-11", "en"));
        if (number == 1) {
            send(new RejectApplication(application, "no-need", Personal.of("")));
        } else if (number < 14) {
            Cases.seen(send(new ApproveApplication(application, Personal.of(""))));
        }
        if (number == 2) {
            pay(who, application);
        }
        return who;
    }

    private static void pay(RegistrantId who, ApplicationId application) {
        EnrolmentId enrolment = bean(Pseudonyms.class).enrolment(who, PROGRAM);
        Money amount = new Money(new BigDecimal("25.00"), "KES");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        send(new EnrolRegistrant(enrolment, who, PROGRAM, application));
        send(new GrantEntitlement(enrolment, "now", amount, "Help", today, null));
        send(new RecordPayment(enrolment, "now", "BANK-1", amount, today));
    }

    private static org.selfservice.kernel.form.Answer answer(String text) {
        return org.selfservice.kernel.form.Answer.text(text);
    }

    private static org.selfservice.kernel.form.Answer address(String region) {
        return new org.selfservice.kernel.form.Answer.Parts(
                Map.of("line1", "1 Old Road", "line2", "", "town", "Old Town", "region", region, "postcode", "1"));
    }

    private static void open(ProgramCode program) {
        LocalizedText text = en("A program for counting");
        send(new CreateProgram(
                program,
                new ProgramProfile(
                        "FIG",
                        en("Counted help"),
                        text,
                        text,
                        text,
                        text,
                        text,
                        ProgramProfile.Target.INDIVIDUAL,
                        "KES",
                        null,
                        null,
                        null,
                        5,
                        14,
                        30,
                        "UTC")));
        send(new MapForm(program, FORM, 1, OpenDrafts.KEEP_VERSION));
        send(new SetApplicationPolicy(program, ApplicationPolicy.oneOpen()));
        send(new SetRejectionReasons(program, List.of(new RejectionReason("no-need", en("There is no need.")))));
        send(new OpenProgram(program));
    }

    private static org.selfservice.kernel.form.Page page(String id, String title, Field field) {
        return new org.selfservice.kernel.form.Page(id, en(title), LocalizedText.EMPTY, null, List.of(field));
    }
}
