package org.selfservice.web.replay;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Post;
import org.selfservice.Visitor;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.replay.ReplayQuery.FindViews;
import org.selfservice.kernel.replay.ReplayQuery.ViewLine;
import org.selfservice.kernel.replay.Replays;
import org.selfservice.kernel.replay.ViewReplay;
import org.selfservice.kernel.replay.ViewReplay.State;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Auditors fold a view from all events beside the live one, compare the two and make the new one live; nothing else happens. */
class ReplayStory extends PortalUnderTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final JdbcTemplate portal = new JdbcTemplate(bean("portalDataSource", DataSource.class));
    private final JdbcTemplate events = new JdbcTemplate(bean("eventsDataSource", DataSource.class));

    @AfterEach
    void nothingStaysOpen() {
        portal.update("delete from replay where process = 'another'");
        bean(Replays.class).latest().stream()
                .filter(one -> !one.state().isOver())
                .forEach(one -> bean(Replays.class).stop(one.view()));
        Awaitility.await()
                .atMost(SOON)
                .until(() -> bean(Replays.class).latest().stream()
                        .allMatch(one -> one.state().isOver()));
    }

    @Test
    void an_auditor_replays_a_view_without_scripts_and_makes_it_live() {
        int generation = line("application").generation();
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "auditor");
        page.locator("a[href='/staff/views']").first().click();
        page.locator("a[href='/staff/views/application']").click();
        page.locator("button:has-text('Replay this view')").click();
        refreshUntil(page, "Ready");
        assertThat(page.locator("main")).containsText("documents are as they are in the live view.");
        assertThat(page.locator("progress")).hasAttribute("value", "100");
        assertThat(line("application").generation()).isEqualTo(generation);

        page.locator("button:has-text('Make it live')").click();
        refreshUntil(page, "Made live");
        assertThat(line("application").generation()).isEqualTo(generation + 1);

        page.locator("button:has-text('Replay this view')").click();
        refreshUntil(page, "Ready");
        page.locator("button:has-text('Throw it away')").click();
        refreshUntil(page, "Stopped");
        assertThat(page.locator("main table")).containsText("Made live");
        assertThat(line("application").generation()).isEqualTo(generation + 1);
    }

    @Test
    void what_somebody_else_did_meanwhile_is_said_on_the_page() {
        Visitor auditor = staff("auditor");
        auditor.get("/staff/views/mandate");
        auditor.post("/staff/views/mandate/replay", Map.of());
        Visitor.Answer again = auditor.post("/staff/views/mandate/replay", Map.of());
        assertThat(again.body()).contains("<title>Error: ", "This view is being replayed already");
        assertThat(auditor.post("/staff/views/nothing/replay", Map.of()).status())
                .isEqualTo(404);
    }

    /** As if another process folded millions of events. */
    @Test
    void how_far_it_is_is_shown_and_told_to_those_who_hear_it() {
        portal.update(
                "insert into replay (view, asked_by, state, process, heard_at, generation, done, total, per_second)"
                        + " values ('mandate', 'auditor', 'FOLDING', 'another', now() + interval '1 hour', 2, 412000, 1000000, 9800)");
        Page page = browser(new Browser.NewContextOptions());
        staffSignIn(page, "auditor");
        for (String language : List.of("en", "ar")) {
            page.navigate("/staff/views?lang=" + language);
            look(page, "views-" + language);
            page.navigate("/staff/views/mandate?lang=" + language);
            look(page, "replay-folding-" + language);
        }
        page.navigate("/staff/views/mandate?lang=en");
        assertThat(page.locator("main"))
                .containsText("412,000 of 1,000,000 events (41 %). 9,800 a second. 60 seconds left.");
        Locator said = page.locator("[role=status]");

        portal.update("update replay set done = 655000 where process = 'another'");
        assertThat(said).hasText("60 percent of the events are folded", soon());
        assertThat(page.locator("progress")).hasAttribute("value", "65");

        page.locator("#stop").focus();
        portal.update("update replay set done = 1000000, state = 'COMPARED', same = 40213, different = 2,"
                + " named = array['r-0123456789abcdef0123', 'r-1123456789abcdef0123'] where process = 'another'");
        assertThat(said)
                .containsText("All events are folded", new LocatorAssertions.ContainsTextOptions().setTimeout(10_000));
        assertThat(page.locator("main")).containsText("Documents that differ from the live view: 2. The same: 40,213.");
        assertThat(page.locator("#stop")).isFocused();
        page.locator("summary").click();
        assertThat(page.locator("details")).containsText("r-0123456789abcdef0123");
        for (String language : List.of("en", "ar", "fr")) {
            page.navigate("/staff/views/mandate?lang=" + language);
            page.locator("summary").click();
            look(page, "replay-compared-" + language);
        }
    }

    @Test
    void another_system_replays_by_the_endpoints() {
        Visitor machine = machine("programs:write");
        String address = "/api/v1/views/enrolment";
        assertThat(machine.send("POST", address + "/replay/swap", "")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("REPLAY_NOT_COMPARED");
        assertThat(machine.send("DELETE", address + "/replay", "").status()).isEqualTo(404);
        assertThat(machine.send("POST", address + "/replay", "").status()).isEqualTo(202);
        assertThat(machine.send("POST", address + "/replay", "")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("REPLAY_UNDER_WAY");
        JsonNode compared = until(machine, address, "COMPARED");
        assertThat(compared.at("/replay/different").asLong()).isZero();
        assertThat(compared.at("/replay/done").asLong())
                .isEqualTo(compared.at("/replay/total").asLong())
                .isPositive();
        assertThat(machine.send("POST", address + "/replay/swap", "").status()).isEqualTo(202);
        until(machine, address, "LIVE");
        assertThat(machine.get("/api/v1/views").json().path("views").size())
                .isEqualTo(ask(new FindViews()).views().size());
        assertThat(machine.get("/api/v1/views/nothing").status()).isEqualTo(404);
        assertThat(machine("read").send("POST", address + "/replay", "").status())
                .isEqualTo(403);
    }

    @Test
    void nothing_that_happened_happens_again() {
        String address = "pat@people.example";
        Visitor pat = signedIn(PAT);
        RegistrantId who = Cases.registrant(pat);
        pat.get("/me");
        pat.post("/me/contact", Map.of("via", "EMAIL", "language", "en"));
        ApplicationId application = Cases.sent(who);
        awaitProcesses();
        Awaitility.await()
                .atMost(SOON)
                .until(() -> portal.queryForObject(
                                "select count(*) from notification where state = 'WAITING' and registrant = ?",
                                Long.class,
                                who.value())
                        == 0);
        List<Object> before = consequences(address);
        assertThat(Post.to(address)).isNotEmpty();

        for (ViewLine view : ask(new FindViews()).views()) {
            assertThat(bean(Replays.class).ask(view.view(), "auditor")).isTrue();
            ViewReplay compared = await(view.view(), one -> one.state() == State.COMPARED);
            assertThat(compared.comparison().different())
                    .as(view.view() + " " + compared.comparison().named())
                    .isZero();
            assertThat(ask(new FindApplication(application)).exists()).isTrue();
            bean(Replays.class).swap(view.view());
            await(view.view(), one -> one.state() == State.LIVE);
        }

        Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(consequences(address)).isEqualTo(before));
        assertThat(ask(new FindApplication(application)).exists()).isTrue();
    }

    /** What processes bring about: events, messages that were kept and sent, marks of possible duplicates. */
    private List<Object> consequences(String address) {
        return List.of(
                events.queryForObject("select count(*) from event", Long.class),
                portal.queryForObject("select count(*) from notification", Long.class),
                portal.queryForObject("select count(*) from fingerprint", Long.class),
                Post.to(address).size());
    }

    private static ViewLine line(String view) {
        return ask(new FindViews()).views().stream()
                .filter(one -> one.view().equals(view))
                .findFirst()
                .orElseThrow();
    }

    private static ViewReplay await(String view, Predicate<ViewReplay> until) {
        return Awaitility.await()
                .atMost(SOON)
                .until(() -> bean(Replays.class).of(view, 1).getFirst(), until::test);
    }

    private static JsonNode until(Visitor machine, String address, String state) {
        return Awaitility.await()
                .atMost(SOON)
                .until(
                        () -> machine.get(address).json(),
                        view -> view.at("/replay/state").asString().equals(state));
    }

    private static void refreshUntil(Page page, String state) {
        Awaitility.await().atMost(SOON).until(() -> {
            page.navigate("/staff/views/application");
            return page.locator(".govuk-tag").first().textContent().equals(state);
        });
    }

    private static LocatorAssertions.HasTextOptions soon() {
        return new LocatorAssertions.HasTextOptions().setTimeout(10_000);
    }
}
