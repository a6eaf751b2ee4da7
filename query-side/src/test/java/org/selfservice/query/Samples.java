package org.selfservice.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Money;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.AnswerSource;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.DocumentUploaded;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Submission;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Submission.Outcome;
import org.selfservice.kernel.application.Submission.RuleOutcome;
import org.selfservice.kernel.application.Submission.SentDocument;
import org.selfservice.kernel.document.DocumentId;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantRegistered;
import org.selfservice.kernel.registrant.RegistrantId;

/** Events with plausible content, for tests. */
public final class Samples {
    public static final ProgramCode CASH = new ProgramCode("cash");
    public static final FormCode FORM = new FormCode("cash-form");
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    public static final Instant IN_A_MONTH = Instant.parse("2026-12-22T12:00:00Z");
    public static final Author OFFICER =
            new Author("omar", "Omar", Author.Role.REVIEWER, null, Author.Channel.API, null, "c-1");
    public static final String SHA = "0f".repeat(32);

    private Samples() {}

    public static Author person(RegistrantId registrant) {
        return new Author(
                registrant.value(),
                null,
                Author.Role.REGISTRANT,
                null,
                Author.Channel.WEB,
                new Author.Evidence("https://id.example.org", "otp", NOON),
                "c-2");
    }

    public static RegistrantId registrant(int number) {
        return new RegistrantId("r-%020d".formatted(number));
    }

    public static ApplicationId application(int registrant, int number) {
        return new ApplicationId("a-%012d%08d".formatted(registrant, number));
    }

    public static EnrolmentId enrolment(int registrant) {
        return new EnrolmentId("e-%020d".formatted(registrant));
    }

    public static DocumentId document(int number) {
        return new DocumentId("d-%020d".formatted(number));
    }

    public static RegistrantRegistered registered(int number) {
        return new RegistrantRegistered(
                registrant(number),
                1,
                Personal.of(new Login("https://id.example.org", "subject-" + number)),
                "national-id",
                IdType.FOUNDATIONAL,
                Personal.of("Lena Diallo " + number));
    }

    public static ApplicationStarted started(int registrant, int number) {
        return new ApplicationStarted(
                application(registrant, number),
                registrant(registrant),
                CASH,
                number,
                "CASH-%06d-%02d".formatted(registrant, number),
                FORM,
                1,
                "fr",
                IN_A_MONTH);
    }

    public static AnswersSaved saved(int registrant, int number, Map<String, Answer> answers) {
        return new AnswersSaved(
                application(registrant, number),
                registrant(registrant),
                CASH,
                Personal.of(answers),
                Map.of("name", new AnswerSource(AnswerSource.Kind.PREFILLED, "name", true)),
                IN_A_MONTH);
    }

    public static DocumentUploaded uploaded(int registrant, int number, int document, String field) {
        return new DocumentUploaded(
                application(registrant, number),
                registrant(registrant),
                CASH,
                document(document),
                field,
                Personal.of("card " + document + ".jpg"),
                "image/jpeg",
                1234,
                SHA,
                true);
    }

    public static ApplicationSubmitted submitted(int registrant, int number, Map<String, Answer> shared) {
        return new ApplicationSubmitted(
                application(registrant, number),
                registrant(registrant),
                CASH,
                "CASH-%06d-%02d".formatted(registrant, number),
                new Submission(
                        FORM,
                        1,
                        SHA,
                        7,
                        1,
                        Personal.of(Map.of(
                                "name",
                                Answer.text("Lena"),
                                "members",
                                new Answer.Rows(List.of(Map.of("age", Answer.text("7")))))),
                        Map.of("name", AnswerSource.TYPED),
                        List.of(new SentDocument(
                                document(1), "id_card", Personal.of("card.jpg"), "image/jpeg", 1234, SHA)),
                        List.of(new RuleOutcome("adult", Outcome.PASSED, true)),
                        Personal.of(shared),
                        Map.of("land_record", Deferral.CANNOT_GET, "proxy", Deferral.DOES_NOT_APPLY),
                        "2026-1",
                        "ar",
                        SHA),
                IN_A_MONTH);
    }

    public static ProgramProfile profile(String name) {
        LocalizedText text = LocalizedText.of(name, name + " (fr)", name + " (ar)");
        return new ProgramProfile(
                "CASH",
                text,
                text,
                text,
                text,
                text,
                text,
                ProgramProfile.Target.INDIVIDUAL,
                "KES",
                null,
                LocalDate.parse("2027-01-31"),
                null,
                15,
                30,
                30,
                "Africa/Nairobi");
    }

    public static FormDefinition definition(String label) {
        return new FormDefinition(List.of(new Page(
                "you",
                LocalizedText.en("You"),
                LocalizedText.EMPTY,
                null,
                List.of(
                        Field.of("name", FieldType.TEXT, LocalizedText.en(label))
                                .prefilledFrom("name"),
                        Field.of("members", FieldType.GROUP, LocalizedText.en("Members"))
                                .asking(List.of(Field.of("age", FieldType.NUMBER, LocalizedText.en("Age"))))))));
    }

    public static Money money(String amount) {
        return new Money(new BigDecimal(amount), "KES");
    }
}
