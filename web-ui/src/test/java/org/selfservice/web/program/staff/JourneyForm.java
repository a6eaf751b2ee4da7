package org.selfservice.web.program.staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.selfservice.Hands.addPage;
import static org.selfservice.Hands.another;
import static org.selfservice.Hands.begin;
import static org.selfservice.Hands.birthday;
import static org.selfservice.Hands.choices;
import static org.selfservice.Hands.control;
import static org.selfservice.Hands.fill;
import static org.selfservice.Hands.open;
import static org.selfservice.Hands.proceed;
import static org.selfservice.Hands.save;
import static org.selfservice.Hands.texts;
import static org.selfservice.PortalUnderTest.screenshot;
import static org.selfservice.web.program.staff.WholeJourneyStory.CODE;

import com.microsoft.playwright.Page;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.registrant.Demographics;

/** The form of the whole journey, built, looked at and published with the pages alone. */
final class JourneyForm {
    private JourneyForm() {}

    static void build(Page page) {
        open(page, "forms");
        page.getByText("Create a form").click();
        texts(page, "title", "Questions about your garden", "Questions sur votre jardin", "أسئلة عن حديقتك");
        fill(page, "code", CODE);
        screenshot(page, "journey-01-form-new");
        save(page);

        addPage(page, "About you", "À propos de vous", "عنك");
        screenshot(page, "journey-02-form-kinds");
        begin(page, FieldType.TEXT, "Full name", "Nom complet", "الاسم الكامل");
        page.selectOption("#prefill", Demographics.NAME);
        screenshot(page, "journey-03-form-question");
        another(page);
        begin(page, FieldType.DATE, "When were you born?", "Quand êtes-vous né ?", "متى ولدت؟");
        control(page, "notInFuture").check();
        page.selectOption("#prefill", Demographics.BIRTHDATE);
        another(page);
        begin(page, FieldType.PHONE, "Phone number", "Numéro de téléphone", "رقم الهاتف");
        another(page);
        begin(page, FieldType.EMAIL, "E-mail address", "Adresse e-mail", "البريد الإلكتروني");
        control(page, "optional").check();
        another(page);
        begin(page, FieldType.ADDRESS, "Where is your garden?", "Où est votre jardin ?", "أين حديقتك؟");
        save(page);

        addPage(page, "Your garden", "Votre jardin", "حديقتك");
        begin(page, FieldType.NUMBER, "Square metres", "Mètres carrés", "المساحة بالمتر المربع");
        fill(page, "min", "1");
        fill(page, "max", "5000");
        control(page, "data-reportable").check();
        another(page);
        begin(page, FieldType.RADIOS, "Whose land is it?", "À qui est la terre ?", "لمن الأرض؟");
        choices(page, "Mine", "À moi", "لي", "Rented", "Louée", "مستأجرة");
        another(page);
        begin(page, FieldType.CHECKBOXES, "What do you grow?", "Que cultivez-vous ?", "ماذا تزرع؟");
        choices(page, "Beans", "Haricots", "فاصوليا", "Spinach", "Épinards", "سبانخ");
        another(page);
        begin(page, FieldType.SELECT, "District", "District", "المقاطعة");
        choices(page, "North", "Nord", "الشمال", "South", "Sud", "الجنوب");
        another(page);
        begin(page, FieldType.YES_NO, "Is there water?", "Y a-t-il de l’eau ?", "هل يوجد ماء؟");
        another(page);
        begin(page, FieldType.TEXT, "Where does it come from?", "D’où vient-elle ?", "من أين يأتي؟");
        page.selectOption("[id='condition.0.when']", "is_there_water:IS:yes");
        screenshot(page, "journey-04-form-condition");
        another(page);
        begin(page, FieldType.YES_NO, "Do you sell any of it?", "En vendez-vous ?", "هل تبيع شيئًا منه؟");
        save(page);

        addPage(page, "Your household", "Votre ménage", "أسرتك");
        begin(page, FieldType.NUMBER, "Meals in a day", "Repas par jour", "الوجبات في اليوم");
        fill(page, "max", "9");
        another(page);
        begin(page, FieldType.MONEY, "Income in a month", "Revenu mensuel", "الدخل الشهري");
        another(page);
        begin(page, FieldType.YES_NO, "Does anybody help you?", "Quelqu’un vous aide-t-il ?", "هل يساعدك أحد؟");
        another(page);
        begin(page, FieldType.GROUP, "Who lives with you?", "Qui vit avec vous ?", "من يسكن معك؟");
        save(page);
        begin(page, FieldType.TEXT, "Name", "Nom", "الاسم");
        another(page);
        begin(page, FieldType.NUMBER, "Age", "Âge", "العمر");
        save(page);

        addPage(page, "Your seeds", "Vos semences", "بذورك");
        begin(page, FieldType.SELECT, "Which packet?", "Quel paquet ?", "أي رزمة؟");
        choices(page, "Vegetables", "Légumes", "خضروات", "Herbs", "Herbes", "أعشاب");
        another(page);
        begin(page, FieldType.DATE, "When will you sow?", "Quand sèmerez-vous ?", "متى ستزرع؟");
        another(page);
        begin(page, FieldType.LONG_TEXT, "Why do you need them?", "Pourquoi ?", "لماذا تحتاج إليها؟");
        another(page);
        begin(page, FieldType.FILE, "A photo of your garden", "Une photo du jardin", "صورة لحديقتك");
        save(page);
        assertThat(page.locator("li.forms-row")).hasCount(22);
        assertThat(page.locator("section.forms-page > ol > li.forms-row")).hasCount(20);
        screenshot(page, "journey-05-form-built");
    }

    static void preview(Page page) {
        page.getByText("Preview", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("h1")).hasText("About you");
        fill(page, "q-full_name", "Lena Example");
        birthday(page, "q-when_were_you_born", "3", "4", "1990");
        fill(page, "q-phone_number", "+254 712 345678");
        WholeJourneyStory.address(page);
        proceed(page);
        assertThat(page.locator("h1")).hasText("Your garden");
        assertThat(control(page, "q-where_does_it_come_from")).isHidden();
        control(page, "q-is_there_water").check();
        assertThat(control(page, "q-where_does_it_come_from")).isVisible();
        screenshot(page, "journey-06-form-preview");
        page.locator("a.govuk-back-link").click();
    }

    static void publish(Page page) {
        page.getByText("Publish", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("h1")).hasText("Publish version 1");
        screenshot(page, "journey-07-form-publish");
        save(page);
        assertThat(page.locator("h1")).hasText("Version 1");
    }
}
