package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.OFFICER;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.registrant;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationQuery.FindApplication;
import org.selfservice.kernel.program.ProgramQuery.FindPrograms;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.selfservice.kernel.registrant.RegistrantQuery.FindDossier;
import org.selfservice.kernel.replay.Replays;
import org.selfservice.kernel.replay.ViewReplay;
import org.selfservice.kernel.replay.ViewReplay.State;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** The query side over the real event store: PostgreSQL, encrypted events, and what a start finds there. */
class WithEventStoreIT {
    /** Without a stereotype, lest other tests scan it. */
    @EnableAutoConfiguration
    static class Process {}

    private final Map<String, Long> sequences = new HashMap<>();

    @Test
    void whatIsStoredBecomesTheSameAnswersAfterEveryStartAndErasedValuesAreGone(@TempDir Path home) throws Exception {
        List<Query<?>> questions =
                List.of(new FindApplication(application(1, 1)), new FindDossier(registrant(2)), new FindPrograms(true));
        List<Object> before = new ArrayList<>();
        try (var process = start(home)) {
            List<Event> history = Histories.of(11, 20, 1200);
            for (int i = 0; i < history.size(); i += 100) {
                append(process, history.subList(i, i + 100));
            }
            awaitLevel(process);
            questions.forEach(question -> before.add(ask(process, question)));
            assertThat(process.getBean(Parked.class).list()).isEmpty();
            assertThat(process.getBean(ViewHealth.class).health().getStatus()).isEqualTo(Status.UP);
        }

        try (var process = start(home)) {
            List<Object> after = new ArrayList<>();
            questions.forEach(question -> after.add(ask(process, question)));
            assertThat(after).isEqualTo(before);

            process.getBean(Keys.class).destroy(registrant(1).value());
            process.getBean(Keys.class).destroy(application(1, 1).value());
            append(
                    process,
                    List.of(
                            new RegistrantErased(registrant(1)),
                            new ApplicationErased(application(1, 1), registrant(1), CASH)));
            awaitLevel(process);
            var file = ask(process, new FindApplication(application(1, 1)));
            assertThat(file.erased()).isTrue();
            assertThat(file.answers()).isEmpty();
            assertThat(ask(process, new FindDossier(registrant(1))).demographics())
                    .isEmpty();

            Replays replays = process.getBean(Replays.class);
            for (String view : process.getBean(Views.class).names()) {
                assertThat(replays.ask(view, "test")).isTrue();
                assertThat(reached(replays, view, State.COMPARED).comparison().different())
                        .as(view)
                        .isZero();
                replays.swap(view);
                assertThat(reached(replays, view, State.LIVE).generation())
                        .isEqualTo(process.getBean(Views.class).generation(view));
            }
        }
    }

    private static ViewReplay reached(Replays replays, String view, State state) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> replays.of(view, 1).getFirst(), one -> one.state() == state);
    }

    private static ConfigurableApplicationContext start(Path home) {
        return new SpringApplicationBuilder(Process.class)
                .web(WebApplicationType.NONE)
                .run("--portal.home=" + home, "--portal.roles=query", "--spring.main.banner-mode=off");
    }

    private void append(ConfigurableApplicationContext process, List<Event> events) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (Event event : events) {
            messages.add(new GenericDomainEventMessage<>(
                    event.stream().substring(0, 1),
                    event.stream(),
                    sequences.merge(event.stream(), 0L, (last, _) -> last + 1),
                    event,
                    OFFICER.toMetaData()));
        }
        process.getBean(EventStore.class).publish(messages);
    }

    private static <A> A ask(ConfigurableApplicationContext process, Query<A> query) {
        return process.getBean(QueryGateway.class)
                .query(query, ResponseTypes.instanceOf(query.answer()))
                .join();
    }

    private static void awaitLevel(ConfigurableApplicationContext process) {
        Views views = process.getBean(Views.class);
        Supplier<Boolean> level = () -> views.names().stream().allMatch(view -> views.lagInEvents(view) == 0);
        await().atMost(Duration.ofSeconds(60)).until(level::get);
    }
}
