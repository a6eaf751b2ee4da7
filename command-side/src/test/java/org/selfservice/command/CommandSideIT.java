package org.selfservice.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.REVIEWER;
import static org.selfservice.command.Samples.person;
import static org.selfservice.command.Samples.right;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ApplyForProgram;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.DeferDocument;
import org.selfservice.kernel.application.ApplicationCommand.RequestInformation;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.DraftExpired;
import org.selfservice.kernel.application.ApplicationEvent.InformationRequested;
import org.selfservice.kernel.application.ApplicationEvent.RequestExpired;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.program.ProgramCommand.OpenProgram;
import org.selfservice.kernel.registrant.RegistrantCommand.EraseRegistrant;
import org.selfservice.kernel.registrant.RegistrantId;

class CommandSideIT {
    @TempDir
    static Path home;

    static CommandSideUnderTest side;

    @BeforeAll
    static void start() {
        side = new CommandSideUnderTest(home, "--portal.drafts.expiry-check=PT0.2S");
        side.openMedical();
    }

    @AfterAll
    static void stop() {
        side.close();
    }

    @AfterEach
    void now() {
        GenericEventMessage.clock = Clock.systemUTC();
    }

    @Test
    void anApplicationGoesFromItsBeginningToItsDecision() {
        RegistrantId lena = side.register("lena");
        ApplicationId application = side.apply(lena, 1);
        side.send(save(application, lena, 0, right()), person(lena));
        side.send(new DeferDocument(application, lena, "bill", Deferral.CANNOT_GET), person(lena));
        side.send(new SubmitApplication(application, lena, "1", "en"), person(lena));

        Position decided = side.send(new ApproveApplication(application, Personal.of("Welcome")), REVIEWER);

        assertThat(decided).isEqualTo(new Position(application.value(), 4));
        var last = side.events(application.value()).getLast();
        assertThat(last.getPayload())
                .isEqualTo(new ApplicationApproved(application, lena, MEDICAL, Personal.of("Welcome")));
        assertThat(last.getMetaData())
                .containsEntry("actor", "rita")
                .containsEntry("role", "REVIEWER")
                .containsEntry("channel", "API")
                .containsEntry("correlation", "test");
    }

    @Test
    void aCommandWithoutAnAuthorIsRefused() {
        assertThatThrownBy(() -> side.get(CommandGateway.class).sendAndWait(new OpenProgram(MEDICAL)))
                .isInstanceOfSatisfying(
                        CommandExecutionException.class,
                        no -> assertThat(no.getDetails())
                                .contains(new Refused.Refusal(RefusalCode.NOT_ALLOWED, Map.of())));
    }

    @Test
    void fiftyTriesAtOnceMakeOneApplication() throws Exception {
        RegistrantId who = side.register("fifty");
        ApplicationId application = side.application(who, 1);

        List<Object> outcomes = atOnce(IntStream.range(0, 50)
                .<Command>mapToObj(i -> new ApplyForProgram(application, who, MEDICAL, 1, "en"))
                .toList());

        assertThat(outcomes).containsOnly(new Position(application.value(), 0));
        assertThat(side.events(application.value())).hasSize(1);
    }

    @Test
    void fiftyOrdinalsAtOnceObeyThePolicy() throws Exception {
        RegistrantId who = side.register("ordinals");

        List<Object> outcomes = atOnce(IntStream.rangeClosed(1, 50)
                .<Command>mapToObj(i -> new ApplyForProgram(side.application(who, i), who, MEDICAL, i, "en"))
                .toList());

        assertThat(outcomes.getFirst())
                .isEqualTo(new Position(side.application(who, 1).value(), 0));
        assertThat(outcomes.subList(1, 50))
                .containsAnyOf(RefusalCode.ORDINAL_OUT_OF_ORDER, RefusalCode.APPLICATION_STILL_OPEN)
                .allMatch(outcome ->
                        outcome == RefusalCode.ORDINAL_OUT_OF_ORDER || outcome == RefusalCode.APPLICATION_STILL_OPEN);
    }

    @Test
    void aLongHistoryIsReadFromItsSnapshot() {
        RegistrantId who = side.register("long");
        ApplicationId application = side.apply(who, 1);
        for (int i = 0; i < 60; i++) {
            side.send(save(application, who, i, Map.of("treatment", Answer.text("Knee " + i))), person(who));
        }
        await().until(() -> side.get(EventStorageEngine.class)
                .readSnapshot(application.value())
                .isPresent());
        side.get("aggregates", Cache.class).removeAll();

        Position same = side.send(save(application, who, 60, Map.of("treatment", Answer.text("Knee 59"))), person(who));
        Position other = side.send(save(application, who, 60, Map.of("treatment", Answer.text("Hip"))), person(who));

        assertThat(same.sequence()).isEqualTo(60);
        assertThat(other.sequence()).isEqualTo(61);
    }

    @Test
    void aDraftExpiresWhenItsTimeIsOverAndNotBefore() {
        RegistrantId who = side.register("late");
        ApplicationId first = side.apply(who, 1);
        GenericEventMessage.clock = inDays(29);
        side.send(save(first, who, 0, right()), person(who));

        GenericEventMessage.clock = inDays(58);
        RegistrantId other = side.register("later");
        side.apply(other, 1);
        assertThat(side.last(first.value())).isInstanceOf(AnswersSaved.class);

        GenericEventMessage.clock = inDays(60);
        await().atMost(Duration.ofSeconds(20)).until(() -> side.last(first.value()) instanceof DraftExpired);
        assertThat(side.events(first.value()).getLast().getMetaData()).containsEntry("role", "PORTAL");
    }

    @Test
    void aRequestThatIsNotAnsweredExpiresAlsoAfterARestart(@TempDir Path other) {
        ApplicationId application;
        try (CommandSideUnderTest before = new CommandSideUnderTest(other, "--portal.requests.expiry-check=PT1H")) {
            before.openMedical();
            RegistrantId who = before.register("silent");
            application = before.apply(who, 1);
            before.send(save(application, who, 0, right()), person(who));
            before.send(new DeferDocument(application, who, "bill", Deferral.CANNOT_GET), person(who));
            before.send(new SubmitApplication(application, who, "1", "en"), person(who));
            before.send(
                    new RequestInformation(
                            application,
                            List.of("treatment"),
                            List.of(),
                            Personal.of("Which one?"),
                            Instant.now().plus(Duration.ofDays(7))),
                    REVIEWER);
        }
        GenericEventMessage.clock = inDays(6);
        try (CommandSideUnderTest after = new CommandSideUnderTest(other, "--portal.requests.expiry-check=PT0.2S")) {
            await().during(Duration.ofSeconds(1))
                    .until(() -> after.last(application.value()) instanceof InformationRequested);

            GenericEventMessage.clock = inDays(8);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> after.last(application.value()) instanceof RequestExpired);
            assertThat(after.events(application.value()).getLast().getMetaData())
                    .containsEntry("role", "PORTAL");
            after.send(new ApproveApplication(application, Personal.of("")), REVIEWER);
        }
    }

    @Test
    void aPersonWhoIsErasedLeavesNothingThatCanBeRead() {
        RegistrantId who = side.register("gone");
        ApplicationId application = side.apply(who, 1);
        side.send(save(application, who, 0, right()), person(who));

        side.send(new EraseRegistrant(who), person(who));

        await().atMost(Duration.ofSeconds(20)).until(() -> side.last(application.value()) instanceof ApplicationErased);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(((AnswersSaved)
                                        side.events(application.value()).get(1).getPayload())
                                .answers()
                                .isErased())
                        .isTrue());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatThrownBy(
                                () -> side.get(Keys.class).encrypt(who.value(), new byte[1], ""))
                        .isInstanceOf(Keys.ScopeErased.class));
        assertThat(outcome(save(application, who, 9, right()))).isEqualTo(RefusalCode.REGISTRANT_ERASED);
        assertThat(outcome(side.registration("gone", 1))).isEqualTo(RefusalCode.REGISTRANT_ERASED);
        assertThat(outcome(side.registration("gone", 2))).isInstanceOf(Position.class);
    }

    private static Clock inDays(int days) {
        return Clock.offset(Clock.system(ZoneOffset.UTC), Duration.ofDays(days));
    }

    private static SaveAnswers save(
            ApplicationId application, RegistrantId who, long basis, Map<String, Answer> answers) {
        return new SaveAnswers(application, who, basis, Personal.of(answers), Map.of());
    }

    private static List<Object> atOnce(List<Command> commands) throws Exception {
        List<Callable<Object>> tries = new ArrayList<>();
        commands.forEach(command -> tries.add(() -> outcome(command)));
        List<Object> outcomes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(commands.size())) {
            for (var outcome : threads.invokeAll(tries)) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }

    private static Object outcome(Command command) {
        try {
            return side.send(command);
        } catch (Refused no) {
            return no.code();
        }
    }
}
