package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.query.Views;

/** What one sees who is faster than the views, which stand still here: what was done is kept, and can be looked at again. */
class BehindStory extends Applicants {
    private final Views views = bean(Views.class);

    @AfterEach
    void goOn() {
        if (!views.isRunning()) {
            views.start();
        }
    }

    @Test
    void who_begins_reads_that_it_is_kept_and_goes_on_once_the_view_has_come_after() {
        Offer.open("behind-begun", SHORT, List.of(), List.of());
        Visitor person = signedIn(KOFI);
        views.stop();

        Answer begun = begin(person, "behind-begun");
        String address = begun.at().getPath();

        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.body()).contains("What you did is kept", "Look again", "href=\"" + address + "\"");
        assertThat(person.get(address).body()).as("looked at again").contains("What you did is kept");
        assertThat(begin(person, "behind-begun").at().getPath())
                .as("begun again, it is the same one")
                .isEqualTo(address);
        assertThat(signedIn(MARIA).look(address).status())
                .as("to others it does not exist")
                .isEqualTo(404);

        views.start();
        assertThat(person.get(address).at().getPath()).isEqualTo(address + "/tasks");
    }

    @Test
    void who_sends_reads_that_it_is_being_recorded_and_then_the_confirmation() {
        Offer.open("behind-sent", SHORT, List.of(), List.of());
        Visitor person = signedIn(KOFI);
        String base = base(begin(person, "behind-sent"));
        fillIn(person, base, "Kofi");
        assertThat(person.look(base + "/sent").header("Location").orElseThrow())
                .as("what was never sent is not said to be")
                .endsWith(base);
        Answer check = person.get(base + "/check");
        views.stop();

        Answer sent = submit(person, check, base + "/check", Map.of("declaration", "2026-11"));

        assertThat(sent.at().getPath()).isEqualTo(base + "/sent");
        assertThat(sent.body())
                .contains(
                        "Story program",
                        "Your application was sent",
                        "It is being recorded.",
                        "href=\"" + base + "/sent\"");
        assertThat(person.get(base + "/sent").body()).as("looked at again").contains("It is being recorded.");

        views.start();
        assertThat(person.get(base + "/sent").body())
                .contains(file(base).reference())
                .doesNotContain("It is being recorded.");
    }

    @Test
    void who_makes_a_form_is_not_told_that_it_is_missing() {
        Visitor admin = staff("admin");
        Answer page = admin.get("/staff/forms/new");
        views.stop();

        Answer made = admin.submit(
                page, "/staff/forms", Map.of("code", "behind-form", "title.en", "A form faster than its view"));

        assertThat(made.at().getPath()).isEqualTo("/staff/forms/behind-form");
        assertThat(made.status()).isEqualTo(202);
        assertThat(made.body()).contains("What you did is kept");

        views.start();
        assertThat(admin.get(made.at().getPath()).body())
                .contains("A form faster than its view")
                .doesNotContain("What you did is kept");
        assertThat(admin.get("/staff/forms/never-made").status()).isEqualTo(404);
    }

    @Test
    void a_page_that_shows_what_was_before_says_so() {
        String address = "/staff/cases/" + Cases.sent(Cases.registrant(signedIn(KOFI)));
        Visitor reviewer = staff("reviewer");
        Answer page = reviewer.get(address);
        views.stop();

        Answer after = reviewer.submit(page, address + "/remarks", Map.of("remark", "Faster than the view"));

        assertThat(after.at().getPath()).isEqualTo(address);
        assertThat(after.body())
                .contains("What you did is kept. This page may not show it yet", "Look again")
                .doesNotContain("Faster than the view");

        views.start();
        assertThat(reviewer.get(after.path()).body())
                .contains("Faster than the view")
                .doesNotContain("What you did is kept");
    }

    @Test
    void its_pages_fit_and_are_accessible_in_both_directions() {
        ProgramCode program = Offer.open("behind-looks", SHORT, List.of(), List.of());
        Page page = desktop();
        page.navigate("/sign-in");
        signIn(page, KOFI);
        Page reviewer = desktop();
        staffSignIn(reviewer, "reviewer");
        String sent = "/staff/cases/" + Cases.sent(Cases.registrant(signedIn(KOFI)));
        views.stop();
        page.navigate("/programs/" + program);
        page.locator("form[action$='/applications'] button").click();
        String behind = page.url();
        for (String language : List.of("ar", "en")) {
            page.navigate(behind + "?lang=" + language);
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
            look(page, "behind-" + language);
            reviewer.navigate(sent + "?lang=" + language);
            reviewer.locator("[name=remark]").fill("Faster than the view");
            reviewer.locator("form[action$='/remarks'] button[type=submit]").click();
            reviewer.waitForSelector("main");
            look(reviewer, "behind-notice-" + language);
        }
    }
}
