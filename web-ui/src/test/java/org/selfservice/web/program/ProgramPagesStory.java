package org.selfservice.web.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.Chromium.examine;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.Visitor;
import org.selfservice.kernel.application.ApplicationId;

/** The public pages in a browser, in both writing directions and on narrow and wide screens. */
class ProgramPagesStory extends PortalUnderTest {
    private static final String HANA = "9200300410";
    private static final String ELIGIBILITY = "/programs/farm-inputs/eligibility";

    @ParameterizedTest
    @CsvSource({"320,ar", "800,fr", "1280,ar", "1280,en"})
    void pages_are_accessible_and_fit(int width, String language) {
        Page visitor = desktop();
        visitor.setViewportSize(width, 800);
        visitor.navigate("/?lang=" + language);
        assertThat(visitor.getAttribute("html", "lang")).isEqualTo(language);
        String look = "-" + language + "-" + width;
        Map.of(
                        "catalogue", "/",
                        "catalogue-nothing", "/?q=nothing",
                        "program", "/programs/medical-assistance",
                        "program-suspended", "/programs/fuel-voucher",
                        "not-found", "/programs/none",
                        "help", "/help",
                        "accessibility", "/accessibility",
                        "eligibility", ELIGIBILITY)
                .forEach((name, path) -> {
                    visitor.navigate(path);
                    examine(visitor, name + look);
                });
        visitor.navigate(ELIGIBILITY);
        visitor.fill("[name='answer.farm_size']", "1o");
        visitor.click("#eligibility button[type=submit]");
        visitor.waitForSelector(".govuk-error-summary");
        examine(visitor, "eligibility-error" + look);
        visitor.fill("[name='answer.farm_size']", "7.5");
        visitor.check("[value=fruit]");
        visitor.click("#eligibility button[type=submit]");
        visitor.waitForSelector(".govuk-error-summary", gone());
        examine(visitor, "eligibility-no" + look);
    }

    @Test
    void pages_of_somebody_who_has_applied_are_accessible_and_fit() {
        Visitor hana = signedIn(HANA);
        ApplicationId asked = Cases.sent(Cases.registrant(hana));
        Cases.request(asked, List.of("cost"), List.of(), "Which cost is it?");
        hana.get("/programs/farm-inputs");
        hana.post("/programs/farm-inputs/applications", Map.of());
        Page page = desktop();
        page.navigate("/sign-in");
        signIn(page, HANA);
        for (String language : List.of("ar", "en")) {
            page.navigate("/?lang=" + language);
            look(page, "catalogue-mine-" + language);
            page.navigate("/programs/farm-inputs");
            look(page, "program-draft-" + language);
            page.navigate("/programs/cash-transfer");
            look(page, "program-start-" + language);
        }
    }

    @Test
    void the_language_switch_keeps_what_was_typed() {
        Page visitor = phone();
        visitor.navigate("/programs/cash-transfer/eligibility");
        visitor.fill("[name='answer.income']", "123");
        visitor.click("text=Français");
        assertThat(visitor.inputValue("[name='answer.income']")).isEqualTo("123");
        assertThat(visitor.getAttribute("html", "lang")).isEqualTo("fr");
        visitor.press("[name='answer.income']", "Enter");
        assertThat(visitor.getAttribute("html", "lang")).isEqualTo("fr");
        assertThat(visitor.textContent("h1")).isEqualTo("Vous pouvez peut-être le recevoir");
    }

    @Test
    void nothing_breaks_the_content_security_policy() {
        Page visitor = desktop();
        List<String> complaints = new ArrayList<>();
        visitor.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        for (String path : List.of("/", "/programs/cash-transfer", "/programs/cash-transfer/eligibility", "/help")) {
            visitor.navigate(path);
        }
        assertThat(complaints).isEmpty();
        assertThat(visitor.getAttribute("body", "class")).contains("govuk-frontend-supported");
    }

    private static Page.WaitForSelectorOptions gone() {
        return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.HIDDEN);
    }
}
