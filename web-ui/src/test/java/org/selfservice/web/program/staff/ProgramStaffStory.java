package org.selfservice.web.program.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.kernel.form.Field.of;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.PortalUnderTest;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramState;

/** An administrator makes a program with the pages alone, without JavaScript. */
class ProgramStaffStory extends PortalUnderTest {
    private static final FormDefinition QUESTIONS = new FormDefinition(List.of(
            page(
                    "about",
                    of(
                            "birthdate",
                            FieldType.DATE,
                            LocalizedText.of("Date of birth", "Date de naissance", "تاريخ الميلاد")),
                    of(
                            "income",
                            FieldType.MONEY,
                            LocalizedText.of("Income in a month", "Revenu mensuel", "الدخل الشهري"))),
            page(
                    "evidence",
                    of("id_card", FieldType.FILE, LocalizedText.of("ID card", "Carte d’identité", "بطاقة الهوية")))));

    @Test
    void a_program_is_created_opened_suspended_and_closed_with_pages_alone() {
        publish("goats");
        Page page = admin();
        page.navigate("/staff/programs");
        see(page, "programs-list-en");
        page.getByText("Create a program").click();
        see(page, "programs-new-en");
        fillNew(page, "goats", "GOAT");
        save(page);
        assertThat(page.locator("h1")).hasText("Goats for families");
        assertThat(page.locator("#missing li")).hasText("Choose the form that it asks");
        see(page, "programs-incomplete-en");

        page.navigate("/staff/programs/goats/opening");
        assertThat(page.locator("form#edit")).containsText("Something is still missing");

        page.navigate("/staff/programs/goats/form");
        page.fill("#form", "goats");
        page.locator("[name=versions]").click();
        page.check("[id='openDrafts-adopt']");
        see(page, "programs-form-en");
        save(page);

        page.navigate("/staff/programs/goats/policy");
        page.check("#kind-period");
        page.fill("#limit", "2");
        page.fill("#periodDays", "365");
        see(page, "programs-policy-en");
        save(page);

        page.navigate("/staff/programs/goats/documents");
        fill(page, "document.0.field", "id_card");
        fill(page, "document.0.name.en", "ID card");
        check(page, "document.0.owed");
        see(page, "programs-documents-en");
        save(page);

        page.navigate("/staff/programs/goats/rejection-reasons");
        fill(page, "reason.0.code", "too-rich");
        fill(page, "reason.0.text.en", "Your income is too high.");
        fill(page, "reason.0.text.ar", "دخلك أعلى من الحد.");
        page.locator("[name=add]").click();
        fill(page, "reason.1.code", "mistake");
        fill(page, "reason.1.text.en", "A mistake");
        page.locator("[name=add]").click();
        see(page, "programs-reasons-en");
        page.locator("[name=remove][value='1']").click();
        assertThat(control(page, "reason.0.code")).hasValue("too-rich");
        save(page);

        ProgramDetails program = program("goats");
        assertThat(program.state()).isEqualTo(ProgramState.DRAFT);
        assertThat(program.form().openDrafts()).isEqualTo(OpenDrafts.MUST_ADOPT);
        assertThat(program.policy()).isEqualTo(ApplicationPolicy.perPeriod(2, 365));
        assertThat(program.documents()).singleElement().satisfies(document -> {
            assertThat(document.field()).isEqualTo("id_card");
            assertThat(document.mayBeOwed()).isTrue();
        });
        assertThat(program.rejectionReasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.text().byLanguage()).containsOnlyKeys("en", "ar"));

        page.getByText("Open", new Page.GetByTextOptions().setExact(true)).click();
        see(page, "programs-opening-en");
        save(page);
        assertThat(page.locator(".govuk-notification-banner")).containsText("The program is open.");
        assertThat(visitor().get("/programs/goats").body()).contains("Goats for families");
        see(page, "programs-open-en");

        page.getByText("Suspend").click();
        save(page);
        assertThat(control(page, "reason.en")).hasAttribute("aria-invalid", "true");
        fill(page, "reason.en", "The goats are ill.");
        fill(page, "reason.ar", "الماعز مريض.");
        see(page, "programs-suspension-en");
        save(page);
        assertThat(page.locator("blockquote")).hasText("The goats are ill.");

        page.getByText("Close").click();
        see(page, "programs-closing-en");
        save(page);
        assertThat(program("goats").state()).isEqualTo(ProgramState.CLOSED);
        assertThat(page.locator(".govuk-button")).hasCount(0);
    }

    @Test
    void rules_are_tried_on_sample_answers_before_they_are_saved() {
        publish("rabbits");
        Page page = admin();
        create(page, "rabbits", "RABB");
        page.navigate("/staff/programs/rabbits/form");
        page.fill("#form", "rabbits");
        page.locator("[name=versions]").click();
        save(page);

        page.navigate("/staff/programs/rabbits/rules");
        page.locator("#names summary").click();
        assertThat(page.locator("#names")).containsText("answers.birthdate");
        assertThat(page.locator("#names div:has(> dt:has-text('answers.income')) dd"))
                .containsText("For example: answers.income <= ");
        assertThat(page.locator("#names")).containsText("person.household_size");
        see(page, "programs-rules-names-en");
        fill(page, "rule.0.expression", "age(answers.birthdate) >= 18 && person.household_size > 2");
        page.locator("[name=add]").click();
        fill(page, "rule.1.expression", "answers.income <=");
        fill(page, "rule.1.id", "poor");
        fill(page, "rule.1.message.en", "Your income is too high.");
        check(page, "rule.1.soft");
        page.locator("[name=save]").click();
        assertThat(page.locator(".govuk-error-summary li")).hasCount(3);
        assertThat(page.locator("[id='rule.1.expression-error']")).containsText("The rule cannot be used");
        assertThat(control(page, "rule.1.expression")).hasValue("answers.income <=");
        assertThat(control(page, "rule.1.soft")).isChecked();
        see(page, "programs-rules-wrong-en");

        fill(page, "rule.1.expression", "answers.wealth <= 400");
        page.locator("[name=save]").click();
        assertThat(page.locator("[id='rule.1.expression-error']")).containsText("no question wealth");

        fill(page, "rule.1.expression", "answers.income <= 400");
        page.locator("[name=try]").click();
        fill(page, "q-birthdate-day", "1");
        fill(page, "q-birthdate-month", "2");
        fill(page, "q-birthdate-year", "1990");
        fill(page, "q-income", "500");
        fill(page, "q-person-household_size", "4");
        page.locator("[name=try]").click();
        assertThat(page.locator("#try .portal-rule .govuk-tag")).hasText(new String[] {"Yes", "No"});
        assertThat(page.locator("#try h3")).hasText("With these answers: may be eligible");
        see(page, "programs-rules-tried-en");
        assertThat(program("rabbits").rules()).isEmpty();

        fill(page, "q-income", "much");
        page.locator("[name=try]").click();
        assertThat(page.locator(".govuk-error-summary li")).hasCount(1);
        assertThat(page.locator("#try h3")).hasCount(0);

        fill(page, "rule.0.id", "grown-up");
        fill(page, "rule.0.message.en", "For grown-ups with a family.");
        page.locator("[name=save]").click();
        assertThat(page.locator(".govuk-notification-banner")).containsText("The rules were saved.");
        assertThat(program("rabbits").rules()).extracting("id").containsExactly("grown-up", "poor");
        assertThat(program("rabbits").rules()).extracting("hard").containsExactly(true, false);

        page.navigate("/staff/programs/rabbits/documents");
        fill(page, "document.0.field", "birthdate");
        save(page);
        assertThat(page.locator(".govuk-error-summary li")).hasCount(2);
        assertThat(control(page, "document.0.field")).hasValue("birthdate");
    }

    @Test
    void what_is_wrong_is_said_at_its_field_and_everything_typed_is_kept() {
        Page page = admin();
        create(page, "ducks", "DUCK");
        page.navigate("/staff/programs/new");
        fillNew(page, "ducks", "DUCK");
        fill(page, "opensOn.day", "1");
        fill(page, "opensOn.month", "5");
        fill(page, "opensOn.year", "2030");
        fill(page, "closesOn.day", "30");
        fill(page, "closesOn.month", "4");
        fill(page, "closesOn.year", "2030");
        fill(page, "reopensOn.day", "31");
        fill(page, "reopensOn.month", "2");
        fill(page, "reopensOn.year", "2031");
        fill(page, "currency", "money");
        fill(page, "decideWithinDays", "soon");
        save(page);
        assertThat(page.title()).startsWith("Error:");
        assertThat(page.locator(".govuk-error-summary li")).hasCount(4);
        assertThat(page.locator("[id='closesOn-error']")).containsText("cannot be before");
        assertThat(control(page, "name.ar")).hasValue("ماعز للأسر");
        assertThat(control(page, "reopensOn.day")).hasValue("31");
        see(page, "programs-new-wrong-en");

        page.locator("button[name=lang][value=ar]").click();
        assertThat(control(page, "currency")).hasValue("money");
        assertThat(page.locator(".govuk-error-summary")).hasCount(0);
        fill(page, "closesOn.month", "6");
        fill(page, "reopensOn.month", "3");
        fill(page, "currency", "kes");
        fill(page, "decideWithinDays", "30");
        save(page);
        assertThat(page.locator(".govuk-error-summary li")).hasCount(1);
        assertThat(page.locator("#code-error")).isVisible();
        assertThat(control(page, "code")).hasValue("ducks");
        see(page, "programs-new-wrong-ar");
    }

    @Test
    void an_administrator_sees_that_another_changed_the_program_meanwhile() {
        Page page = admin();
        create(page, "hens", "HENS");
        page.navigate("/staff/programs/hens/profile");
        long seen = send(new SetApplicationPolicy(new ProgramCode("hens"), ApplicationPolicy.oneOpen()))
                .sequence();
        Awaitility.await().until(() -> program("hens").sequence() >= seen);
        fill(page, "name.en", "Hens for families");
        save(page);
        assertThat(page.locator(".govuk-error-summary")).containsText("Somebody changed this program");
        assertThat(control(page, "name.en")).hasValue("Hens for families");
        see(page, "programs-changed-en");
        save(page);
        assertThat(page.locator("h1")).hasText("Hens for families");
        assertThat(program("hens").policy()).isEqualTo(ApplicationPolicy.oneOpen());
    }

    @Test
    void every_page_reads_from_right_to_left_too() {
        publish("bees");
        Page page = admin();
        create(page, "bees", "BEES");
        page.navigate("/staff/programs/bees/form");
        page.fill("#form", "bees");
        page.locator("[name=versions]").click();
        save(page);
        for (Map.Entry<String, String> one : Map.of(
                        "", "list", "/new", "new", "/bees", "one", "/bees/profile", "profile", "/bees/policy", "policy")
                .entrySet()) {
            page.navigate("/staff/programs" + one.getKey() + "?lang=ar");
            see(page, "programs-" + one.getValue() + "-ar");
        }
        for (String below :
                List.of("form", "rules", "documents", "rejection-reasons", "opening", "suspension", "closing")) {
            page.navigate("/staff/programs/bees/" + below + "?lang=ar");
            see(page, "programs-" + below + "-ar");
        }
    }

    @Test
    void other_staff_read_and_cannot_save() {
        create(admin(), "sheep", "SHEEP");
        Page page = withoutScripts();
        staffSignIn(page, "reviewer");
        page.navigate("/staff/programs/sheep");
        assertThat(page.locator("main .govuk-button, main .govuk-summary-list__actions"))
                .hasCount(0);
        page.navigate("/staff/programs/sheep/profile");
        assertThat(page.locator("form#edit button[data-module]")).hasCount(0);
        assertThat(page.locator("main")).containsText("Only administrators of programs can change it.");
        see(page, "programs-read-only-en");
    }

    private Page admin() {
        Page page = withoutScripts();
        staffSignIn(page, "admin");
        return page;
    }

    private Page withoutScripts() {
        return browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    }

    /** What scripts that look at a page need: the same page where scripts may run. */
    private void see(Page page, String name) {
        Page same = desktop();
        same.navigate("/help");
        same.setContent(page.content());
        look(same, name);
        same.context().close();
    }

    private static void create(Page page, String code, String prefix) {
        page.navigate("/staff/programs/new");
        fillNew(page, code, prefix);
        save(page);
        assertThat(page.locator(".govuk-notification-banner")).containsText("The program was created.");
    }

    private static void fillNew(Page page, String code, String prefix) {
        fill(page, "code", code);
        fill(page, "referencePrefix", prefix);
        fill(page, "name.en", "Goats for families");
        fill(page, "name.fr", "Des chèvres pour les familles");
        fill(page, "name.ar", "ماعز للأسر");
        for (String text : List.of("audience", "benefit", "description", "afterwards", "dataUse")) {
            fill(page, text + ".en", "In English: " + text);
        }
        fill(page, "benefit.ar", "عنزتان لكل أسرة.");
        check(page, "target-household");
        fill(page, "currency", "KES");
        fill(page, "zone", "Africa/Nairobi");
    }

    private static Locator control(Page page, String id) {
        return page.locator("[id='" + id + "']");
    }

    private static void fill(Page page, String id, String value) {
        control(page, id).fill(value);
    }

    private static void check(Page page, String id) {
        control(page, id).check();
    }

    private static void save(Page page) {
        page.locator("form#edit .govuk-button-group button").click();
    }

    private static ProgramDetails program(String code) {
        return ask(new FindProgram(new ProgramCode(code)));
    }

    private static void publish(String code) {
        FormCode form = new FormCode(code);
        send(new CreateForm(form, LocalizedText.of("Animals", "Animaux", "حيوانات")));
        send(new ReviseFormDraft(form, QUESTIONS));
        send(new PublishFormVersion(form));
        Awaitility.await().until(() -> !ask(new FindForm(form)).versions().isEmpty());
    }

    private static org.selfservice.kernel.form.Page page(String id, org.selfservice.kernel.form.Field... fields) {
        return new org.selfservice.kernel.form.Page(
                id, LocalizedText.of("About you", "À propos", "عنك"), LocalizedText.EMPTY, null, List.of(fields));
    }
}
