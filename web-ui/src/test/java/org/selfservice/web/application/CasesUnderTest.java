package org.selfservice.web.application;

import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.selfservice.Cases;
import org.selfservice.PortalUnderTest;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationCommand.UploadDocument;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramCommand.SetRejectionReasons;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;

/** A program with sent applications, for whoever decides on them. */
abstract class CasesUnderTest extends PortalUnderTest {
    private static final String ISSUER = "https://cases.example";

    static ProgramCode program;
    private static int people;

    @BeforeAll
    static void open() {
        program = Offer.open("case-story", form(), List.of(), List.of());
        send(new SetRejectionReasons(
                program,
                List.of(
                        new RejectionReason(
                                "income",
                                LocalizedText.of(
                                        "Your income is too high", "Votre revenu est trop élevé", "دخلك مرتفع")),
                        new RejectionReason(
                                "papers",
                                LocalizedText.of("Papers are missing", "Pièces manquantes", "أوراق ناقصة")))));
    }

    static ApplicationFile sent(String language) {
        return sent(someone(), language);
    }

    static ApplicationFile sent(RegistrantId who, String language) {
        return sent(who, language, null);
    }

    /** @param like whose telephone number it has too */
    static ApplicationFile sent(
            RegistrantId who, String language, @org.jspecify.annotations.Nullable ApplicationFile like) {
        ApplicationId id = bean(Pseudonyms.class).application(who, program, 1);
        send(new ApplyForProgram(id, who, program, 1, language));
        Map<String, org.selfservice.kernel.form.Answer> answers = new java.util.HashMap<>(answers(who, "300"));
        if (like != null) {
            answers.put("phone", like.answers().get("phone"));
        }
        send(new SaveAnswers(id, who, 0, Personal.of(answers), Map.of()));
        send(new UploadDocument(
                id,
                who,
                new DocumentId("d-" + who.value().substring(2)),
                "card",
                Personal.of("a rather long name of a photograph of a card.jpg"),
                "image/jpeg",
                48_213,
                "%064x".formatted(who.hashCode()),
                false));
        return Cases.seen(send(new SubmitApplication(id, who, "1", language)));
    }

    static org.selfservice.kernel.Position enrolled(ApplicationFile file) {
        RegistrantId who = file.registrant();
        send(new EnrolRegistrant(bean(Pseudonyms.class).enrolment(who, program), who, program, file.id()));
        return new org.selfservice.kernel.Position(file.id().value(), file.sequence());
    }

    private static FormDefinition form() {
        return new FormDefinition(List.of(new org.selfservice.kernel.form.Page(
                "you",
                LocalizedText.of("You", "Vous", "أنت"),
                LocalizedText.EMPTY,
                null,
                List.of(
                        Field.of("who", FieldType.TEXT, LocalizedText.of("Your name", "Votre nom", "اسمك"))
                                .prefilledFrom("name"),
                        Field.of("income", FieldType.NUMBER, LocalizedText.of("Income", "Revenu", "الدخل")),
                        Field.of("phone", FieldType.PHONE, LocalizedText.of("Phone", "Téléphone", "الهاتف")),
                        Field.of(
                                        "children",
                                        FieldType.GROUP,
                                        LocalizedText.of("Your children", "Vos enfants", "أولادك"))
                                .asking(List.of(
                                        Field.of(
                                                "first_name",
                                                FieldType.TEXT,
                                                LocalizedText.of("First name", "Prénom", "الاسم الأول")),
                                        Field.of("age", FieldType.NUMBER, LocalizedText.of("Age", "Âge", "العمر")))),
                        Field.of(
                                        "card",
                                        FieldType.FILE,
                                        LocalizedText.of("ID card", "Carte d’identité", "بطاقة الهوية"))
                                .optional()))));
    }

    static RegistrantId someone() {
        String subject = "case-" + people++;
        RegistrantId who = bean(Pseudonyms.class).registrant(ISSUER, subject, 1);
        send(new RegisterRegistrant(
                who,
                1,
                Personal.of(new Login(ISSUER, subject)),
                "national",
                IdType.FOUNDATIONAL,
                Personal.of("Rim " + subject)));
        return who;
    }

    private static Map<String, org.selfservice.kernel.form.Answer> answers(RegistrantId who, String income) {
        return Map.of(
                "who",
                        org.selfservice.kernel.form.Answer.text(
                                "Rim " + who.value().substring(2, 9)),
                "income", org.selfservice.kernel.form.Answer.text(income),
                "children", children("Amal", "7", "Badr", "5"),
                "phone",
                        org.selfservice.kernel.form.Answer.text(
                                "+2547" + "%08d".formatted(Math.floorMod(who.hashCode(), 100_000_000))));
    }

    static org.selfservice.kernel.form.Answer children(String... namesAndAges) {
        return new org.selfservice.kernel.form.Answer.Rows(java.util.stream.IntStream.range(0, namesAndAges.length / 2)
                .mapToObj(row -> Map.of(
                        "first_name", org.selfservice.kernel.form.Answer.text(namesAndAges[2 * row]),
                        "age", org.selfservice.kernel.form.Answer.text(namesAndAges[2 * row + 1])))
                .toList());
    }

    static ApplicationFile suspected(ApplicationFile file) {
        return Awaitility.await().until(() -> ask(new FindApplication(file.id())), ApplicationFile::suspected);
    }
}
