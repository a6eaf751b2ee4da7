package org.selfservice.web.form.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.Hands.control;
import static org.selfservice.Hands.fill;
import static org.selfservice.Hands.save;

import com.microsoft.playwright.Page;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;

/** What happens to a form after it was begun: it is changed, by several at once, renamed, previewed, published. */
class FormEditingStory extends FormPagesUnderTest {
    @Test
    void what_is_wrong_is_said_at_its_control_and_what_was_typed_is_kept() {
        given("wrongs");
        Page page = withoutScripts();
        staffSignIn(page, "admin");
        page.navigate("/staff/forms/wrongs/pages/about/questions?type=RADIOS");
        fill(page, "label.fr", "Votre choix");
        fill(page, "id", "Name!");
        save(page);
        assertThat(page.title()).startsWith("Error:");
        assertThat(control(page, "id-error")).containsText("lower-case letters");
        assertThat(control(page, "lines-error")).containsText("Add the choices");
        assertThat(control(page, "label.fr")).hasValue("Votre choix");
        fill(page, "id", "name");
        fill(page, "lines", "One\nTwo");
        save(page);
        assertThat(control(page, "id-error")).containsText("Another question has this name");
        assertThat(control(page, "option.0.label.en")).hasValue("One");
        see(page, "forms-question-wrong-en", false);

        page.navigate("/staff/forms/wrongs/pages/about/questions?type=NUMBER");
        save(page);
        assertThat(control(page, "label.en-error")).containsText("Enter the question");
        fill(page, "label.en", "How many?");
        fill(page, "min", "many");
        save(page);
        assertThat(control(page, "min-error")).containsText("Enter a number");
        fill(page, "min", "9");
        fill(page, "max", "3");
        page.selectOption("[id='condition.0.when']", "works:IS:yes");
        save(page);
        assertThat(control(page, "min-error")).containsText("must not be above");
        assertThat(control(page, "condition.0.when")).hasValue("works:IS:yes");
        fill(page, "max", "12");
        save(page);
        assertThat(page.locator("[id='f-how_many']")).containsText("9 to 12");

        page.navigate("/staff/forms/wrongs/questions/works/removal");
        save(page);
        assertThat(page.locator("#mistakes")).containsText("a question that is not there: works");
        page.navigate("/staff/forms/wrongs/publication");
        assertThat(page.locator("form#edit button.govuk-button")).hasCount(0);

        page.navigate("/staff/forms/wrongs/country");
        fill(page, "region", "Kenya");
        save(page);
        assertThat(control(page, "region-error")).containsText("two letters");
        fill(page, "region", "ke");
        save(page);
        assertThat(ask(new FindForm(new FormCode("wrongs"))).draft().region()).isEqualTo("KE");
    }

    @Test
    void a_form_gets_another_title_in_each_language() {
        given("renamed");
        FormCode form = new FormCode("renamed");
        Page page = withoutScripts();
        staffSignIn(page, "admin");
        page.navigate("/staff/forms/renamed");
        page.locator("main a[href='/staff/forms/renamed/title']").click();
        assertThat(control(page, "title.ar")).hasValue("أسئلة");
        fill(page, "title.en", "");
        fill(page, "title.fr", "À votre sujet");
        save(page);
        assertThat(page.title()).startsWith("Error:");
        assertThat(control(page, "title.en-error")).containsText("Enter it in English");
        assertThat(control(page, "title.fr")).hasValue("À votre sujet");
        see(page, "forms-title-wrong-en", false);
        FormDefinition draft = ask(new FindForm(form)).draft();
        long seen =
                send(new ReviseFormDraft(form, Editing.inRegion(draft, "UG"))).sequence();
        Awaitility.await().until(() -> ask(new FindForm(form)).sequence() >= seen);
        fill(page, "title.en", "About yourself");
        save(page);
        assertThat(page.locator(".govuk-error-summary")).containsText("Ada Administrator changed this form");
        save(page);
        assertThat(page.locator("h1")).hasText("About yourself");
        assertThat(ask(new FindForm(form)).title())
                .isEqualTo(LocalizedText.of("About yourself", "À votre sujet", "أسئلة"));
        assertThat(ask(new FindForm(form)).draft().region()).isEqualTo("UG");
        page.navigate("/staff/forms?lang=fr");
        assertThat(page.locator("main")).containsText("À votre sujet");
    }

    @Test
    void what_is_published_is_what_the_publisher_looked_at() {
        given("looked-at");
        FormCode form = new FormCode("looked-at");
        Page page = withoutScripts();
        staffSignIn(page, "admin");
        page.navigate("/staff/forms/looked-at/publication");
        FormDefinition draft = ask(new FindForm(form)).draft();
        FormDefinition other =
                Editing.withoutField(draft, Editing.find(draft, "works").orElseThrow());
        long seen = send(new ReviseFormDraft(form, other)).sequence();
        Awaitility.await().until(() -> ask(new FindForm(form)).sequence() >= seen);

        save(page);
        assertThat(page.locator(".govuk-error-summary")).containsText("Ada Administrator changed this form");
        assertThat(ask(new FindForm(form)).versions()).isEmpty();
        save(page);
        assertThat(ask(new FindFormVersion(form, 1)).definition()).isEqualTo(other);
    }

    @Test
    void two_who_edit_at_once_lose_nothing() {
        given("shared");
        Page page = withoutScripts();
        staffSignIn(page, "admin");
        page.navigate("/staff/forms/shared/questions/name");
        FormCode form = new FormCode("shared");
        FormDefinition draft = ask(new FindForm(form)).draft();
        FormDefinition other =
                Editing.withoutField(draft, Editing.find(draft, "works").orElseThrow());
        long seen = send(new ReviseFormDraft(form, other)).sequence();
        Awaitility.await().until(() -> ask(new FindForm(form)).sequence() >= seen);
        fill(page, "label.en", "Your whole name");
        save(page);
        assertThat(page.locator(".govuk-error-summary")).containsText("Ada Administrator changed this form");
        assertThat(control(page, "label.en")).hasValue("Your whole name");
        assertThat(ask(new FindForm(form)).draft()).isEqualTo(other);
        see(page, "forms-changed-en", false);
        save(page);
        FormDefinition both = ask(new FindForm(form)).draft();
        assertThat(both.field("name").orElseThrow().label().byLanguage()).containsEntry("en", "Your whole name");
        assertThat(both.field("works")).isEmpty();
    }

    @Test
    void what_says_who_somebody_is_stays_personal() {
        given("personal");
        FormCode form = new FormCode("personal");
        Page page = withoutScripts();
        staffSignIn(page, "admin");
        page.navigate("/staff/forms/personal/pages/about/questions?type=PHONE");
        assertThat(page.locator("#data")).containsText("always personal");
        assertThat(page.locator("[name=data]")).hasCount(0);
        fill(page, "label.en", "Your number");
        save(page);
        Field phone = ask(new FindForm(form)).draft().field("your_number").orElseThrow();
        assertThat(phone.reportable()).isFalse();

        page.navigate("/staff/forms/personal/pages/about/questions?type=NUMBER");
        assertThat(control(page, "data")).isChecked();
        assertThat(page.locator("#data-about")).containsText("either personal or reportable");
        page.navigate("/staff/forms/personal/pages/about/questions?type=TEXT");
        fill(page, "label.en", "Your whole name");
        page.selectOption("#prefill", "name");
        control(page, "data-reportable").check();
        save(page);
        assertThat(page.locator(".govuk-error-summary")).containsText("is always personal");
        control(page, "data").check();
        save(page);
        Field name = ask(new FindForm(form)).draft().field("your_whole_name").orElseThrow();
        assertThat(name.prefill()).isEqualTo("name");
        assertThat(name.reportable()).isFalse();

        Field written = phone.reported();
        FormDefinition draft = ask(new FindForm(form)).draft();
        var place = Editing.find(draft, "your_number").orElseThrow();
        long seen = send(new ReviseFormDraft(form, Editing.withField(draft, place, written, place.page())))
                .sequence();
        Awaitility.await().until(() -> ask(new FindForm(form)).sequence() >= seen);
        page.navigate("/staff/forms/personal");
        assertThat(page.locator("#mistakes")).containsText("is always personal");
        page.locator("#mistakes a").click();
        save(page);
        assertThat(page.locator("#mistakes")).hasCount(0);
    }

    @Test
    void open_drafts_are_counted_before_publishing() {
        given("counted");
        ProgramCode program = new ProgramCode("counted");
        createProgram("counted");
        send(new PublishFormVersion(new FormCode("counted")));
        send(new MapForm(program, new FormCode("counted"), 1, OpenDrafts.KEEP_VERSION));
        Awaitility.await().until(() -> ask(new FindProgram(program)).form() != null);
        Page page = withoutScripts();
        staffSignIn(page, "admin");
        page.navigate("/staff/forms/counted/questions/works/removal");
        save(page);
        page.navigate("/staff/forms/counted/publication");
        assertThat(page.locator("#effects")).containsText("drafts that people have begun: 0");
        assertThat(page.locator("#effects li li")).hasText("Do you work?");
    }

    @Test
    void a_published_version_is_previewed_in_the_currency_of_its_program() {
        given("priced");
        FormCode form = new FormCode("priced");
        ProgramCode program = new ProgramCode("priced");
        createProgram("priced");
        FormDefinition draft = ask(new FindForm(form)).draft();
        Field rent = Field.of("rent", FieldType.MONEY, LocalizedText.of("Your rent", "Votre loyer", "إيجارك"));
        send(new ReviseFormDraft(form, Editing.withField(draft, draft.pages().getFirst(), null, rent)));
        send(new PublishFormVersion(form));
        long seen = send(new ReviseFormDraft(form, draft)).sequence();
        Awaitility.await().until(() -> ask(new FindForm(form)).sequence() >= seen);
        Page page = withoutScripts();
        staffSignIn(page, "officer");
        page.navigate("/staff/forms/priced/versions/1");
        page.getByText("Preview", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.url()).endsWith("/staff/forms/priced/versions/1/preview/about");
        assertThat(page.locator(".forms-preview")).containsText("a preview of version 1");
        assertThat(page.locator(".govuk-input__prefix")).hasText("USD");

        send(new MapForm(program, form, 1, OpenDrafts.KEEP_VERSION));
        Awaitility.await().until(() -> ask(new FindProgram(program)).form() != null);
        page.reload();
        assertThat(page.locator(".govuk-input__prefix")).hasText("KES");
        fill(page, "q-name", "Somebody");
        control(page, "q-works-2").check();
        fill(page, "q-rent", "much");
        page.locator("button[name=exit][value=continue]").click();
        assertThat(page.locator(".govuk-error-summary")).containsText("Your rent");
        fill(page, "q-rent", "120");
        page.locator("button[name=exit][value=continue]").click();
        assertThat(page.locator("#reached")).isVisible();
        page.navigate("/staff/forms/priced/preview/about");
        assertThat(page.locator("#q-rent")).hasCount(0);
    }

    @Test
    void other_staff_read_and_cannot_save() {
        given("read-only");
        Page page = withoutScripts();
        staffSignIn(page, "officer");
        page.navigate("/staff/forms/read-only");
        assertThat(page.locator("main [name=move], main a[href$='/removal']")).hasCount(0);
        page.navigate("/staff/forms/read-only/questions/name");
        assertThat(page.locator("main")).containsText("Only administrators of programs can change forms.");
        page.navigate("/staff/forms/read-only/preview/about");
        fill(page, "q-name", "Somebody");
        control(page, "q-works-2").check();
        page.locator("button[name=exit][value=continue]").click();
        assertThat(page.locator("#reached")).isVisible();
    }
}
