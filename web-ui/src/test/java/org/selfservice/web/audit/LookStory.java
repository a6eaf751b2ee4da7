package org.selfservice.web.audit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.Author.Channel;
import org.selfservice.kernel.Author.Role;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.audit.Look;
import org.selfservice.kernel.audit.Look.Purpose;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.audit.Looks.Numbered;
import org.selfservice.kernel.audit.Looks.Wanted;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import tools.jackson.databind.JsonNode;

/** Staff look at a person's case; the person and the auditor read that they did. */
class LookStory extends PortalUnderTest {
    private static final String ISSUER = "https://looks.example";

    @Test
    void each_look_of_staff_and_of_other_systems_is_kept_and_one_page_is_one_look() {
        RegistrantId who = registered("each");
        ApplicationId application = Cases.sent(who);
        Visitor reviewer = staff("reviewer").with("Accept", "text/html");
        reviewer.get("/staff/cases/" + application);
        reviewer.get("/staff/cases/" + application + "/information-request");
        reviewer.with("Accept", "application/json").get("/api/v1/registrants/" + who);
        machine("read").get("/api/v1/cases/" + application);
        machine("read").get("/api/v1/cases/" + application + "/documents/d-00000000000000000000");

        assertThat(kept(who).reversed())
                .extracting(Look::actor, Look::role, Look::channel, Look::purpose, Look::stream)
                .containsExactly(
                        tuple("reviewer", Role.REVIEWER, Channel.WEB, Purpose.CASE, application.value()),
                        tuple("reviewer", Role.REVIEWER, Channel.WEB, Purpose.CASE, application.value()),
                        tuple("reviewer", Role.REVIEWER, Channel.API, Purpose.INFORMATION, null),
                        tuple("portal-api", Role.MACHINE, Channel.API, Purpose.CASE, application.value()),
                        tuple("portal-api", Role.MACHINE, Channel.API, Purpose.DOCUMENT, application.value()));
    }

    @Test
    void what_is_refused_what_is_ones_own_and_what_leads_elsewhere_is_no_look() {
        RegistrantId who = registered("none");
        ApplicationId draft = Cases.begun(who);
        assertThat(staff("reviewer")
                        .with("Accept", "text/html")
                        .get("/staff/cases/" + draft)
                        .status())
                .isEqualTo(404);
        assertThat(staff("analyst")
                        .with("Accept", "application/json")
                        .get("/api/v1/registrants/" + who)
                        .status())
                .isEqualTo(403);
        assertThat(kept(who)).isEmpty();

        Visitor kofi = signedIn(KOFI);
        RegistrantId himself = Cases.registrant(kofi);
        int before = kept(himself).size();
        kofi.get("/me");
        kofi.get("/applications");
        assertThat(kept(himself)).hasSize(before);
    }

    @Test
    void a_form_that_is_shown_again_with_mistakes_is_a_look_and_a_remark_is_none_but_the_page_after_it() {
        RegistrantId who = registered("form");
        ApplicationId application = Cases.sent(who);
        Visitor reviewer = staff("reviewer").with("Accept", "text/html");
        Answer page = reviewer.get("/staff/cases/" + application);
        assertThat(kept(who)).hasSize(1);

        Answer wrong = reviewer.submit(page, "/staff/cases/" + application + "/remarks", Map.of("remark", ""));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(kept(who)).hasSize(2);

        Answer after = reviewer.submit(page, "/staff/cases/" + application + "/remarks", Map.of("remark", "All well"));
        assertThat(after.status()).isEqualTo(200);
        assertThat(kept(who)).hasSize(3);
    }

    @Test
    void a_person_reads_who_looked_when_and_why_but_not_under_which_name() {
        Visitor maria = signedIn(MARIA);
        RegistrantId who = Cases.registrant(maria);
        ApplicationId application = Cases.sent(who);
        Visitor reviewer = staff("reviewer").with("Accept", "text/html");
        reviewer.get("/staff/cases/" + application);
        reviewer.get("/staff/cases/" + application);

        assertThat(maria.get("/me").body()).contains("Who looked at your information", "href=\"/me/looks\"");
        assertThat(maria.get("/me/looks").body())
                .contains("Reviewer", "to work on your application", "(2 times on that day)")
                .contains(ask(new FindApplication(application)).reference())
                .doesNotContain("Rita", "reviewer</");
        assertThat(visitor().get("/me/looks").at().getPath()).contains("sign-in");
    }

    @Test
    void an_auditor_finds_looks_by_person_staff_program_and_day() {
        RegistrantId who = registered("auditor");
        ApplicationId application = Cases.sent(who);
        String reference = ask(new FindApplication(application)).reference();
        staff("officer").with("Accept", "text/html").get("/staff/cases/" + application);
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "auditor");
        page.navigate("/staff");
        page.locator("main a[href='/staff/looks']").click();

        page.locator("#person").fill("CASH-AAAA-AAAA");
        show(page);
        assertThat(page.title()).startsWith("Error:");
        assertThat(page.locator("#person-error")).containsText("Enter the reference of an application");
        page.locator("#person").fill(reference.toLowerCase());
        show(page);
        assertThat(page.locator("main article")).hasCount(1);
        assertThat(page.locator("main article")).containsText("Worked on an application");
        assertThat(page.locator("main article")).containsText("officer");
        show(page);
        assertThat(page.locator("main article").first()).containsText("Checked what others did or saw");

        page.navigate("/staff/looks?person=" + who + "&staff=officer&program=medical-assistance");
        assertThat(page.locator("main article")).hasCount(1);
        page.navigate("/staff/looks?person=" + who + "&staff=nobody-at-all");
        assertThat(page.locator("main")).containsText("Nobody looked");
        String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
        page.navigate("/staff/looks?person=" + who + "&from=" + tomorrow);
        assertThat(page.locator("main article")).hasCount(0);
        page.navigate("/staff/looks?from=yesterday");
        assertThat(page.locator("#from-error")).containsText("Enter a day");
    }

    @Test
    void pages_and_the_endpoint_go_from_the_newest_to_the_oldest() {
        RegistrantId who = registered("pages");
        bean(Looks.class)
                .keep(IntStream.range(0, 51)
                        .mapToObj(i ->
                                look(who, Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * i)))
                        .toList());
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "auditor");
        page.navigate("/staff/looks?staff=paging-machine&person=" + who);
        assertThat(page.locator("main article")).hasCount(50);
        page.locator("a:has-text('Show earlier ones')").click();
        assertThat(page.locator("main article")).hasCount(1);
        assertThat(page.locator("#staff")).hasValue("paging-machine");

        Visitor auditing = machine("audit");
        String address = "/api/v1/looks?registrant=" + who + "&limit=30";
        JsonNode first = auditing.get(address).json();
        JsonNode second =
                auditing.get(address + "&after=" + first.get("next").asString()).json();
        assertThat(first.get("looks")).hasSize(30);
        assertThat(second.get("looks")).hasSize(21);
        assertThat(second.path("next").asString("")).isEmpty();
        assertThat(first.get("looks").get(0).get("at").asString()).isEqualTo("2026-02-20T00:00:00Z");
        for (String wrong : List.of("limit=0", "limit=101", "after=x", "registrant=lena")) {
            assertThat(auditing.get("/api/v1/looks?" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(auditing.get("/api/v1/looks?program=nope").status()).isEqualTo(404);
        assertThat(auditing.get("/api/v1/looks?actor=%00").status()).isLessThan(500);
    }

    @Test
    void nothing_scrolls_sideways_and_axe_finds_nothing_in_both_directions() {
        Page phone = browser(new Browser.NewContextOptions());
        phone.navigate("/sign-in");
        signIn(phone, LAYLA);
        Visitor layla = signedIn(LAYLA);
        RegistrantId who = Cases.registrant(layla);
        ApplicationId application = Cases.sent(who);
        staff("reviewer").with("Accept", "text/html").get("/staff/cases/" + application);
        staff("officer").with("Accept", "application/json").get("/api/v1/registrants/" + who);
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "auditor");
        for (String language : List.of("en", "ar")) {
            page.navigate("/staff/looks?person=" + who + "&from=x&lang=" + language);
            look(page, "looks-staff-wrong-" + language);
            page.navigate("/staff/looks?person=" + who);
            look(page, "looks-staff-" + language);
            phone.navigate("/me/looks?lang=" + language);
            look(phone, "looks-mine-" + language);
        }
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }

    private static void show(Page page) {
        page.locator("main form button:has-text('Show')").click();
    }

    private static List<Look> kept(RegistrantId who) {
        return bean(Looks.class).find(new Wanted(who, null, null, null, null, null), null, 100).stream()
                .map(Numbered::look)
                .toList();
    }

    private static Look look(RegistrantId who, Instant at) {
        return new Look(who, "paging-machine", Role.MACHINE, Channel.API, Purpose.INFORMATION, null, null, at, "c-1");
    }

    private static RegistrantId registered(String subject) {
        RegistrantId who = bean(Pseudonyms.class).registrant(ISSUER, subject, 1);
        send(new RegisterRegistrant(
                who,
                1,
                Personal.of(new Login(ISSUER, subject)),
                "national",
                IdType.FOUNDATIONAL,
                Personal.of("Somebody " + subject)));
        return who;
    }
}
