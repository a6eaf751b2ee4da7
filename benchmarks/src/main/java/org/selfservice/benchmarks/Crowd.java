package org.selfservice.benchmarks;

import static org.selfservice.kernel.LocalizedText.en;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Constraints;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.Option;
import org.selfservice.kernel.form.Page;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.identity.Login;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.program.ProgramProfile;
import org.selfservice.kernel.registrant.RegistrantCommand.GiveConsent;
import org.selfservice.kernel.registrant.RegistrantCommand.RecordClaims;
import org.selfservice.kernel.registrant.RegistrantCommand.RegisterRegistrant;
import org.selfservice.kernel.registrant.RegistrantCommand.UpdateDemographics;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.Source;

/** People who apply: the commands that pages would send for them. */
final class Crowd {
    /** The program that pages apply for, too. */
    static final ProgramCode PROGRAM = new ProgramCode("benchmark");
    /** What {@link #complete} adds to the store for each person. */
    static final int EVENTS_EACH = 10;

    private static final FormCode FORM = new FormCode("benchmark");
    private static final String ISSUER = "https://id.example";
    private static final Author ADMIN =
            new Author("admin", "Admin", Author.Role.PROGRAM_ADMIN, null, Author.Channel.API, null, "set-up");

    private final Sides sides;
    private final Pseudonyms pseudonyms;

    Crowd(Sides sides) {
        this.sides = sides;
        this.pseudonyms = sides.get(Pseudonyms.class);
        sides.send(new CreateForm(FORM, en("Benchmark")), ADMIN);
        sides.send(new ReviseFormDraft(FORM, form()), ADMIN);
        sides.send(new PublishFormVersion(FORM), ADMIN);
        open(PROGRAM);
    }

    record Person(RegistrantId id, Author author) {
        /** Everybody's own: people who share one are compared with each other. */
        String phone() {
            return phone(id.value());
        }

        static String phone(String of) {
            return "+25472%07d".formatted(Math.floorMod(of.hashCode(), 10_000_000));
        }
    }

    /** An application that is not sent yet, and where its stream stands. */
    static final class Draft {
        final ApplicationId id;
        final Person person;
        volatile long sequence;

        Draft(ApplicationId id, Person person, long sequence) {
            this.id = id;
            this.person = person;
            this.sequence = sequence;
        }
    }

    ProgramCode open(ProgramCode program) {
        LocalizedText text = en("A program for measuring. ".repeat(8));
        ProgramProfile profile = new ProgramProfile(
                "BEN",
                en("Benchmark"),
                text,
                text,
                text,
                text,
                text,
                ProgramProfile.Target.INDIVIDUAL,
                "USD",
                null,
                null,
                null,
                5,
                14,
                30,
                "UTC");
        sides.send(new CreateProgram(program, profile), ADMIN);
        sides.send(new MapForm(program, FORM, 1, OpenDrafts.KEEP_VERSION), ADMIN);
        sides.send(new SetApplicationPolicy(program, ApplicationPolicy.oneOpen()), ADMIN);
        sides.send(new OpenProgram(program), ADMIN);
        return program;
    }

    List<Person> register(int people) throws InterruptedException, ExecutionException {
        Queue<Person> registered = new ConcurrentLinkedQueue<>();
        Rate.perSecond(
                IntStream.range(0, people).boxed().toList(),
                _ -> registered.add(register(UUID.randomUUID().toString())));
        return List.copyOf(registered);
    }

    private Person register(String subject) {
        RegistrantId id = pseudonyms.registrant(ISSUER, subject, 1);
        sides.send(
                new RegisterRegistrant(
                        id,
                        1,
                        Personal.of(new Login(ISSUER, subject)),
                        "national",
                        IdType.FOUNDATIONAL,
                        Personal.of("Bea Benchmark")),
                Author.portal("sign-in"));
        Author author = new Author(
                id.value(),
                null,
                Author.Role.REGISTRANT,
                null,
                Author.Channel.WEB,
                new Author.Evidence(ISSUER, "mosip:idp:acr:generated-code", null),
                UUID.randomUUID().toString());
        return new Person(id, author);
    }

    /** Each begins one application. */
    List<Draft> apply(List<Person> people, ProgramCode program) throws InterruptedException, ExecutionException {
        Queue<Draft> drafts = new ConcurrentLinkedQueue<>();
        Rate.perSecond(people, person -> drafts.add(apply(person, program)));
        return List.copyOf(drafts);
    }

    Draft apply(Person person, ProgramCode program) {
        ApplicationId id = pseudonyms.application(person.id(), program, 1);
        return new Draft(
                id,
                person,
                sides.send(new ApplyForProgram(id, person.id(), program, 1, "en"), person.author())
                        .sequence());
    }

    /** Answers one page of the form, differently each turn. */
    void save(Draft draft, int turn) {
        Map<String, Answer> answers = answers(draft.person.phone(), turn);
        draft.sequence = sides.send(
                        new SaveAnswers(draft.id, draft.person.id(), draft.sequence, Personal.of(answers), Map.of()),
                        draft.person.author())
                .sequence();
    }

    /** Says another name each turn. */
    void rename(Person person, int turn) {
        sides.send(
                new UpdateDemographics(
                        person.id(),
                        Source.self(),
                        Personal.of(Map.of("given_name", Answer.text("Bea the " + turn + "th")))),
                person.author());
    }

    /** Begins an application, answers all of its pages and sends it. */
    void send(Person person, ProgramCode program) {
        Draft draft = apply(person, program);
        for (int turn = 0; turn < 3; turn++) {
            save(draft, turn);
        }
        sides.send(new SubmitApplication(draft.id, person.id(), "1", "en"), person.author());
    }

    /** Without an application: what comes of one is not asked for here. */
    void enrol(Person person, ProgramCode program) {
        sides.send(new EnrolRegistrant(pseudonyms.enrolment(person.id(), program), person.id(), program, null), ADMIN);
    }

    /** Ten events as one person causes them from the first sign-in to sending, for each so many people. */
    void complete(int people) throws InterruptedException, ExecutionException {
        Rate.perSecond(IntStream.range(0, people).boxed().toList(), _ -> {
            Person person = register(UUID.randomUUID().toString());
            sides.send(
                    new RecordClaims(
                            person.id(),
                            "national",
                            Personal.of(Map.of(
                                    "name",
                                    Answer.text("Bea Benchmark"),
                                    "phone_number",
                                    Answer.text(person.phone())))),
                    Author.portal("sign-in"));
            sides.send(
                    new GiveConsent(person.id(), "c", "national", List.of("name"), "sign-in", "1", "en"),
                    person.author());
            Draft draft = apply(person, PROGRAM);
            for (int turn = 0; turn < 5; turn++) {
                save(draft, turn);
            }
            sides.send(new SubmitApplication(draft.id, person.id(), "1", "en"), person.author());
        });
    }

    /** What one would type into the page. */
    static Map<String, String> typed(String phone, int turn) {
        return switch (turn % 3) {
            case 0 -> Map.of("name", "Bea Benchmark " + turn, "phone", phone);
            case 1 ->
                Map.of(
                        "household",
                        Integer.toString(1 + turn % 20),
                        "income",
                        Integer.toString(100 + turn % 300),
                        "work",
                        "option-" + turn % 4,
                        "other_aid",
                        turn % 2 == 0 ? "yes" : "no");
            default -> Map.of("reason", "The harvest was lost for the " + turn + "th time. ".repeat(6));
        };
    }

    /** The turn that answers the page with the long text, differently after each saving. */
    static int reason(Draft draft) {
        return (int) draft.sequence * 3 + 2;
    }

    static List<String> pages() {
        return form().pages().stream().map(Page::id).toList();
    }

    private static Map<String, Answer> answers(String phone, int turn) {
        Map<String, Answer> answers = new HashMap<>();
        typed(phone, turn).forEach((field, text) -> answers.put(field, Answer.text(text)));
        return answers;
    }

    private static FormDefinition form() {
        List<Option> options = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            options.add(new Option("option-" + i, en("Option " + i)));
        }
        return new FormDefinition(List.of(
                page(
                        "about",
                        Field.of("name", FieldType.TEXT, en("Name")),
                        Field.of("phone", FieldType.PHONE, en("Phone"))),
                page(
                        "means",
                        Field.of("household", FieldType.NUMBER, en("How many are you?"))
                                .within(Constraints.range(1, 30, 0)),
                        Field.of("income", FieldType.MONEY, en("Income")),
                        Field.of("work", FieldType.RADIOS, en("Work")).choosing(options),
                        Field.of("other_aid", FieldType.YES_NO, en("Other aid?"))),
                page("reason", Field.of("reason", FieldType.LONG_TEXT, en("Why do you apply?")))));
    }

    private static Page page(String id, Field... fields) {
        return new Page(id, en("Page " + id), LocalizedText.EMPTY, null, List.of(fields));
    }
}
