package org.selfservice.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.selfservice.command.Samples.person;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.SaveAnswers;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.DraftExpired;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.jdbc.core.simple.JdbcClient;

class SeveralProcessesIT {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir
    Path home;

    @TempDir
    Path otherHome;

    @AfterEach
    void now() {
        GenericEventMessage.clock = Clock.systemUTC();
    }

    @Test
    void shareOneStoreWithoutLosingAWrite() throws Exception {
        try (CommandSideUnderTest one = process(home, "--portal.store.shared=true")) {
            one.openMedical();
            try (CommandSideUnderTest two = beside(one, otherHome)) {
                oneOfTwoBeginsIt(one, two);
                aWriteElsewhereIsSeenAtOnce(one, two);
                everyWriteThatWasAnsweredIsThere(one, two);
            }
        }
    }

    private static void oneOfTwoBeginsIt(CommandSideUnderTest one, CommandSideUnderTest two) throws Exception {
        RegistrantId who = one.register("both");
        ApplicationId application = one.application(who, 1);

        List<String> outcomes = atOnce(List.of(
                outcome(() -> one.apply(who, 1).value()),
                outcome(() -> two.apply(who, 1).value())));

        assertThat(outcomes).contains(application.value()).isSubsetOf(application.value(), "lost the race");
        assertThat(two.apply(who, 1)).isEqualTo(application);
        assertThat(one.events(application.value())).hasSize(1);
    }

    private static void aWriteElsewhereIsSeenAtOnce(CommandSideUnderTest one, CommandSideUnderTest two) {
        RegistrantId who = one.register("seen");
        ApplicationId application = one.apply(who, 1);
        save(one, application, who, 0, "name", "Lena");
        save(two, application, who, 1, "treatment", "Knee");

        assertThatThrownBy(() -> save(one, application, who, 1, "treatment", "Hip"))
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo(RefusalCode.ANSWERS_CHANGED_ELSEWHERE));
    }

    private static void everyWriteThatWasAnsweredIsThere(CommandSideUnderTest one, CommandSideUnderTest two)
            throws Exception {
        RegistrantId who = one.register("writes");
        ApplicationId application = one.apply(who, 1);
        List<Callable<String>> tries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            CommandSideUnderTest side = i % 2 == 0 ? one : two;
            String value = "Knee " + i;
            tries.add(outcome(() -> {
                save(side, application, who, 1_000, "treatment", value);
                return "saved";
            }));
        }

        List<String> outcomes = atOnce(tries);

        assertThat(outcomes).isSubsetOf("saved", "lost the race").contains("saved");
        assertThat(one.events(application.value()))
                .hasSize(1 + (int) outcomes.stream().filter("saved"::equals).count());
    }

    @Test
    void expireADraftWhoseTimeWasOverWhileNoneWasRunning() {
        ApplicationId application;
        try (CommandSideUnderTest one = process(home)) {
            one.openMedical();
            application = one.apply(one.register("away"), 1);
            one.awaitProcesses();
        }
        later(31);
        try (CommandSideUnderTest again = process(home, "--portal.drafts.expiry-check=PT0.2S")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> again.last(application.value()) instanceof DraftExpired);
        }
    }

    @Test
    void keepADraftAsLongAsItsLastSavingPromised() {
        try (CommandSideUnderTest one = process(home, "--portal.drafts.expiry-check=PT0.2S")) {
            one.openMedical();
            RegistrantId who = one.register("back-again");
            ApplicationId application = one.apply(who, 1);
            one.awaitProcesses();
            JdbcClient drafts = JdbcClient.create(one.get("portalDataSource", HikariDataSource.class));
            later(20);
            save(one, application, who, 0, "name", "Lena");
            later(31);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> drafts.sql(
                                    "select kept_until > now() + interval '45 days' from draft where application = ?")
                            .param(application.value())
                            .query(Boolean.class)
                            .single());
            assertThat(one.last(application.value())).isInstanceOf(AnswersSaved.class);
            later(51);
            await().atMost(Duration.ofSeconds(20)).until(() -> one.last(application.value()) instanceof DraftExpired);
        }
    }

    @Test
    void shareTheWorkOnEventsAndTakeOverThatOfOneThatEnds(@TempDir Path storeHome) {
        try (CommandSideUnderTest store = process(storeHome, "--portal.store.shared=true", "--portal.roles=query");
                CommandSideUnderTest one = beside(store, home)) {
            one.openMedical();
            try (CommandSideUnderTest two = beside(store, otherHome)) {
                one.apply(one.register("first"), 1);
                one.awaitProcesses();
                assertThat(atWork(two)).isEmpty();

                one.close();
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(atWork(two)).hasSameElementsAs(Processes.NAMES));
                two.apply(two.register("second"), 1);
                two.awaitProcesses();
            }
        }
    }

    /** The processes of which it has claimed the position. */
    private static List<String> atWork(CommandSideUnderTest side) {
        return Processes.NAMES.stream()
                .filter(name -> !side.get(EventProcessingConfiguration.class)
                        .eventProcessor(name, StreamingEventProcessor.class)
                        .orElseThrow()
                        .processingStatus()
                        .isEmpty())
                .toList();
    }

    private static void later(int days) {
        GenericEventMessage.clock = Clock.offset(Clock.system(ZoneOffset.UTC), Duration.ofDays(days));
    }

    private static CommandSideUnderTest beside(CommandSideUnderTest first, Path home) {
        HikariDataSource database = first.get("portalDataSource", HikariDataSource.class);
        return process(
                home,
                "--portal.store.url=" + database.getJdbcUrl().replaceAll("/portal.*", "/"),
                "--portal.store.user=" + database.getUsername(),
                "--portal.store.password=" + database.getPassword());
    }

    private static CommandSideUnderTest process(Path home, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--portal.master-key=" + KEY);
        all.add("--portal.pseudonym-key=" + KEY);
        return new CommandSideUnderTest(home, all.toArray(String[]::new));
    }

    private static void save(
            CommandSideUnderTest side,
            ApplicationId application,
            RegistrantId who,
            long basis,
            String field,
            String value) {
        side.send(
                new SaveAnswers(application, who, basis, Personal.of(Map.of(field, Answer.text(value))), Map.of()),
                person(who));
    }

    private static Callable<String> outcome(Callable<String> attempt) {
        return () -> {
            try {
                return attempt.call();
            } catch (CompletionException failed) {
                boolean lost = failed.getCause() instanceof ConcurrencyException
                        || failed.getCause() instanceof AggregateStreamCreationException;
                if (lost) {
                    return "lost the race";
                }
                throw failed;
            }
        };
    }

    private static List<String> atOnce(List<Callable<String>> tries) throws Exception {
        List<String> outcomes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(tries.size())) {
            for (var outcome : threads.invokeAll(tries)) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }
}
