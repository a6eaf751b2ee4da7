package org.selfservice.web.form.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.Hands.addPage;
import static org.selfservice.Hands.another;
import static org.selfservice.Hands.begin;
import static org.selfservice.Hands.check;
import static org.selfservice.Hands.control;
import static org.selfservice.Hands.fill;
import static org.selfservice.Hands.save;

import com.microsoft.playwright.Page;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormQuery.FindForm;
import org.selfservice.kernel.form.FormQuery.FindFormVersion;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormRules;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramQuery.FindProgram;
import org.selfservice.kernel.registrant.Demographics;

/** An administrator who has never seen the portal builds a form with the pages alone. */
class FormBuilderStory extends FormPagesUnderTest {
    private static final String ENTER_A_CODE =
            "Enter a code of 2 to 40 lower-case letters (a to z), digits and hyphens" + " that begins with a letter";

    @Test
    void a_form_with_every_kind_of_question_is_built_previewed_published_and_mapped() {
        Page page = desktop();
        staffSignIn(page, "admin");
        build(page, "relief", true);
    }

    @Test
    void the_same_without_scripts() {
        Page page = withoutScripts();
        staffSignIn(page, "admin");
        build(page, "relief-plain", false);
    }

    private void build(Page page, String code, boolean looking) {
        createProgram(code);
        page.navigate("/staff");
        page.locator("main a[href='/staff/forms']").click();
        see(page, "forms-list-en", looking);
        page.getByText("Create a form").click();
        save(page);
        assertThat(page.title()).startsWith("Error:");
        assertThat(page.locator(".govuk-error-summary a")).hasText(new String[] {"Enter it in English", ENTER_A_CODE});
        fill(page, "title.en", "Relief for families");
        fill(page, "title.fr", "Aide aux familles");
        fill(page, "title.ar", "إغاثة الأسر");
        fill(page, "code", code);
        see(page, "forms-new-en", looking);
        save(page);
        assertThat(page.locator("h1")).hasText("Relief for families");

        addPage(page, "About you", "À propos de vous", "عنك");
        see(page, "forms-types-en", looking);
        begin(page, FieldType.TEXT, "What is your full name?", "Quel est votre nom complet ?", "ما اسمك الكامل؟");
        page.selectOption("#prefill", Demographics.NAME);
        fill(page, "maxLength", "120");
        fill(page, "id", "full_name");
        see(page, "forms-question-text-en", looking);
        another(page);
        begin(page, FieldType.DATE, "When were you born?", "Quand êtes-vous né ?", "متى ولدت؟");
        check(page, "notInFuture");
        fill(page, "earliest.day", "1");
        fill(page, "earliest.month", "1");
        fill(page, "earliest.year", "1900");
        page.selectOption("#prefill", Demographics.BIRTHDATE);
        another(page);
        begin(page, FieldType.PHONE, "Phone number", "Numéro de téléphone", "رقم الهاتف");
        another(page);
        begin(page, FieldType.EMAIL, "E-mail address", "Adresse e-mail", "البريد الإلكتروني");
        check(page, "optional");
        another(page);
        begin(page, FieldType.ADDRESS, "Where do you live?", "Où habitez-vous ?", "أين تسكن؟");
        save(page);

        addPage(page, "Your work", "Votre travail", "عملك");
        begin(page, FieldType.YES_NO, "Do you work?", "Travaillez-vous ?", "هل تعمل؟");
        another(page);
        begin(page, FieldType.TEXT, "Who do you work for?", "Pour qui travaillez-vous ?", "لدى من تعمل؟");
        page.selectOption("[id='condition.0.when']", "do_you_work:IS:yes");
        another(page);
        begin(page, FieldType.MONEY, "Income in a month", "Revenu mensuel", "الدخل الشهري");
        check(page, "mayNotKnow");
        check(page, "data-reportable");
        fill(page, "max", "100000");
        another(page);
        begin(page, FieldType.NUMBER, "Hours in a week", "Heures par semaine", "ساعات الأسبوع");
        fill(page, "min", "0");
        fill(page, "max", "168");
        another(page);
        begin(page, FieldType.RADIOS, "Whose land is it?", "À qui est la terre ?", "لمن الأرض؟");
        fill(page, "lines", "Mine\nRented\nShared with others");
        page.locator("[name=add]").click();
        assertThat(control(page, "option.2.label.en")).hasValue("Shared with others");
        fill(page, "option.0.label.ar", "لي");
        page.locator("[name=raise][value='1']").click();
        assertThat(control(page, "option.0.label.en")).hasValue("Rented");
        assertThat(control(page, "option.1.label.ar")).hasValue("لي");
        see(page, "forms-question-choices-en", looking);
        another(page);
        begin(page, FieldType.CHECKBOXES, "What do you grow?", "Que cultivez-vous ?", "ماذا تزرع؟");
        fill(page, "lines", "Maize\nBeans\nRice");
        another(page);
        begin(page, FieldType.SELECT, "District", "District", "المقاطعة");
        fill(page, "lines", "North\nSouth\nEast\nWest");
        check(page, "data-reportable");
        save(page);

        addPage(page, "Your household", "Votre ménage", "أسرتك");
        begin(page, FieldType.GROUP, "Who lives with you?", "Qui vit avec vous ?", "من يسكن معك؟");
        fill(page, "maxRows", "12");
        fill(page, "id", "members");
        save(page);
        assertThat(page.locator("main")).containsText("In each entry of: Who lives with you?");
        assertThat(page.locator("#type-FILE")).hasCount(0);
        begin(page, FieldType.TEXT, "Name", "Nom", "الاسم");
        another(page);
        begin(page, FieldType.DATE, "Date of birth", "Date de naissance", "تاريخ الميلاد");
        another(page);
        begin(page, FieldType.YES_NO, "At school?", "À l’école ?", "في المدرسة؟");
        another(page);
        begin(page, FieldType.TEXT, "Name of the school", "Nom de l’école", "اسم المدرسة");
        page.selectOption("[id='condition.0.when']", "at_school:IS:yes");
        save(page);

        addPage(page, "Your reasons", "Vos raisons", "أسبابك");
        begin(page, FieldType.LONG_TEXT, "Why do you need help?", "Pourquoi ?", "لماذا تحتاج إلى المساعدة؟");
        another(page);
        begin(page, FieldType.MONEY, "How much do you need?", "Combien vous faut-il ?", "كم تحتاج؟");
        another(page);
        begin(page, FieldType.FILE, "A photo of your ID card", "Une photo de votre carte", "صورة بطاقتك");
        check(page, "media.image/jpeg");
        fill(page, "maxMegabytes", "2.5");
        see(page, "forms-question-file-en", looking);
        save(page);

        FormDefinition draft = ask(new FindForm(new FormCode(code))).draft();
        assertThat(FormRules.mistakes(draft)).isEmpty();
        assertThat(questions(draft)).hasSize(20);
        assertThat(questions(draft).map(Field::type)).containsAll(Arrays.asList(FieldType.values()));
        assertThat(draft.field("who_do_you_work_for").orElseThrow().showIf())
                .isEqualTo(Condition.is("do_you_work", "yes"));
        assertThat(draft.field("whose_land_is_it").orElseThrow().options())
                .extracting("value")
                .containsExactly("rented", "mine", "shared_with_others");
        assertThat(draft.field("income_in_a_month").orElseThrow())
                .matches(Field::mayNotKnow)
                .matches(Field::reportable);
        Field photo = draft.field("a_photo_of_your_id_card").orElseThrow();
        assertThat(photo.constraints().maxBytes()).isEqualTo(2_500_000L);
        assertThat(photo.constraints().mediaTypes()).containsExactly("image/jpeg");
        see(page, "forms-overview-en", looking);
        order(page, code);
        preview(page, code, looking);
        publish(page, code, looking);
    }

    private static void order(Page page, String code) {
        page.locator("button[value='up:field:email_address'], button[value='up:field:e_mail_address']")
                .first()
                .focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".govuk-notification-banner")).containsText("It was moved.");
        page.locator("button[value='down:page:your_reasons'], button[value='up:page:your_reasons']")
                .first()
                .click();
        FormDefinition draft = ask(new FindForm(new FormCode(code))).draft();
        assertThat(draft.pages())
                .extracting("id")
                .containsExactly("about_you", "your_work", "your_reasons", "your_household");
        assertThat(draft.pages().getFirst().fields().get(2).type()).isEqualTo(FieldType.EMAIL);
    }

    private void preview(Page page, String code, boolean looking) {
        page.getByText("Preview", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("h1")).hasText("About you");
        see(page, "forms-preview-en", looking);
        page.locator("form#edit button[data-module]").last().click();
        assertThat(page.locator(".govuk-error-summary")).containsText("What is your full name?");
        assertThat(page.locator("#reached")).hasCount(0);
        fill(page, "q-full_name", "Lena Example");
        fill(page, "q-when_were_you_born-day", "3");
        fill(page, "q-when_were_you_born-month", "4");
        fill(page, "q-when_were_you_born-year", "1990");
        fill(page, "q-phone_number", "+254 712 345678");
        fill(page, "q-where_do_you_live-line1", "Long Street 5");
        fill(page, "q-where_do_you_live-town", "Kisumu");
        page.locator("button[name=lang][value=ar]").click();
        assertThat(page.locator("html")).hasAttribute("dir", "rtl");
        assertThat(page.locator("h1")).hasText("عنك");
        assertThat(control(page, "q-full_name")).hasValue("Lena Example");
        see(page, "forms-preview-ar", looking);
        page.locator("button[name=lang][value=en]").click();
        page.locator("form#edit button[data-module]").last().click();
        assertThat(page.locator("h1")).hasText("Your work");
        page.navigate("/staff/forms/" + code + "/preview/your_household?lang=fr");
        assertThat(page.locator("h1")).hasText("Qui vit avec vous ?");
        page.locator("button[value='row:members:0']").click();
        fill(page, "q-members-0-name", "Ada");
        page.locator("form#edit button[data-module]").last().click();
        assertThat(page.locator(".govuk-error-summary")).isVisible();
        fill(page, "q-members-0-date_of_birth-day", "3");
        fill(page, "q-members-0-date_of_birth-month", "4");
        fill(page, "q-members-0-date_of_birth-year", "2015");
        control(page, "q-members-0-at_school-2").check();
        page.locator("form#edit button[data-module]").last().click();
        assertThat(page.locator(".rows__title")).containsText("Ada");
        page.locator("button[name=exit][value=continue]").click();
        assertThat(page.locator("#reached")).isVisible();
        page.navigate("/staff/forms/" + code + "?lang=en");
    }

    private void publish(Page page, String code, boolean looking) {
        page.getByText("Publish", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("h1")).hasText("Publish version 1");
        see(page, "forms-publication-first-en", looking);
        save(page);
        FormFile form = ask(new FindForm(new FormCode(code)));
        assertThat(form.versions()).hasSize(1);
        assertThat(page.locator("#sha256")).hasText(form.versions().getFirst().sha256());
        see(page, "forms-version-en", looking);

        page.navigate("/staff/programs/" + code + "/form");
        page.fill("#form", code);
        page.locator("[name=versions]").click();
        save(page);
        assertThat(ask(new FindProgram(new ProgramCode(code))).form().version()).isEqualTo(1);

        page.navigate("/staff/forms/" + code + "/questions/hours_in_a_week");
        page.selectOption("#type", "TEXT");
        page.locator("[name=retype]").click();
        fill(page, "label.en", "How many hours do you work?");
        save(page);
        page.navigate("/staff/forms/" + code + "/questions/e_mail_address/removal");
        see(page, "forms-removal-en", looking);
        save(page);
        page.navigate("/staff/forms/" + code + "/publication");
        assertThat(page.locator(".forms-change")).hasCount(2);
        assertThat(page.locator("#effects")).containsText("Questions whose answers are kept: 14");
        assertThat(page.locator("#effects li li")).hasText(new String[] {"E-mail address", "Hours in a week"});
        see(page, "forms-publication-en", looking);
        save(page);
        assertThat(page.locator("h1")).hasText("Version 2");
        page.getByText("Compare with version 1").click();
        assertThat(page.locator(".forms-change")).containsText(new String[] {"How many hours", "E-mail address"});
        see(page, "forms-compare-en", looking);

        page.navigate("/staff/programs/" + code + "/form");
        assertThat(page.locator("#effects")).containsText("E-mail address");
        see(page, "forms-mapping-en", looking);

        page.navigate("/staff/forms/" + code + "/versions/1/retirement");
        assertThat(page.locator("main")).containsText("These programs ask it now");
        see(page, "forms-retirement-en", looking);
        save(page);
        assertThat(ask(new FindFormVersion(new FormCode(code), 1)).retired()).isTrue();
    }

    @Test
    void every_page_reads_from_right_to_left_too() {
        given("mirrored");
        FormCode form = new FormCode("mirrored");
        send(new PublishFormVersion(form));
        FormDefinition draft = ask(new FindForm(form)).draft();
        send(new ReviseFormDraft(
                form, Editing.withoutField(draft, Editing.find(draft, "works").orElseThrow())));
        long seen = send(new PublishFormVersion(form)).sequence();
        Awaitility.await().until(() -> ask(new FindForm(form)).sequence() >= seen);
        Page page = desktop();
        staffSignIn(page, "admin");
        Map.ofEntries(
                        Map.entry("", "list"),
                        Map.entry("/new", "new"),
                        Map.entry("/mirrored", "overview"),
                        Map.entry("/mirrored/title", "title"),
                        Map.entry("/mirrored/country", "country"),
                        Map.entry("/mirrored/pages", "page"),
                        Map.entry("/mirrored/pages/about/questions", "types"),
                        Map.entry("/mirrored/pages/about/questions?type=CHECKBOXES", "question"),
                        Map.entry("/mirrored/questions/name/removal", "removal"),
                        Map.entry("/mirrored/preview/about", "preview-about"),
                        Map.entry("/mirrored/publication", "publication"),
                        Map.entry("/mirrored/versions/1", "version"),
                        Map.entry("/mirrored/versions/1/compare/2", "compare"),
                        Map.entry("/mirrored/versions/1/retirement", "retirement"),
                        Map.entry("/mirrored/import", "import"),
                        Map.entry("/mirrored/copy", "copy"))
                .forEach((path, name) -> {
                    page.navigate("/staff/forms" + path + (path.contains("?") ? "&" : "?") + "lang=ar");
                    assertThat(page.locator("h1")).not().hasText("");
                    look(page, "forms-" + name + "-ar");
                });
    }

    private static Stream<Field> questions(FormDefinition form) {
        return form.fields().flatMap(field -> Stream.concat(Stream.of(field), field.fields().stream()));
    }
}
