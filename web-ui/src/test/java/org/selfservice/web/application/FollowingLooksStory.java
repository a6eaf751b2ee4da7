package org.selfservice.web.application;

import static org.selfservice.Chromium.examine;

import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfservice.Cases;
import org.selfservice.Chromium;
import org.selfservice.PortalUnderTest;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.registrant.RegistrantId;

/** The pages after applying, at each width and in both directions, as people and as axe see them. */
class FollowingLooksStory extends PortalUnderTest {
    private static final String TOMAS = "6000700080";

    @Test
    void no_page_is_wider_than_its_screen_or_violates_accessibility() {
        RegistrantId who = Cases.registrant(signedIn(TOMAS));
        ApplicationId asked = Cases.sent(who);
        Cases.request(asked, List.of("cost", "phone"), List.of("hospital_letter"), "The letter is hard to read.");
        Page page = desktop();
        page.navigate("/sign-in");
        signIn(page, TOMAS);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("applications", "/applications");
        pages.put("application", "/applications/" + asked);
        pages.put("request", "/applications/" + asked + "/request");
        pages.put("withdraw", "/applications/" + asked + "/withdraw");
        pages.put("document", "/applications/" + asked + "/documents/hospital_letter");
        pages.put("enrolments", "/enrolments");
        pages.put("me", "/me");
        pages.put("change", "/me/change/phone_number");

        for (String language : List.of("ar", "en")) {
            page.navigate("/applications?lang=" + language);
            for (int width : Chromium.WIDTHS) {
                page.setViewportSize(width, 800);
                pages.forEach((name, path) -> {
                    page.navigate(path);
                    examine(page, name + "-" + language + "-" + width);
                });
            }
            page.setViewportSize(320, 800);
            page.navigate(pages.get("withdraw"));
            page.locator("#reason").fill("x ".repeat(300));
            page.locator("main form button").click();
            page.waitForSelector(".govuk-error-summary");
            examine(page, "withdraw-too-long-" + language + "-320");
        }
    }
}
