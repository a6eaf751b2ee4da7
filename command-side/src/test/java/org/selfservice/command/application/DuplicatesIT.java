package org.selfservice.command.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.selfservice.command.Samples.FORM;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.REVIEWER;
import static org.selfservice.command.Samples.form;
import static org.selfservice.command.Samples.person;
import static org.selfservice.command.Samples.profile;
import static org.selfservice.kernel.LocalizedText.en;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GenericEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.command.CommandSideUnderTest;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.ProvideInformation;
import org.selfservice.kernel.application.ApplicationCommand.RequestInformation;
import org.selfservice.kernel.application.ApplicationCommand.ResolveSuspicion;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationEvent.DuplicateSuspected;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.application.Verdict;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.Field;
import org.selfservice.kernel.form.FieldType;
import org.selfservice.kernel.form.FormCommand.CreateForm;
import org.selfservice.kernel.form.FormCommand.PublishFormVersion;
import org.selfservice.kernel.form.FormCommand.ReviseFormDraft;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramCommand.CreateProgram;
import org.selfservice.kernel.program.ProgramCommand.MapForm;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.program.ProgramCommand.SetApplicationPolicy;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.jdbc.core.JdbcTemplate;

class DuplicatesIT {
    private static final ProgramCode FARM = new ProgramCode("farm");

    @TempDir
    static Path home;

    static CommandSideUnderTest side;

    @BeforeAll
    static void start() {
        side = new CommandSideUnderTest(home);
        side.send(new CreateForm(FORM, en("Identity")));
        side.send(new ReviseFormDraft(
                FORM,
                form(
                        Field.of("national_id", FieldType.TEXT, en("ID number")),
                        Field.of("phone", FieldType.PHONE, en("Phone")).optional(),
                        Field.of("email", FieldType.EMAIL, en("E-mail")).optional())));
        side.send(new PublishFormVersion(FORM));
        List.of(MEDICAL, FARM).forEach(DuplicatesIT::open);
    }

    @AfterAll
    static void stop() {
        side.close();
    }

    @Test
    void theLaterOfTwoWithOneIdNumberIsSuspectedAndCannotBeApproved() {
        Sent first = send("ann", MEDICAL, "1111-2222-33");
        Sent second = send("bea", MEDICAL, "1111222233");
        side.awaitProcesses();

        assertThat(suspicions(second)).containsExactly(suspicion(second, MEDICAL, first, Likeness.NATIONAL_ID));
        assertThat(side.events(second.stream()).getLast().getMetaData()).containsEntry("role", "PORTAL");
        assertThat(suspicions(first)).isEmpty();
        assertThatThrownBy(() -> approve(second))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo(RefusalCode.DUPLICATE_SUSPECTED));
        approve(first);
    }

    @Test
    void programsAreComparedWithOneAnother() {
        Sent first = send("cid", MEDICAL, "2222-3333-44");
        Sent second = send("dan", FARM, "2222 3333 44");
        side.awaitProcesses();

        assertThat(suspicions(second)).containsExactly(suspicion(second, FARM, first, Likeness.NATIONAL_ID));
    }

    @Test
    void onePersonMayApplyToTwoPrograms() {
        send("eve", MEDICAL, "3333-4444-55");
        Sent second = send("eve", FARM, "3333-4444-55");
        side.awaitProcesses();

        assertThat(suspicions(second)).isEmpty();
    }

    @Test
    void whatWasWithdrawnIsNotDippedInto() {
        Sent first = send("fay", MEDICAL, "4444-5555-66");
        side.send(new WithdrawApplication(first.id(), first.who(), Personal.of("")), person(first.who()));
        Sent second = send("gus", MEDICAL, "4444-5555-66");
        side.awaitProcesses();

        assertThat(suspicions(second)).isEmpty();
    }

    @Test
    void whatIsResolvedStaysSoUntilMoreIsFound() {
        Sent first = send("hal", MEDICAL, "5555-6666-77");
        Sent second = send("ida", MEDICAL, "5555-6666-77");
        side.awaitProcesses();
        side.send(
                new ResolveSuspicion(second.id(), first.id(), Verdict.NOT_A_DUPLICATE, Personal.of("Misread")),
                REVIEWER);
        tellMore(first, Map.of("phone", Answer.text("+254712000111")));
        side.awaitProcesses();
        assertThat(suspicions(second)).hasSize(1);

        tellMore(second, Map.of("phone", Answer.text("+254 712 000 111")));
        side.awaitProcesses();

        assertThat(suspicions(second))
                .containsExactly(
                        suspicion(second, MEDICAL, first, Likeness.NATIONAL_ID),
                        suspicion(second, MEDICAL, first, Likeness.PHONE));
        assertThat(suspicions(first)).isEmpty();
    }

    @Test
    void aPersonWhoIsErasedIsNotComparedAnyMore() {
        Sent first = send("jim", MEDICAL, "6666-7777-88");
        side.awaitProcesses();
        assertThat(fingerprints(first)).isPositive();

        side.send(new EraseRegistrant(first.who()), person(first.who()));
        side.awaitProcesses();
        side.awaitProcesses();

        assertThat(fingerprints(first)).isZero();
        Sent second = send("kim", MEDICAL, "6666-7777-88");
        side.awaitProcesses();
        assertThat(suspicions(second)).isEmpty();
    }

    @Test
    void noTableHoldsAnIdNumberOrAHashThatAnybodyCanMake() throws Exception {
        Sent sent = send("leo", MEDICAL, "7777888899");
        side.awaitProcesses();
        byte[] sha = MessageDigest.getInstance("SHA-256").digest("7777888899".getBytes(StandardCharsets.UTF_8));
        List<String> traces = List.of(
                "7777888899",
                HexFormat.of().formatHex(sha),
                Base64.getEncoder().withoutPadding().encodeToString(sha),
                Base64.getUrlEncoder().withoutPadding().encodeToString(sha));

        assertThat(fingerprints(sent)).isPositive();
        for (String database : List.of("portalDataSource", "eventsDataSource")) {
            JdbcTemplate sql = new JdbcTemplate(side.get(database, DataSource.class));
            List<String> tables = sql.queryForList(
                    "select table_name from information_schema.tables where table_schema = 'public'", String.class);
            assertThat(tables).isNotEmpty();
            for (String table : tables) {
                List<String> rows = sql.queryForList("select t::text from " + table + " t", String.class);
                for (String trace : traces) {
                    String bytes = HexFormat.of().formatHex(trace.getBytes(StandardCharsets.UTF_8));
                    assertThat(rows).as(table).noneMatch(row -> row.contains(trace) || row.contains(bytes));
                }
            }
        }
    }

    private record Sent(ApplicationId id, RegistrantId who) {
        String stream() {
            return id.value();
        }
    }

    private static Sent send(String subject, ProgramCode program, String idNumber) {
        RegistrantId who = side.register(subject);
        ApplicationId id = side.get(Pseudonyms.class).application(who, program, 1);
        side.send(new ApplyForProgram(id, who, program, 1, "en"), person(who));
        save(id, who, Map.of("national_id", Answer.text(idNumber)));
        side.send(new SubmitApplication(id, who, "1", "en"), person(who));
        return new Sent(id, who);
    }

    private static void tellMore(Sent sent, Map<String, Answer> answers) {
        side.send(
                new RequestInformation(
                        sent.id(),
                        List.copyOf(answers.keySet()),
                        List.of(),
                        Personal.of("Please"),
                        GenericEventMessage.clock.instant().plusSeconds(3600)),
                REVIEWER);
        save(sent.id(), sent.who(), answers);
        side.send(new ProvideInformation(sent.id(), sent.who()), person(sent.who()));
    }

    private static void save(ApplicationId id, RegistrantId who, Map<String, Answer> answers) {
        side.send(new SaveAnswers(id, who, 1_000, Personal.of(answers), Map.of()), person(who));
    }

    private static void approve(Sent sent) {
        side.send(new ApproveApplication(sent.id(), Personal.of("")), REVIEWER);
    }

    private static void open(ProgramCode program) {
        side.send(new CreateProgram(program, profile()));
        side.send(new MapForm(program, FORM, 1, OpenDrafts.KEEP_VERSION));
        side.send(new SetApplicationPolicy(program, ApplicationPolicy.oneOpen()));
        side.send(new OpenProgram(program));
    }

    private static DuplicateSuspected suspicion(Sent sent, ProgramCode program, Sent other, Likeness kind) {
        return new DuplicateSuspected(sent.id(), sent.who(), program, other.id(), Set.of(kind));
    }

    private static List<Object> suspicions(Sent sent) {
        return side.events(sent.stream()).stream()
                .<Object>map(message -> message.getPayload())
                .filter(DuplicateSuspected.class::isInstance)
                .toList();
    }

    private static int fingerprints(Sent sent) {
        Integer count = new JdbcTemplate(side.get("portalDataSource", DataSource.class))
                .queryForObject(
                        "select count(*) from fingerprint where registrant = ?",
                        Integer.class,
                        sent.who().value());
        return count == null ? 0 : count;
    }
}
