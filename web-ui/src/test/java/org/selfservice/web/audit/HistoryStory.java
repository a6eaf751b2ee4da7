package org.selfservice.web.audit;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.audit.Look;
import org.selfservice.kernel.audit.Look.Purpose;
import org.selfservice.kernel.audit.Looks;
import org.selfservice.kernel.audit.Looks.Numbered;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import tools.jackson.databind.JsonNode;

/** An auditor finds what happened, by whom and for whom, and what each event changed. */
class HistoryStory extends PortalUnderTest {
    private static final String ISSUER = "https://history.example";

    @Test
    void each_event_says_who_did_it_on_which_evidence_and_what_was_before_and_after() {
        Visitor maria = signedIn(MARIA);
        RegistrantId who = Cases.registrant(maria);
        ApplicationId application = Cases.sent(who);
        JsonNode registered = await(who.value(), "registrant.registered");
        assertThat(registered.at("/author/actor").asString()).isEqualTo(who.value());
        assertThat(registered.at("/author/role").asString()).isEqualTo("REGISTRANT");
        assertThat(registered.at("/author/channel").asString()).isEqualTo("WEB");
        assertThat(registered.at("/author/evidence/issuer").asString()).startsWith("http");
        assertThat(registered.at("/author/evidence/authTime").asString()).isNotEmpty();
        assertThat(registered.get("at").asString()).endsWith("Z");

        JsonNode sent = await(reference(application), "application.submitted");
        assertThat(sent.get("stream").asString()).isEqualTo(application.value());
        assertThat(sent.get("registrant").asString()).isEqualTo(who.value());
        assertThat(sent.get("program").asString()).isEqualTo("medical-assistance");
        assertThat(change(sent, "state")).isEqualTo("DRAFT → SUBMITTED");
        assertThat(change(sent, "submission.answers.hospital")).isEqualTo(" → " + Cases.HOSPITAL);
        assertThat(change(await(application.value(), "application.answers-saved"), "answers.hospital"))
                .isEqualTo(" → " + Cases.HOSPITAL);
    }

    @Test
    void it_is_found_by_person_kind_actor_program_and_time_and_read_page_by_page() {
        RegistrantId who = registered("filters");
        ApplicationId application = Cases.sent(who);
        await(application.value(), "application.submitted");
        String of = "?of=" + who;
        String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1) + "T00:00:00Z";

        assertThat(kinds(of)).startsWith("application.submitted").endsWith("registrant.registered");
        assertThat(kinds("?of=" + application))
                .startsWith("application.submitted")
                .endsWith("application.started");
        assertThat(kinds(of + "&event=application.started")).containsExactly("application.started");
        assertThat(kinds(of + "&program=cash-transfer")).isEmpty();
        assertThat(kinds(of + "&program=medical-assistance")).contains("application.submitted");
        assertThat(kinds(of + "&actor=nobody-at-all")).isEmpty();
        assertThat(kinds(of + "&actor="
                        + find(of).get("events").get(0).at("/author/actor").asString()))
                .contains("application.submitted");
        assertThat(kinds(of + "&until=" + tomorrow)).isEqualTo(kinds(of));
        assertThat(kinds(of + "&from=" + tomorrow)).isEmpty();
        assertThat(kinds("?program=medical-assistance&event=program.opened&limit=1"))
                .containsExactly("program.opened");

        List<String> page = new ArrayList<>();
        String after = "";
        do {
            JsonNode found = find(of + "&limit=2" + after);
            page.addAll(kinds(found));
            after = found.path("next").asString("").isEmpty()
                    ? ""
                    : "&after=" + found.get("next").asString();
        } while (!after.isEmpty());
        assertThat(page).isEqualTo(kinds(of));
        String number = find(of).get("events").get(0).get("number").asString();
        assertThat(kinds("?number=" + number)).containsExactly("application.submitted");
        for (String wrong : List.of("limit=0", "limit=101", "after=x", "of=CASH-AAAA-AAAB", "from=yesterday")) {
            assertThat(machine("audit").get("/api/v1/history?" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        for (String unknown : List.of("?program=nope", "/then?at=2040-01-01&program=nope")) {
            Visitor.Answer refused = machine("audit").get("/api/v1/history" + unknown);
            assertThat(refused.status()).as(unknown).isEqualTo(404);
            assertThat(refused.json().get("code").asString()).isEqualTo("NOT_FOUND");
        }
        assertThat(machine("audit").get("/api/v1/history?actor=%00").status()).isEqualTo(200);
        assertThat(machine("read").get("/api/v1/history").status()).isEqualTo(403);
    }

    @Test
    void values_are_told_of_one_person_at_a_time_and_that_is_a_look() {
        RegistrantId who = registered("values");
        ApplicationId application = Cases.sent(who);
        await(application.value(), "application.submitted");
        int before = looks(who).size();

        String all = machine("audit")
                .get("/api/v1/history?program=medical-assistance&limit=100")
                .body();
        assertThat(all).contains(application.value()).doesNotContain("Example’s", "O'Example");
        assertThat(looks(who)).hasSize(before);

        machine("audit").get("/api/v1/history?of=" + who);
        assertThat(looks(who)).hasSize(before + 1);
        assertThat(looks(who).getFirst().purpose()).isEqualTo(Purpose.AUDIT);
    }

    @Test
    void what_was_never_sent_stays_with_its_person_and_what_was_erased_is_erased() {
        RegistrantId who = registered("draft");
        ApplicationId draft = Cases.answered(who);
        JsonNode saved = await(draft.value(), "application.answers-saved");
        assertThat(saved.get("unsent").asBoolean()).isTrue();
        assertThat(saved.get("changes")).isEmpty();

        RegistrantId other = registered("erased");
        ApplicationId application = Cases.sent(other);
        await(application.value(), "application.submitted");
        assertThat(find("?of=" + application).toString()).contains("Hospital");
        send(new EraseRegistrant(other));
        await(application.value(), "application.erased");
        // its key is destroyed after the event that says so
        Awaitility.await()
                .untilAsserted(() -> assertThat(await(application.value(), "application.answers-saved")
                                .get("changes")
                                .toString())
                        .contains("\"erased\":true")
                        .doesNotContain("Hospital"));
    }

    @Test
    void an_auditor_reads_it_on_a_page() {
        RegistrantId who = registered("page");
        ApplicationId application = Cases.sent(who);
        await(application.value(), "application.submitted");
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "auditor");
        page.navigate("/staff");
        page.locator("main a[href='/staff/history']").click();

        page.locator("#of").fill("CASH-AAAA-AAAA");
        show(page);
        assertThat(page.title()).startsWith("Error:");
        assertThat(page.locator("#of-error")).containsText("Enter the reference");
        assertThat(page.locator("#of")).hasValue("CASH-AAAA-AAAA");
        page.locator("#of").fill(reference(application));
        page.locator("#event").selectOption("application.submitted");
        show(page);
        assertThat(page.locator("main article")).hasCount(1);
        assertThat(page.locator("main article")).containsText("An application was sent");
        assertThat(page.locator("main article")).containsText("SUBMITTED");

        page.navigate("/staff/history?program=medical-assistance&event=application.submitted");
        page.locator("main article a[href*='number=']").first().click();
        assertThat(page.locator("main article")).hasCount(1);
        assertThat(page.locator("main article tbody tr").first()).isVisible();
    }

    @Test
    void nothing_scrolls_sideways_and_axe_finds_nothing_in_both_directions() {
        ApplicationId application = Cases.sent(registered("look"));
        await(application.value(), "application.submitted");
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "auditor");
        for (String language : List.of("en", "ar")) {
            page.navigate("/staff/history?of=x&from=x&lang=" + language);
            look(page, "history-wrong-" + language);
            page.navigate("/staff/history?of=" + application);
            look(page, "history-" + language);
            page.navigate("/staff/history?event=application.submitted");
            look(page, "history-all-" + language);
        }
    }

    private static void show(Page page) {
        page.locator("main form button:has-text('Show')").click();
    }

    private static String reference(ApplicationId application) {
        return ask(new FindApplication(application)).reference();
    }

    /** The newest event of the kind, as soon as it can be found. */
    private static JsonNode await(String of, String kind) {
        return Awaitility.await()
                .until(() -> find("?of=" + of + "&event=" + kind).get("events"), events -> !events.isEmpty())
                .get(0);
    }

    private static JsonNode find(String query) {
        return machine("audit").get("/api/v1/history" + query).json();
    }

    private static List<String> kinds(String query) {
        return kinds(find(query));
    }

    private static List<String> kinds(JsonNode found) {
        return StreamSupport.stream(found.get("events").spliterator(), false)
                .map(event -> event.get("event").asString())
                .toList();
    }

    private static String change(JsonNode event, String what) {
        return StreamSupport.stream(event.get("changes").spliterator(), false)
                .filter(change -> change.get("what").asString().equals(what))
                .map(change -> change.path("before").asString("") + " → "
                        + change.path("after").asString(""))
                .findFirst()
                .orElse("");
    }

    private static List<Look> looks(RegistrantId who) {
        return bean(Looks.class).find(new Looks.Wanted(who, null, null, null, null, null), null, 100).stream()
                .map(Numbered::look)
                .toList();
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
