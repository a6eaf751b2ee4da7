package org.selfservice.command;

import static org.selfservice.kernel.LocalizedText.en;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Condition;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormEvent.FormCreated;
import org.selfservice.kernel.form.FormEvent.FormDraftRevised;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.program.DocumentRequirement;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramEvent.DocumentsRequired;
import org.selfservice.kernel.program.ProgramEvent.FormMapped;
import org.selfservice.kernel.program.ProgramEvent.ProgramCreated;
import org.selfservice.kernel.program.ProgramEvent.ProgramOpened;
import org.selfservice.kernel.program.ProgramEvent.RejectionReasonsSet;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsReceived;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantRegistered;
import org.selfservice.kernel.registrant.RegistrantId;

/** A program with a form, and a person. */
public final class Samples {
    public static final ProgramCode MEDICAL = new ProgramCode("medical");
    public static final FormCode FORM = new FormCode("medical-form");
    public static final String SHA_1 = "1".repeat(64);
    public static final String SHA_2 = "2".repeat(64);
    public static final Login LOGIN = new Login("https://id.example", "lena");
    public static final RegistrantId LENA = new World().registrant(LOGIN.issuer(), LOGIN.subject(), 1);
    public static final RegistrantId OMAR = new World().registrant(LOGIN.issuer(), "omar", 1);
    public static final Author REVIEWER = staff("rita", Author.Role.REVIEWER);

    private Samples() {}

    public static Author staff(String name, Author.Role role) {
        return new Author(name, name, role, null, Author.Channel.API, null, "test");
    }

    public static Author person(RegistrantId registrant) {
        return new Author(registrant.value(), null, Author.Role.REGISTRANT, null, Author.Channel.WEB, null, "test");
    }

    public static ProgramProfile profile() {
        return profile(null, null);
    }

    public static ProgramProfile profile(@Nullable LocalDate opensOn, @Nullable LocalDate closesOn) {
        return new ProgramProfile(
                "MED",
                en("Medical assistance"),
                en("People who are ill"),
                en("Help with the bill"),
                en("What it is"),
                en("We look at it"),
                en("Only us"),
                ProgramProfile.Target.INDIVIDUAL,
                "EUR",
                opensOn,
                closesOn,
                null,
                10,
                14,
                30,
                "UTC");
    }

    /** Name (filled in), birth date (filled in), treatment, amount, whether urgent and then why, a bill and a letter. */
    public static FormDefinition form() {
        return form(
                Field.of("name", FieldType.TEXT, en("Name")).prefilledFrom("name"),
                Field.of("birthdate", FieldType.DATE, en("Birth date")).prefilledFrom("birthdate"),
                Field.of("treatment", FieldType.LONG_TEXT, en("Treatment")),
                Field.of("amount", FieldType.MONEY, en("Amount")),
                Field.of("urgent", FieldType.YES_NO, en("Urgent?")),
                Field.of("why", FieldType.TEXT, en("Why")).when(Condition.is("urgent", "yes")),
                Field.of("bill", FieldType.FILE, en("Bill")).within(Constraints.files(2, 1_000_000)),
                Field.of("letter", FieldType.FILE, en("Letter")).optional());
    }

    public static FormDefinition form(Field... fields) {
        return new FormDefinition(List.of(new Page("all", en("All"), LocalizedText.EMPTY, null, List.of(fields))));
    }

    public static Event[] published() {
        return new Event[] {
            new FormCreated(FORM, en("Medical")),
            new FormDraftRevised(FORM, form()),
            new FormVersionPublished(FORM, 1, form(), SHA_1)
        };
    }

    public static Event[] open(Event... besides) {
        return open(profile(), besides);
    }

    public static Event[] open(ProgramProfile profile, Event... besides) {
        List<Event> events = new java.util.ArrayList<>(List.of(
                new ProgramCreated(MEDICAL, profile),
                new FormMapped(MEDICAL, FORM, 1, SHA_1, OpenDrafts.KEEP_VERSION),
                new DocumentsRequired(MEDICAL, List.of(new DocumentRequirement("bill", en("The bill"), true))),
                new RejectionReasonsSet(MEDICAL, List.of(new RejectionReason("not-covered", en("Not covered")))),
                new ProgramOpened(MEDICAL)));
        events.addAll(List.of(besides));
        return events.toArray(Event[]::new);
    }

    public static Event[] registered() {
        return new Event[] {
            registered(LENA),
            new DemographicsReceived(
                    LENA,
                    "national",
                    Personal.of(Map.of("name", Answer.text("Lena D."), "birthdate", Answer.text("1990-05-01"))))
        };
    }

    public static RegistrantRegistered registered(RegistrantId who) {
        return new RegistrantRegistered(
                who, 1, Personal.of(LOGIN), "national", IdType.FOUNDATIONAL, Personal.of("Lena D."));
    }

    /** Answers that may be sent. */
    public static Map<String, Answer> right() {
        Map<String, Answer> answers = new HashMap<>();
        answers.put("name", Answer.text("Lena D."));
        answers.put("birthdate", new Answer.Parts(Map.of("day", "1", "month", "5", "year", "1990")));
        answers.put("treatment", Answer.text("A new knee"));
        answers.put("amount", Answer.text("1 200,50"));
        answers.put("urgent", Answer.text("no"));
        return answers;
    }
}
