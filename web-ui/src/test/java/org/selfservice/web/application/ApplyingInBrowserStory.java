package org.selfservice.web.application;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.PortalUnderTest;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;

/** Applying in Chromium: without scripts and by keyboard, on a phone, and looked at by axe in both directions. */
class ApplyingInBrowserStory extends PortalUnderTest {
    /** What a person with a small farm and little money types, where the kind of question alone does not say. */
    private static final Map<String, String> TYPED = Map.of(
            "income",
            "120",
            "cost",
            "900",
            "farm_size",
            "1.5",
            "fertilizer_bags",
            "2",
            "other_aid",
            "no",
            "payment",
            "mobile");

    @ParameterizedTest
    @CsvSource({"cash-transfer,1000200030", "medical-assistance,2000300040", "farm-inputs,3000400050"})
    void a_demo_program_is_applied_for_by_keyboard_and_without_scripts(String demo, String person) {
        ProgramDetails program = ask(new FindProgram(new ProgramCode(demo)));
        FormDefinition form = form(program);
        ProgramCode own = Offer.open("keys-" + demo.substring(0, 4), form, program.rules(), program.documents());
        Page page = browser(
                new Browser.NewContextOptions().setViewportSize(320, 700).setJavaScriptEnabled(false));
        begin(page, own.value(), person);

        if (page.url().endsWith("/details")) {
            press(page, "button[value=continue]");
        }
        String base = page.url().replaceAll("/tasks$", "");
        for (org.selfservice.kernel.form.Page questions : form.pages()) {
            if (questions.fields().stream().anyMatch(field -> field.type() != FieldType.FILE)) {
                page.navigate(base + "/pages/" + questions.id());
                for (int round = 0; round < 3 && page.url().contains("/pages/" + questions.id()); round++) {
                    fill(page, questions.fields(), "");
                    press(page, "#answers button[value=continue]");
                }
                assertThat(page.url()).as(page.title()).doesNotContain("/pages/" + questions.id());
            }
            for (Field field : questions.fields()) {
                if (field.type() == FieldType.FILE && field.required()) {
                    page.navigate(base + "/documents/" + field.id());
                    page.locator("details summary").press("Enter");
                    page.locator("#why-REMIND_ME").press("Space");
                    press(page, "form[action$='/defer'] button");
                }
            }
        }
        page.navigate(base + "/tasks");
        assertThat(page.locator(".govuk-task-list").allInnerTexts())
                .noneMatch(text -> text.contains("Not yet started"));
        page.navigate(base + "/check");
        screenshot(page, "check-" + demo + "-320");
        page.locator("#declaration").press("Space");
        press(page, "main button.govuk-button");
        assertThat(page.url()).isEqualTo(base + "/sent");
        assertThat(page.locator("h1").innerText()).isEqualTo("Application sent");
        screenshot(page, "sent-" + demo + "-320");
    }

    @Test
    void errors_are_summed_up_on_top_with_the_focus_and_lead_to_their_fields() {
        Offer.open("focus-story");
        Page page = phone();
        String base = begin(page, "focus-story", KOFI);
        page.navigate(base + "/pages/money");
        page.locator("#q-income").fill("a lot");
        press(page, "#answers button[value=continue]");
        assertThat(page.title()).startsWith("Error: Money and land");
        assertThat(page.locator(".govuk-error-summary").evaluate("node => node === document.activeElement"))
                .isEqualTo(true);
        page.locator(".govuk-error-summary a").first().press("Enter");
        assertThat(page.locator("#q-income").evaluate("node => node === document.activeElement"))
                .isEqualTo(true);
        assertThat(page.locator("#q-income").inputValue()).isEqualTo("a lot");
        assertThat(page.locator("#q-income-error").innerText())
                .contains(page.locator(".govuk-error-summary a").first().innerText());
        screenshot(page, "errors-360");
    }

    @Test
    void five_minutes_before_the_session_ends_who_is_still_typing_is_warned_and_may_stay() {
        Offer.open("warned-story");
        Page page = phone();
        String base = begin(page, "warned-story", PAT);
        page.clock().install();
        page.navigate(base + "/pages/story");
        Locator warning = page.locator("[data-timeout]");
        int seconds = Integer.parseInt(warning.getAttribute("data-seconds"));
        assertThat(seconds).isEqualTo(30 * 60);
        page.locator("#q-story").fill("Still typing");

        page.clock().fastForward((seconds - 5 * 60 - 2) * 1_000L);
        assertThat(warning.isVisible()).as("just before").isFalse();
        page.clock().fastForward(3_000);
        assertThat(warning).isVisible();
        assertThat(warning).isFocused();
        screenshot(page, "timeout-warning-360");
        assertThat(new AxeBuilder(page).analyze().getViolations())
                .extracting(Rule::getId)
                .isEmpty();

        page.locator("[data-stay-button]").click();
        assertThat(warning).isHidden();
        assertThat(page.locator("#q-story").inputValue()).isEqualTo("Still typing");
        page.clock().fastForward((seconds - 5 * 60 + 1) * 1_000L);
        assertThat(warning).isVisible();

        page.context().addCookies(List.of(new Cookie("portal", "YS1zZXNzaW9uLXRoYXQtaXMtb3Zlcg").setUrl(url("/"))));
        page.locator("[data-stay-button]").click();
        page.waitForURL("**/sign-in/timeout**");
        assertThat(page.locator("h1")).isVisible();
    }

    @Test
    void the_language_switch_and_sign_out_save_what_is_there() {
        Offer.open("switch-story");
        Page page = phone();
        String base = begin(page, "switch-story", MARIA);
        page.navigate(base + "/pages/about");
        page.locator("#q-full_name").fill("Maria la première");
        page.locator("button[name=lang][value=fr]").click();
        page.waitForURL(base + "/pages/about");
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("fr");
        assertThat(page.locator("#q-full_name").inputValue()).isEqualTo("Maria la première");
        page.locator("#q-full_name").fill("Maria la seconde");
        Locator menu = page.locator(".govuk-js-service-navigation-toggle");
        if (menu.isVisible()) {
            menu.click();
        }
        page.locator("button[name=leave][value=sign-out]").click();
        page.waitForURL(url -> !url.contains("/pages/about"));
        signIn(page, MARIA);
        page.navigate(base + "/pages/about");
        assertThat(page.locator("#q-full_name").inputValue()).isEqualTo("Maria la seconde");
    }

    @Test
    void a_choice_reveals_the_question_that_it_asks() {
        Offer.open("reveal-story");
        Page page = phone();
        String base = begin(page, "reveal-story", PAT);
        page.navigate(base + "/pages/work");
        assertThat(page.locator("#q-employer").isVisible()).isFalse();
        page.locator("#q-works").check();
        assertThat(page.locator("#q-employer").isVisible()).isTrue();
        press(page, "#answers button[value=continue]");
        assertThat(page.locator(".govuk-error-summary").innerText()).contains("Who do you work for? Enter an answer");
        page.locator("#q-employer").fill("The mill");
        press(page, "#answers button[value=continue]");
        assertThat(page.url()).endsWith("/pages/money");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void every_page_of_applying_is_accessible_at_every_width(String language) {
        Offer.open("axe-" + language);
        Page page = browser(new Browser.NewContextOptions().setViewportSize(320, 800));
        String base = begin(page, "axe-" + language, NGOZI);
        page.navigate(base + "/details?lang=" + language);
        look(page, "details", language);
        press(page, "button[value=continue]");
        for (org.selfservice.kernel.form.Page questions : SampleForm.FORM.pages()) {
            page.navigate(base + "/pages/" + questions.id());
            if (page.url().contains("/pages/")) {
                look(page, questions.id(), language);
                press(page, "#answers button[value=continue]");
                look(page, questions.id() + "-continued", language);
            }
        }
        page.navigate(base + "/pages/household/members/0");
        look(page, "row", language);
        fill(page, SampleForm.HOUSEHOLD.fields().getFirst().fields(), "members-0-");
        press(page, "#answers button[value=continue]");
        look(page, "rows", language);
        page.navigate(base + "/pages/household/members/0/remove");
        look(page, "remove", language);
        page.navigate(base + "/tasks");
        look(page, "tasks", language);
        page.navigate(base + "/check");
        look(page, "check", language);
        press(page, "main button.govuk-button");
        look(page, "check-refused", language);
    }

    private void look(Page page, String name, String language) {
        for (int width : List.of(320, 800, 1280)) {
            page.setViewportSize(width, 900);
            assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .as(name + " does not scroll sideways at " + width)
                    .isEqualTo(true);
            if (width != 800) {
                screenshot(page, "applying-" + name + "-" + language + "-" + width);
            }
        }
        List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations)
                .as(name + " " + language)
                .extracting(
                        rule -> rule.getId() + " " + rule.getNodes().getFirst().getHtml())
                .isEmpty();
        page.setViewportSize(320, 900);
    }

    private static String begin(Page page, String program, String person) {
        page.navigate(url("/oauth2/authorization/national"));
        signIn(page, person);
        page.navigate(url("/programs/" + program));
        page.locator("form[action$='/applications'] button").first().press("Enter");
        page.waitForURL("**/applications/**");
        return page.url().replaceAll("(/applications/[^/]+).*", "$1");
    }

    private static void press(Page page, String button) {
        page.locator(button).first().press("Enter");
        page.waitForLoadState();
    }

    /** Answers what is visible, by keyboard. */
    private static void fill(Page page, List<Field> fields, String row) {
        for (Field field : fields) {
            String id = "#q-" + row + field.id();
            if (field.type() == FieldType.GROUP) {
                addRow(page, field);
                continue;
            }
            if (field.type() == FieldType.FILE || page.locator(id).count() == 0) {
                continue;
            }
            String typed = TYPED.get(field.id());
            switch (field.type()) {
                case TEXT, LONG_TEXT -> type(page, id, typed == null ? "Some words" : typed);
                case NUMBER, MONEY -> type(page, id, typed == null ? "3" : typed);
                case PHONE -> type(page, id, "+254712345678");
                case EMAIL -> type(page, id, "person@example.org");
                case DATE -> {
                    type(page, id + "-day", "7");
                    type(page, id + "-month", "3");
                    type(
                            page,
                            id + "-year",
                            field.constraints().earliest() != null
                                            && field.constraints().earliest().getYear() > 2000
                                    ? "2026"
                                    : "1990");
                }
                case ADDRESS -> {
                    type(page, id + "-line1", "1 Long Road");
                    type(page, id + "-town", "Kisumu");
                }
                case YES_NO, RADIOS, CHECKBOXES -> {
                    Locator choice = typed == null
                            ? page.locator(id)
                            : page.locator("input[name='answer." + field.id() + "'][value=" + typed + "]");
                    if (!choice.isChecked()) {
                        choice.press("Space");
                    }
                }
                case SELECT -> page.locator(id).press("ArrowDown");
                default -> throw new AssertionError(field.type());
            }
        }
    }

    private static void addRow(Page page, Field group) {
        if (page.locator(".rows__row").count() > 0) {
            return;
        }
        press(page, "button[value='row:" + group.id() + ":0']");
        fill(page, group.fields(), group.id() + "-0-");
        press(page, "#answers button[value=continue]");
        assertThat(page.locator(".rows__row").count()).as(page.title()).isEqualTo(1);
    }

    private static void type(Page page, String input, String text) {
        if (page.locator(input).isVisible()) {
            page.locator(input).fill(text);
        }
    }

    private static FormDefinition form(ProgramDetails program) {
        return ask(new FindFormVersion(program.form().form(), program.form().version()))
                .definition();
    }
}
