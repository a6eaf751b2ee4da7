package org.selfservice.web.application;

import static org.selfservice.kernel.form.Field.of;

import java.time.LocalDate;
import java.util.List;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Option;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.registrant.Demographics;

/** A form with every kind of question. */
final class SampleForm {
    private SampleForm() {}

    static final Page ABOUT = page(
            "about",
            LocalizedText.of("About you", "À propos de vous", "عنك"),
            of("full_name", FieldType.TEXT, LocalizedText.of("Full name", "Nom complet", "الاسم الكامل"))
                    .prefilledFrom(Demographics.NAME),
            of("birthdate", FieldType.DATE, LocalizedText.of("Date of birth", "Date de naissance", "تاريخ الميلاد"))
                    .within(Constraints.past(LocalDate.of(1900, 1, 1)))
                    .prefilledFrom(Demographics.BIRTHDATE),
            of("phone", FieldType.PHONE, LocalizedText.of("Phone number", "Numéro de téléphone", "رقم الهاتف"))
                    .prefilledFrom(Demographics.PHONE_NUMBER),
            of("email", FieldType.EMAIL, LocalizedText.of("E-mail address", "Adresse e-mail", "البريد الإلكتروني"))
                    .optional(),
            of("home", FieldType.ADDRESS, LocalizedText.of("Home address", "Adresse", "عنوان السكن")));
    static final Page WORK = page(
            "work",
            LocalizedText.of("Do you work?", "Travaillez-vous ?", "هل تعمل؟"),
            of("works", FieldType.YES_NO, LocalizedText.of("Do you work?", "Travaillez-vous ?", "هل تعمل؟")),
            of("employer", FieldType.TEXT, LocalizedText.of("Who do you work for?", "Pour qui ?", "لدى من تعمل؟"))
                    .when(Condition.is("works", "yes")));
    static final Page MONEY = page(
            "money",
            LocalizedText.of("Money and land", "Argent et terres", "المال والأرض"),
            of("income", FieldType.MONEY, LocalizedText.of("Income in a month", "Revenu mensuel", "الدخل الشهري"))
                    .orNotKnown()
                    .withHint(LocalizedText.of("Before tax", "Avant impôts", "قبل الضريبة")),
            of("acres", FieldType.NUMBER, LocalizedText.of("Acres of land", "Acres de terre", "مساحة الأرض"))
                    .within(Constraints.range(0, 1000, 1)),
            of("tenure", FieldType.RADIOS, LocalizedText.of("Whose land is it?", "À qui est la terre ?", "لمن الأرض؟"))
                    .choosing(List.of(option("own", "Mine"), option("rent", "Rented"))),
            of("crops", FieldType.CHECKBOXES, LocalizedText.of("Crops", "Cultures", "المحاصيل"))
                    .choosing(List.of(option("maize", "Maize"), option("beans", "Beans"), option("rice", "Rice"))),
            of("district", FieldType.SELECT, LocalizedText.of("District", "District", "المقاطعة"))
                    .choosing(List.of(option("north", "North"), option("south", "South"))));
    static final Page STORY = page(
            "story",
            LocalizedText.of("Why do you need help?", "Pourquoi ?", "لماذا تحتاج إلى المساعدة؟"),
            of("story", FieldType.LONG_TEXT, LocalizedText.of("Why do you need help?", "Pourquoi ?", "لماذا؟"))
                    .optional()
                    .within(Constraints.length(0, 200)));
    static final Page HOUSEHOLD = page(
            "household",
            LocalizedText.of("Your household", "Votre ménage", "أسرتك"),
            of(
                            "members",
                            FieldType.GROUP,
                            LocalizedText.of("Who lives with you?", "Qui vit avec vous ?", "من يسكن معك؟"))
                    .optional()
                    .within(Constraints.rows(0, 5))
                    .asking(List.of(
                            of("name", FieldType.TEXT, LocalizedText.of("Name", "Nom", "الاسم")),
                            of(
                                    "born",
                                    FieldType.DATE,
                                    LocalizedText.of("Date of birth", "Date de naissance", "تاريخ الميلاد")))));
    /** Asked only of those who work. */
    static final Page JOB = new Page(
            "job",
            LocalizedText.of("Your work", "Votre travail", "عملك"),
            LocalizedText.EMPTY,
            Condition.is("works", "yes"),
            List.of(of(
                    "hours",
                    FieldType.NUMBER,
                    LocalizedText.of("Hours in a week", "Heures par semaine", "ساعات الأسبوع"))));

    static final Page EVIDENCE = page(
            "evidence",
            LocalizedText.of("Documents", "Documents", "المستندات"),
            of("id_card", FieldType.FILE, LocalizedText.of("ID card", "Carte d’identité", "بطاقة الهوية")));

    static final FormDefinition FORM =
            new FormDefinition(List.of(ABOUT, WORK, MONEY, STORY, HOUSEHOLD, JOB, EVIDENCE)).in("KE");

    private static Page page(String id, LocalizedText title, Field... fields) {
        return new Page(id, title, LocalizedText.EMPTY, null, List.of(fields));
    }

    private static Option option(String value, String label) {
        return new Option(value, LocalizedText.en(label));
    }
}
