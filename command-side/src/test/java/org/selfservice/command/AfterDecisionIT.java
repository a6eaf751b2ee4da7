package org.selfservice.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.selfservice.command.Samples.MEDICAL;
import static org.selfservice.command.Samples.REVIEWER;
import static org.selfservice.command.Samples.person;
import static org.selfservice.command.Samples.right;
import static org.selfservice.kernel.LocalizedText.en;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ApproveApplication;
import org.selfservice.kernel.application.ApplicationCommand.CorrectDecision;
import org.selfservice.kernel.application.ApplicationCommand.DeferDocument;
import org.selfservice.kernel.application.ApplicationCommand.ForgetApplication;
import org.selfservice.kernel.application.ApplicationCommand.RejectApplication;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationCommand.SubmitApplication;
import org.selfservice.kernel.application.ApplicationCommand.WithdrawApplication;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.DecisionCorrected;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.enrolment.EnrolmentCommand.EnrolRegistrant;
import org.selfservice.kernel.enrolment.EnrolmentCommand.ExitEnrolment;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.program.ProgramCommand.RejectionReason;
import org.selfservice.kernel.program.ProgramCommand.SetAutoEnrolment;
import org.selfservice.kernel.program.ProgramCommand.SetRejectionReasons;
import org.selfservice.kernel.program.ProgramCommand.SetRetention;
import org.selfservice.kernel.program.Retention;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a program does by itself once a case is decided or closed, over restarts. */
class AfterDecisionIT {
    @TempDir
    Path home;

    private CommandSideUnderTest side;

    @BeforeEach
    void start() {
        side = begin();
        side.openMedical();
        side.send(new SetRejectionReasons(MEDICAL, List.of(new RejectionReason("not-covered", en("Not covered")))));
    }

    @AfterEach
    void stop() {
        GenericEventMessage.clock = Clock.systemUTC();
        side.close();
    }

    @Test
    void whoeverIsApprovedIsEnrolledOnceWhereTheProgramSaysSo() {
        RegistrantId early = side.register("early");
        approve(sent(early));
        side.send(new SetAutoEnrolment(MEDICAL, true));
        RegistrantId lena = side.register("lena");
        ApplicationId application = sent(lena);
        approve(application);
        side.awaitProcesses();

        assertThat(side.last(enrolment(lena).value()))
                .isEqualTo(new RegistrantEnrolled(enrolment(lena), lena, MEDICAL, application));
        assertThat(side.events(enrolment(lena).value()).getLast().getMetaData()).containsEntry("role", "PORTAL");
        assertThat(side.events(enrolment(early).value())).isEmpty();

        side.send(new ExitEnrolment(enrolment(lena), Personal.of("Moved away")), REVIEWER);
        new JdbcTemplate(side.get("portalDataSource", DataSource.class))
                .update("delete from process_position where processorname = 'auto-enrolment'");
        restart();
        side.awaitProcesses();

        assertThat(side.last(enrolment(lena).value())).isInstanceOf(EnrolmentExited.class);
        assertThat(side.events(enrolment(lena).value())).hasSize(2);
        assertThat(side.events(enrolment(early).value())).isEmpty();
    }

    @Test
    void anEnrolmentThatFailsIsTriedAgainAndOneThatIsRefusedIsLeft() {
        side.send(new SetAutoEnrolment(MEDICAL, true));
        RegistrantId member = side.register("member");
        side.send(new EnrolRegistrant(enrolment(member), member, MEDICAL, null), REVIEWER);
        approve(sent(member));
        AtomicBoolean failed = new AtomicBoolean();
        side.get(CommandBus.class).registerHandlerInterceptor((work, chain) -> {
            if (work.getMessage().getPayload() instanceof EnrolRegistrant && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("the store is away");
            }
            return chain.proceed();
        });
        RegistrantId omar = side.register("omar");
        ApplicationId application = sent(omar);
        approve(application);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> !side.events(enrolment(omar).value()).isEmpty());
        assertThat(failed).isTrue();
        assertThat(side.events(enrolment(omar).value()))
                .singleElement()
                .satisfies(event -> assertThat(event.getPayload())
                        .isEqualTo(new RegistrantEnrolled(enrolment(omar), omar, MEDICAL, application)));
        assertThat(side.events(enrolment(member).value())).hasSize(1);
    }

    @Test
    void aDecisionThatIsCorrectedToApprovedEnrolsAndOneThatIsCorrectedAwayDoesNot() {
        side.send(new SetAutoEnrolment(MEDICAL, true));
        RegistrantId lena = side.register("lena");
        ApplicationId application = sent(lena);
        side.send(new RejectApplication(application, "not-covered", Personal.of("Sorry")), REVIEWER);
        side.send(corrected(application, true), REVIEWER);
        side.awaitProcesses();
        assertThat(side.last(enrolment(lena).value()))
                .isEqualTo(new RegistrantEnrolled(enrolment(lena), lena, MEDICAL, application));

        RegistrantId omar = side.register("omar");
        ApplicationId other = sent(omar);
        side.awaitProcesses();
        autoEnrolment().shutDown();
        side.send(new ApproveApplication(other, Personal.of(""), Personal.of("A sample name")), REVIEWER);
        side.send(corrected(other, false), REVIEWER);
        autoEnrolment().start();
        side.awaitProcesses();
        assertThat(side.events(enrolment(omar).value())).isEmpty();
    }

    /** Both handlers have looked at the other's stream before either writes. */
    @Test
    void whoeverIsEnrolledAsTheirApprovalIsCorrectedLeavesAtOnce() throws Exception {
        CyclicBarrier decided = new CyclicBarrier(2);
        side.get(CommandBus.class).registerHandlerInterceptor((work, chain) -> {
            Object command = work.getMessage().getPayload();
            if (command instanceof EnrolRegistrant || command instanceof CorrectDecision) {
                work.onPrepareCommit(_ -> meet(decided));
            }
            return chain.proceed();
        });
        int both = 0;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 15; round++) {
                RegistrantId who = side.register("r" + round);
                ApplicationId application = sent(who);
                approve(application);
                var enrolled = pool.submit(() -> done(new EnrolRegistrant(enrolment(who), who, MEDICAL, application)));
                var corrected = pool.submit(() -> done(corrected(application, false)));
                both += enrolled.get() && corrected.get() ? 1 : 0;
                side.awaitProcesses();
                decided.reset();

                boolean isRejected = side.last(application.value()) instanceof DecisionCorrected;
                var history = side.events(enrolment(who).value());
                boolean isMember = !history.isEmpty() && history.getLast().getPayload() instanceof RegistrantEnrolled;
                assertThat(isRejected && isMember).as("round " + round).isFalse();
                if (isRejected && !history.isEmpty()) {
                    assertThat(history.getLast().getPayload())
                            .isEqualTo(
                                    new EnrolmentExited(enrolment(who), who, MEDICAL, Personal.of("We looked again")));
                    assertThat(history.getLast().getMetaData()).containsEntry("role", "PORTAL");
                }
            }
        }
        assertThat(both).as("both succeeded at once").isPositive();
    }

    private boolean done(Command command) {
        try {
            side.send(command, REVIEWER);
            return true;
        } catch (Refused no) {
            return false;
        }
    }

    private static void meet(CyclicBarrier both) {
        try {
            both.await(3, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            // the other one was refused
        }
    }

    private static CorrectDecision corrected(ApplicationId application, boolean approved) {
        return new CorrectDecision(
                application,
                approved,
                approved ? null : "not-covered",
                Personal.of("We looked again"),
                Personal.of("A sample name"));
    }

    private StreamingEventProcessor autoEnrolment() {
        return side.get(EventProcessingConfiguration.class)
                .eventProcessor("auto-enrolment", StreamingEventProcessor.class)
                .orElseThrow();
    }

    /** A correction is the decision from which its time counts. */
    @Test
    void aCaseThatIsCorrectedIsKeptForItsTimeFromThenOn() {
        side.send(new SetRetention(MEDICAL, new Retention(30, null, null)));
        side.send(new SetRejectionReasons(
                MEDICAL,
                List.of(
                        new RejectionReason("not-covered", en("Not covered")),
                        new RejectionReason("too-late", en("Too late")))));
        ApplicationId away = sent(side.register("away"));
        approve(away);
        ApplicationId other = sent(side.register("other"));
        side.send(new RejectApplication(other, "too-late", Personal.of("Sorry")), REVIEWER);
        ApplicationId back = sent(side.register("back"));
        side.send(new RejectApplication(back, "not-covered", Personal.of("Sorry")), REVIEWER);
        GenericEventMessage.clock = inDays(20);
        side.send(corrected(away, false), REVIEWER);
        side.send(corrected(other, false), REVIEWER);
        side.send(corrected(back, true), REVIEWER);
        side.awaitProcesses();

        GenericEventMessage.clock = inDays(40);
        for (ApplicationId kept : List.of(away, other, back)) {
            assertThatThrownBy(() -> side.send(new ForgetApplication(kept)))
                    .as(kept.value())
                    .isInstanceOf(Refused.class);
        }

        GenericEventMessage.clock = inDays(51);
        for (ApplicationId gone : List.of(away, other)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> side.last(gone.value()) instanceof ApplicationErased);
        }
        assertThat(side.last(back.value())).isInstanceOf(DecisionCorrected.class);
    }

    @Test
    void whatCameToNothingIsErasedWhenItsTimeIsOverAndNotBefore() {
        side.send(new SetRetention(MEDICAL, new Retention(30, 10, null)));
        RegistrantId rejected = side.register("rejected");
        ApplicationId no = sent(rejected);
        side.send(new RejectApplication(no, "not-covered", Personal.of("Sorry")), REVIEWER);
        RegistrantId gone = side.register("gone");
        ApplicationId withdrawn = sent(gone);
        side.send(new WithdrawApplication(withdrawn, gone, Personal.of("Found a job")), person(gone));
        RegistrantId welcome = side.register("welcome");
        ApplicationId yes = sent(welcome);
        approve(yes);
        assertThatThrownBy(() -> side.send(new ForgetApplication(no)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(RefusalCode.APPLICATION_STATE));

        GenericEventMessage.clock = inDays(11);
        await().atMost(Duration.ofSeconds(20)).until(() -> side.last(withdrawn.value()) instanceof ApplicationErased);
        assertThat(side.events(withdrawn.value()).getLast().getMetaData()).containsEntry("role", "PORTAL");
        assertThat(side.last(no.value())).isInstanceOf(ApplicationRejected.class);

        side.close();
        GenericEventMessage.clock = inDays(31);
        side = begin();
        await().atMost(Duration.ofSeconds(20)).until(() -> side.last(no.value()) instanceof ApplicationErased);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatThrownBy(
                                () -> side.get(Keys.class).encrypt(no.value(), new byte[1], ""))
                        .isInstanceOf(Keys.ScopeErased.class));
        assertThat(side.events(no.value()).stream()
                        .map(event -> event.getPayload())
                        .filter(ApplicationSubmitted.class::isInstance)
                        .map(event ->
                                ((ApplicationSubmitted) event).submission().answers()))
                .singleElement()
                .satisfies(answers -> assertThat(answers.isErased()).isTrue());

        GenericEventMessage.clock = inDays(4_000);
        assertThatThrownBy(() -> side.send(new ForgetApplication(yes))).isInstanceOf(Refused.class);
        assertThat(side.last(yes.value())).isInstanceOf(ApplicationApproved.class);
        assertThat(side.events(no.value())).hasSize(6);
    }

    @Test
    void aProgramThatSaysNothingKeepsWhatWasClosed() {
        RegistrantId gone = side.register("gone");
        ApplicationId withdrawn = sent(gone);
        side.send(new WithdrawApplication(withdrawn, gone, Personal.of("")), person(gone));
        side.awaitProcesses();

        GenericEventMessage.clock = inDays(4_000);
        assertThatThrownBy(() -> side.send(new ForgetApplication(withdrawn))).isInstanceOf(Refused.class);
        assertThat(side.last(withdrawn.value())).isInstanceOf(ApplicationWithdrawn.class);
    }

    private CommandSideUnderTest begin() {
        return new CommandSideUnderTest(home, "--portal.retention.check=PT0.2S", "--portal.drafts.expiry-check=PT1H");
    }

    private void restart() {
        side.close();
        side = begin();
    }

    private ApplicationId sent(RegistrantId who) {
        ApplicationId application = side.apply(who, 1);
        side.send(new SaveAnswers(application, who, 0, Personal.of(right()), Map.of()), person(who));
        side.send(new DeferDocument(application, who, "bill", Deferral.CANNOT_GET), person(who));
        side.send(new SubmitApplication(application, who, "1", "en"), person(who));
        return application;
    }

    private void approve(ApplicationId application) {
        side.awaitProcesses();
        side.send(
                new ApproveApplication(application, Personal.of("Welcome"), Personal.of("They share a sample name")),
                REVIEWER);
    }

    private EnrolmentId enrolment(RegistrantId who) {
        return side.get(Pseudonyms.class).enrolment(who, MEDICAL);
    }

    private static Clock inDays(int days) {
        return Clock.offset(Clock.system(ZoneOffset.UTC), Duration.ofDays(days));
    }
}
