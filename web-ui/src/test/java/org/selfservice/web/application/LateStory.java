package org.selfservice.web.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.selfservice.Visitor;
import org.selfservice.Visitor.Answer;
import org.selfservice.query.Views;

/** What one sees who is faster than the views, which stand still here: what was done is kept, and can be looked at again. */
class LateStory extends Applicants {
    private final Views views = bean(Views.class);

    @AfterEach
    void goOn() {
        if (!views.isRunning()) {
            views.start();
        }
    }

    @Test
    void who_begins_reads_that_it_is_kept_and_goes_on_once_the_view_has_come_after() {
        Offer.open("late-begun", SHORT, List.of(), List.of());
        Visitor person = signedIn(KOFI);
        views.stop();

        Answer begun = begin(person, "late-begun");
        String address = begun.at().getPath();

        assertThat(begun.status()).isEqualTo(200);
        assertThat(begun.body())
                .contains("Story program", "Your application was begun", "It is kept", "href=\"" + address + "\"");
        assertThat(person.get(address).body()).as("looked at again").contains("Your application was begun");
        assertThat(begin(person, "late-begun").at().getPath())
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
        Offer.open("late-sent", SHORT, List.of(), List.of());
        Visitor person = signedIn(KOFI);
        String base = base(begin(person, "late-sent"));
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
    void the_page_fits_and_is_accessible_in_both_directions() {
        Offer.open("late-looks", SHORT, List.of(), List.of());
        Page page = desktop();
        page.navigate("/sign-in");
        signIn(page, KOFI);
        views.stop();
        page.navigate("/programs/late-looks");
        page.locator("form[action$='/applications'] button").click();
        for (String language : List.of("ar", "en")) {
            page.navigate(page.url().replaceAll("[?].*", "") + "?lang=" + language);
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
            look(page, "late-begun-" + language);
        }
    }
}
