package org.selfservice.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

class PortalTest {
    private final SimpleCommandBus commands = SimpleCommandBus.builder().build();
    private final SimpleQueryBus queries = SimpleQueryBus.builder().build();
    private final Portal portal = new Portal(
            DefaultCommandGateway.builder().commandBus(commands).build(),
            DefaultQueryGateway.builder().queryBus(queries).build(),
            new SimpleMeterRegistry(),
            new Looking(new KeptLooks(), Clock.systemUTC()));
    private final Author author =
            new Author("omar", "Omar", Author.Role.REVIEWER, null, Author.Channel.API, null, "c-1");

    record Knock(String stream) implements Command {}

    record HowMany() implements Query<Integer> {
        @Override
        public Class<Integer> answer() {
            return Integer.class;
        }
    }

    /** The name is all that the facade knows of it. */
    static final class ConcurrencyException extends RuntimeException {}

    @Test
    void a_command_arrives_with_its_author_and_answers_its_position() {
        AtomicReference<Author> seen = new AtomicReference<>();
        handle(message -> {
            seen.set(Author.from(message.getMetaData()));
            return new Position("door", 4);
        });

        assertThat(portal.send(new Knock("door"), author)).isEqualTo(new Position("door", 4));
        assertThat(seen).hasValue(author);
    }

    @Test
    void a_refusal_comes_back_as_it_was_said() {
        handle(message -> {
            throw new Refused(RefusalCode.ENTITLEMENT_EXCEEDED, Map.of("left", "3"));
        });
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> portal.send(new Knock("door"), author))
                .satisfies(no -> assertThat(no.code()).isEqualTo(RefusalCode.ENTITLEMENT_EXCEEDED))
                .satisfies(no -> assertThat(no.details()).containsEntry("left", "3"));
    }

    @Test
    void a_refusal_comes_back_from_afar() {
        handle(message -> {
            throw new CommandExecutionException(
                    "over there", null, new Refused.Refusal(RefusalCode.NOT_ALLOWED, Map.of()));
        });
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> portal.send(new Knock("door"), author))
                .satisfies(no -> assertThat(no.code()).isEqualTo(RefusalCode.NOT_ALLOWED));
    }

    @Test
    void a_lost_race_is_run_again() {
        AtomicInteger attempts = new AtomicInteger();
        handle(message -> {
            if (attempts.incrementAndGet() < 3) {
                throw new ConcurrencyException();
            }
            return new Position("door", 1);
        });
        assertThat(portal.send(new Knock("door"), author).sequence()).isEqualTo(1);
    }

    @Test
    void a_race_lost_three_times_is_a_refusal() {
        AtomicInteger attempts = new AtomicInteger();
        handle(message -> {
            attempts.incrementAndGet();
            throw new ConcurrencyException();
        });
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> portal.send(new Knock("door"), author))
                .satisfies(no -> assertThat(no.code()).isEqualTo(RefusalCode.CHANGED_MEANWHILE));
        assertThat(attempts).hasValue(3);
    }

    @Test
    void a_page_waits_for_what_it_wrote() {
        AtomicInteger count = answering();
        CompletableFuture<Integer> answer =
                CompletableFuture.supplyAsync(() -> portal.ask(new HowMany(), number -> number >= 2));
        Awaitility.await()
                .until(() -> queries.queryUpdateEmitter().activeSubscriptions().size() == 1);
        count.set(2);
        queries.queryUpdateEmitter().emit(HowMany.class, query -> true, 2);

        assertThat(answer.join()).isEqualTo(2);
        assertThat(queries.queryUpdateEmitter().activeSubscriptions()).isEmpty();
    }

    @Test
    void a_page_does_not_wait_for_ever() {
        answering();
        long started = System.nanoTime();
        assertThat(portal.ask(new HowMany(), number -> number >= 2)).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
    }

    @Test
    void an_open_page_follows_until_it_is_closed() {
        answering();
        List<Integer> seen = new ArrayList<>();
        Portal.Following following = portal.follow(new HowMany(), seen::add, failure -> {});
        queries.queryUpdateEmitter().emit(HowMany.class, query -> true, 7);
        Awaitility.await().until(() -> seen.equals(List.of(0, 7)));

        following.close();
        queries.queryUpdateEmitter().emit(HowMany.class, query -> true, 8);
        assertThat(seen).containsExactly(0, 7);
    }

    private void handle(MessageHandler<org.axonframework.commandhandling.CommandMessage<?>> handler) {
        commands.subscribe(Knock.class.getName(), handler::handle);
    }

    private AtomicInteger answering() {
        AtomicInteger count = new AtomicInteger();
        queries.subscribe(HowMany.class.getName(), Integer.class, query -> count.get());
        return count;
    }
}
