package org.selfservice.web.program.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.selfservice.Hands.birthday;
import static org.selfservice.Hands.control;
import static org.selfservice.Hands.fill;
import static org.selfservice.Hands.open;
import static org.selfservice.Hands.press;
import static org.selfservice.Hands.proceed;
import static org.selfservice.Hands.save;
import static org.selfservice.Hands.texts;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.time.LocalDate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.PortalUnderTest;
import org.selfservice.web.document.SampleFiles;

/**
 * From an empty portal to a payment with the pages alone: an administrator builds a form and a program, three people apply,
 * a reviewer decides, one of them is enrolled. Nothing here knows of a command, a query or an endpoint.
 */
class WholeJourneyStory extends PortalUnderTest {
    static final String CODE = "garden-seeds";
    static final String NAME = "Seeds for small gardens";
    private static final String SHARED_PHONE = "+254 733 991 101";

    @Test
    void a_program_is_made_three_people_apply_one_is_a_duplicate_and_one_is_enrolled_and_paid() {
        Page admin = desktop();
        staffSignIn(admin, "admin");
        JourneyForm.build(admin);
        JourneyForm.preview(admin);
        JourneyForm.publish(admin);
        createProgram(admin);
        openProgram(admin);

        Page amina = desktop();
        String first = apply(amina, AMINA, "en", SHARED_PHONE, "120");
        Page layla = phone();
        String second = apply(layla, LAYLA, "ar", SHARED_PHONE.replace(" ", ""), "80");
        Page maria = phone();
        String third = apply(maria, MARIA, "en", "+254 733 991 103", "450");

        Page reviewer = desktop();
        staffSignIn(reviewer, "reviewer");
        approve(reviewer, first, second, third);
        rejectDuplicate(reviewer, first, second);
        askForInformation(reviewer, third);
        answer(maria, third);
        approveTogether(reviewer, third);
        layla.navigate("/applications");
        layla.locator("main article:has-text('" + second + "') h2 a").click();
        assertThat(layla.locator("#decision + p + p")).hasText("قدمت طلبا آخر.");
        screenshot(layla, "journey-41-rejected-phone");

        enrol(admin, first);
        readWhatHappened(amina, first);
    }

    private static void createProgram(Page page) {
        open(page, "programs");
        page.getByText("Create a program").click();
        fill(page, "code", CODE);
        fill(page, "referencePrefix", "SEED");
        texts(page, "name", NAME, "Des semences pour les petits jardins", "بذور للحدائق الصغيرة");
        texts(
                page,
                "audience",
                "For people with a small garden.",
                "Pour les petits jardins.",
                "لأصحاب الحدائق الصغيرة.");
        texts(page, "benefit", "One packet of seeds.", "Un paquet de semences.", "رزمة بذور واحدة.");
        texts(page, "description", "Seeds for a whole season.", "Pour une saison.", "بذور لموسم كامل.");
        texts(page, "afterwards", "We look at what you sent.", "Nous lisons votre demande.", "ننظر في طلبك.");
        texts(page, "dataUse", "The garden office reads it.", "Le bureau des jardins la lit.", "يقرؤه مكتب الحدائق.");
        control(page, "target-household").check();
        fill(page, "currency", "KES");
        fill(page, "zone", "Africa/Nairobi");
        screenshot(page, "journey-08-program-new");
        save(page);
        assertThat(page.locator("h1")).hasText(NAME);
        screenshot(page, "journey-09-program-incomplete");

        page.locator("#missing a").click();
        page.fill("#form", CODE);
        page.locator("[name=versions]").click();
        save(page);
        change(page, "policy");
        page.check("#kind-open");
        save(page);

        change(page, "rules");
        fill(page, "rule.0.expression", "answers.income_in_a_month <= 500");
        fill(page, "rule.0.id", "small-income");
        texts(
                page,
                "rule.0.message",
                "Your household has 500 or less in a month.",
                "Votre ménage a 500 ou moins par mois.",
                "دخل أسرتك 500 أو أقل في الشهر.");
        page.locator("[name=try]").click();
        fill(page, "q-income_in_a_month", "900");
        page.locator("[name=try]").click();
        assertThat(page.locator("#try .portal-rule .govuk-tag")).hasText("No");
        look(page, "journey-10-program-rule");
        page.locator("[name=save]").click();

        change(page, "documents");
        fill(page, "document.0.field", "a_photo_of_your_garden");
        texts(page, "document.0.name", "A photo of your garden", "Une photo du jardin", "صورة لحديقتك");
        save(page);
        change(page, "rejection-reasons");
        fill(page, "reason.0.code", "other-application");
        texts(page, "reason.0.text", "You sent another application.", "Vous avez une autre demande.", "قدمت طلبا آخر.");
        save(page);
    }

    private static void openProgram(Page page) {
        page.getByText("Open", new Page.GetByTextOptions().setExact(true)).click();
        screenshot(page, "journey-11-program-opening");
        save(page);
        assertThat(page.locator(".govuk-notification-banner")).containsText("The program is open.");
        screenshot(page, "journey-12-program-open");
    }

    /** @return the reference */
    private static String apply(Page page, String person, String language, String telephone, String income) {
        String name = "journey-20-" + (person.equals(AMINA) ? "amina" : person.equals(LAYLA) ? "layla" : "maria");
        page.navigate("/?lang=" + language);
        page.locator("main a[href='/programs/" + CODE + "']").first().click();
        screenshot(page, name + "-1-program");
        page.locator("#apply a[href^='/sign-in']").click();
        signIn(page, person);
        // what is not shared, or what changed since the last time
        if (page.url().contains("/sign-in/")) {
            screenshot(page, name + "-signed-in");
            page.locator("main a.govuk-button").click();
        }
        page.locator("form[action$='/applications'] button").click();
        page.waitForURL("**/details");
        screenshot(page, name + "-2-details");
        page.locator("button[value=continue]").first().click();
        page.waitForURL("**/tasks");
        screenshot(page, name + "-3-tasks");

        page.locator(".govuk-task-list a[href$='/about_you']").click();
        fill(page, "q-phone_number", telephone);
        address(page);
        screenshot(page, name + "-4-about");
        proceed(page);
        page.waitForURL("**/pages/your_garden");
        fill(page, "q-square_metres", "60");
        control(page, "q-whose_land_is_it").check();
        control(page, "q-what_do_you_grow").check();
        page.selectOption("#q-district", "north");
        control(page, "q-is_there_water").check();
        fill(page, "q-where_does_it_come_from", "A well");
        control(page, "q-do_you_sell_any_of_it-2").check();
        screenshot(page, name + "-5-garden");
        proceed(page);
        page.waitForURL("**/pages/your_household");
        fill(page, "q-meals_in_a_day", "2");
        fill(page, "q-income_in_a_month", income);
        control(page, "q-does_anybody_help_you-2").check();
        page.locator("button[value='row:who_lives_with_you:0']").click();
        fill(page, "q-who_lives_with_you-0-name", "Ada");
        fill(page, "q-who_lives_with_you-0-age", "9");
        screenshot(page, name + "-6-member");
        proceed(page);
        assertThat(page.locator(".rows__title")).containsText("Ada");
        proceed(page);
        page.waitForURL("**/pages/your_seeds");
        page.selectOption("#q-which_packet", "vegetables");
        birthday(page, "q-when_will_you_sow", "1", "3", "2027");
        fill(page, "q-why_do_you_need_them", "To eat vegetables every day.");
        page.locator("button[value='documents:a_photo_of_your_garden']").click();
        page.locator("#files").setInputFiles(new FilePayload("garden.png", "image/png", SampleFiles.png()));
        assertThat(page.locator("[data-files] li")).containsText("garden.png");
        screenshot(page, name + "-7-photo");
        page.locator("[data-next] a").click();
        page.waitForURL("**/tasks");
        assertThat(page.locator("main strong.govuk-tag")).hasCount(0);
        screenshot(page, name + "-8-tasks");
        page.locator("main a[href$='/check']").click();
        assertThat(page.locator(".govuk-summary-list__value .portal-lines:has-text('Kisumu')"))
                .hasCSS("text-align", language.equals("ar") ? "right" : "left");
        screenshot(page, name + "-9-check");
        control(page, "declaration").check();
        page.locator("form[action$='/check'] button.govuk-button").click();
        page.waitForURL("**/sent");
        screenshot(page, name + "-sent");
        return page.locator(".govuk-panel bdi").innerText();
    }

    private static void approve(Page page, String reference, String... others) {
        open(page, "cases");
        page.selectOption("#program", CODE);
        page.locator("button:has-text('Show')").click();
        Awaitility.await().until(() -> {
            page.reload();
            return page.locator("article:has(.govuk-tag--orange)").count() == 1;
        });
        assertThat(page.locator("article")).hasCount(3);
        assertThat(page.locator("article:has(.govuk-tag--orange)")).containsText(others[0]);
        look(page, "journey-30-queue");
        page.locator("article:has-text('" + reference + "') button:has-text('Take it')")
                .click();
        assertThat(page.locator("dl").first()).containsText("You have it.");
        screenshot(page, "journey-31-case");
        act(page, "Approve");
        fill(page, "explanation", "Welcome. The seeds come in March.");
        page.locator("button:has-text('Preview')").click();
        assertThat(page.locator(".portal-preview")).hasAttribute("lang", "en");
        screenshot(page, "journey-32-approval-preview");
        page.locator("button:has-text('Approve it')").click();
        assertThat(page.locator("section[aria-labelledby=decision]")).containsText("Approved");
    }

    private static void rejectDuplicate(Page page, String first, String second) {
        choose(page, second);
        act(page, "Approve");
        screenshot(page, "journey-33-approval-suspected");
        page.locator("button:has-text('Preview')").click();
        assertThat(page.locator(".govuk-error-summary")).containsText("although it may be a duplicate");
        look(page, "journey-34-approval-refused");
        page.locator("main a:has-text('Compare what both have in common')").click();
        assertThat(page.locator(".portal-pair h2")).hasText(new String[] {second, first});
        assertThat(page.locator("#same dt:has-text('Phone number')")).isVisible();
        look(page, "journey-35-comparison");
        page.locator("label[for='verdict-2']").click();
        fill(page, "reason", "The same telephone, garden and photo.");
        page.locator("button:has-text('Save what you found')").click();
        assertThat(page.locator(".govuk-notification-banner")).containsText(second);
        screenshot(page, "journey-36-found");

        page.locator("main article a:has-text('" + second + "')").click();
        page.locator(".portal-pair h2 a:has-text('" + second + "')").click();
        act(page, "Reject");
        page.locator("label:has-text('You sent another application.')").click();
        page.locator("button:has-text('Preview')").click();
        assertThat(page.locator(".portal-preview")).hasAttribute("lang", "ar");
        assertThat(page.locator(".portal-preview")).containsText("قدمت طلبا آخر.");
        screenshot(page, "journey-37-rejection-preview");
        page.locator("button:has-text('Reject it')").click();
        assertThat(page.locator("section[aria-labelledby=decision]")).containsText("Rejected");
        look(page, "journey-38-rejected");
    }

    private static void askForInformation(Page page, String reference) {
        choose(page, reference);
        act(page, "Ask for information");
        page.locator("label:has-text('Income in a month')").click();
        fill(page, "reason", "Is that the income of the whole household?");
        fill(page, "deadline", LocalDate.now().plusDays(14).toString());
        screenshot(page, "journey-39-request");
        page.locator("button:has-text('Ask the person')").click();
        assertThat(page.locator("main")).containsText("Waiting for the person");
    }

    private static void answer(Page page, String reference) {
        page.navigate("/applications");
        screenshot(page, "journey-40-my-applications");
        page.locator("main article:has-text('" + reference + "') h2 a").click();
        screenshot(page, "journey-40-asked");
        page.locator("main a[href$='/request']").click();
        fill(page, "q-income_in_a_month", "300");
        screenshot(page, "journey-40-answering");
        page.locator("button[value=send]").click();
        assertThat(page.locator("#todo")).isVisible();
        screenshot(page, "journey-40-answered");
    }

    private static void approveTogether(Page page, String reference) {
        choose(page, reference);
        assertThat(page.locator("section[aria-labelledby=changes]")).containsText("300");
        screenshot(page, "journey-42-changed-answers");
        page.locator("a.govuk-back-link").click();
        page.selectOption("#program", CODE);
        page.locator("button:has-text('Show')").click();
        page.locator("article:has-text('" + reference + "') label").first().click();
        page.locator("button:has-text('Approve…')").click();
        screenshot(page, "journey-43-bulk");
        page.locator("button:has-text('Approve them')").click();
        assertThat(page.locator("main")).containsText("1 of 1");
        screenshot(page, "journey-44-bulk-results");
    }

    private static void enrol(Page page, String reference) {
        open(page, "cases");
        page.selectOption("#program", CODE);
        page.selectOption("#state", "APPROVED");
        page.locator("button:has-text('Show')").click();
        page.locator("article a:has-text('" + reference + "')").click();
        look(page, "journey-49-approved");
        press(page, "Enrol the person");
        page.waitForURL("**/staff/enrolments/**");
        assertThat(page.locator("main .govuk-tag").first()).hasText("Enrolled");
        screenshot(page, "journey-50-enrolled");
        fill(page, "entitlement", "seeds-2027");
        fill(page, "purpose", "Seeds for the spring");
        fill(page, "amount", "1,500");
        fill(page, "validFrom", "2026-11-01");
        press(page, "Grant");
        assertThat(page.locator("main table")).containsText("seeds-2027");
        fill(page, "reference", "BANK-SEEDS-1");
        fill(page, "paidAmount", "600");
        fill(page, "paidOn", "2026-11-20");
        press(page, "Record the payment");
        assertThat(page.locator("main")).containsText("BANK-SEEDS-1");
        screenshot(page, "journey-51-paid");
    }

    private static void readWhatHappened(Page page, String reference) {
        page.navigate("/");
        page.locator("nav a[href='/enrolments']").first().click();
        Locator program = page.locator("article").filter(new Locator.FilterOptions().setHasText(NAME));
        assertThat(program).containsText("Seeds for the spring");
        assertThat(program).containsText("1,500");
        assertThat(program).containsText("BANK-SEEDS-1");
        screenshot(page, "journey-60-my-programs");
        program.locator("a[href^='/applications/']").click();
        assertThat(page.locator("main")).containsText(reference);
        assertThat(page.locator("main")).containsText("Welcome. The seeds come in March.");
        assertThat(page.locator("section[aria-labelledby=decision] table")).containsText("600");
        assertThat(page.locator("section[aria-labelledby=decision] a[href='/enrolments']"))
                .isVisible();
        screenshot(page, "journey-61-application");
    }

    /** From the queue to a case. */
    private static void choose(Page page, String reference) {
        open(page, "cases");
        page.selectOption("#program", CODE);
        page.locator("button:has-text('Show')").click();
        page.locator("article a:has-text('" + reference + "')").click();
        assertThat(page.locator("h1")).hasText(reference);
    }

    private static void act(Page page, String what) {
        page.locator("section[aria-labelledby=actions] a:has-text('" + what + "')")
                .click();
    }

    private static void change(Page page, String what) {
        page.locator("main a[href='/staff/programs/" + CODE + "/" + what + "']").click();
    }

    static void address(Page page) {
        fill(page, "q-where_is_your_garden-line1", "Long Street 5");
        fill(page, "q-where_is_your_garden-town", "Kisumu");
    }
}
