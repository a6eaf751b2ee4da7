package org.selfservice.web.program.staff;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.kernel.registrant.RegistrantId;

/** Before a program opens, is suspended or closes, its administrators see whom that concerns. */
class AffectedStory extends PortalUnderTest {

    @Test
    void the_page_of_each_step_says_first_how_many_people_it_concerns_and_what_it_means() {
        RegistrantId pat = Cases.registrant(signedIn(PAT));
        RegistrantId ngozi = Cases.registrant(signedIn(NGOZI));
        Cases.withdrawn(pat);
        Cases.withdrawn(ngozi);
        Page page = browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        staffSignIn(page, "admin");
        List<Integer> before = affected(page, "suspension");

        Cases.begun(pat);
        Cases.sent(ngozi);

        List<Integer> after = List.of(before.get(0) + 1, before.get(1) + 1, before.get(2));
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> affected(page, "suspension").equals(after));
        assertThat(page.locator("form#edit ul li").count()).isEqualTo(3);
        assertThat(affected(page, "closing")).isEqualTo(after);
        assertThat(page.locator("form#edit ul li").count()).isEqualTo(3);
        assertThat(page.locator("form#edit").textContent()).contains("drafts cannot be sent");
        assertThat(affected(page, "opening")).isEqualTo(after);
    }

    /** Drafts, undecided applications, enrolled people. */
    private static List<Integer> affected(Page page, String step) {
        page.navigate("/staff/programs/" + Cases.MEDICAL + "/" + step);
        List<String> values =
                page.locator("main .govuk-summary-list").first().locator("dd").allTextContents();
        return IntStream.rangeClosed(1, 3)
                .mapToObj(row -> Integer.valueOf(values.get(row).strip().replace(",", "")))
                .toList();
    }
}
