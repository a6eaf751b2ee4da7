package org.selfservice.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.HandlerExecutionException;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Expectation;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.program.ProgramGrant;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** The way from pages and endpoints to the two sides: commands go one way, questions the other. */
@Component
public class Portal {
    private static final int TRIES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** How long a page waits to see what its own request wrote. */
    private static final Duration FRESHNESS = Duration.ofSeconds(1);

    private final CommandGateway commands;
    private final QueryGateway queries;
    private final MeterRegistry meters;
    private final Looking looking;

    Portal(CommandGateway commands, QueryGateway queries, MeterRegistry meters, Looking looking) {
        this.commands = commands;
        this.queries = queries;
        this.meters = meters;
        this.looking = looking;
    }

    /**
     * Sends it as whoever makes the current request, who may expect the stream at a version (RFC 9110, section 13.1.1).
     *
     * @return where it left its stream: what {@link #ask(Query, Predicate)} may wait for
     * @throws Refused when a rule says no; with CHANGED_MEANWHILE when others kept changing the stream
     */
    public Position send(Command command) {
        Expectation expected = Versions.expected();
        ProgramGrant grant = Granted.current();
        Map<String, String> conditions = new HashMap<>(expected == null ? Map.of() : expected.toMetaData());
        conditions.putAll(grant == null ? Map.of() : grant.toMetaData());
        return send(command, author(), conditions);
    }

    /**
     * The same for somebody who saw the stream when it had come to this sequence number.
     *
     * @throws Refused CHANGED_SINCE_READ also when the stream has gone on since
     */
    public Position send(Command command, long seen) {
        return send(command, author(), new Expectation(Set.of(seen), false).toMetaData());
    }

    /** The same for a given author, who expects nothing: where nobody is signed in yet, or outside of a request. */
    public Position send(Command command, Author author) {
        return send(command, author, Map.of());
    }

    private Position send(Command command, Author author, Map<String, String> conditions) {
        Map<String, String> data = new HashMap<>(author.toMetaData());
        data.putAll(conditions);
        Timer.Sample sample = Timer.start(meters);
        String outcome = "failed";
        try {
            Position position = deliver(new GenericCommandMessage<>(command, data));
            outcome = "done";
            return position;
        } catch (Refused no) {
            outcome = no.code().name();
            throw no;
        } finally {
            sample.stop(Timer.builder("portal.commands")
                    .description("Commands by what became of them: done, failed, or the code of the refusal")
                    .tag("command", command.getClass().getSimpleName())
                    .tag("outcome", outcome)
                    .register(meters));
        }
    }

    private Position deliver(CommandMessage<Command> message) {
        for (int attempt = 1; ; attempt++) {
            try {
                return await(commands.<Position>send(message));
            } catch (RuntimeException failure) {
                if (!lostARace(failure)) {
                    throw failure;
                }
                if (attempt == TRIES) {
                    throw new Refused(RefusalCode.CHANGED_MEANWHILE);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        attempt * 20L + ThreadLocalRandom.current().nextInt(20)));
            }
        }
    }

    /** What the query side knows now. */
    public <A> A ask(Query<A> query) {
        ProgramGrant grant = Granted.current();
        Query<A> asked = Granted.asked(grant, query);
        return looking.at(Granted.only(
                grant, query, await(queries.query(asMessage(asked), ResponseTypes.instanceOf(asked.answer())))));
    }

    /**
     * What the query side knows as soon as the condition holds; after a second, what it knows then, and the page that the
     * request redirects to says so ({@link Behind}). For what follows a command: the caller sees from the answer whether it
     * is still being processed.
     */
    public <A> A ask(Query<A> query, Predicate<? super A> until) {
        try (SubscriptionQueryResult<A, A> subscription = subscribe(query)) {
            A answer = subscription
                    .initialResult()
                    .concatWith(subscription.updates())
                    .filter(until)
                    .next()
                    .timeout(FRESHNESS, reactor.core.publisher.Mono.empty())
                    .block();
            if (answer == null) {
                Behind.tell();
                return ask(query);
            }
            return looking.at(Granted.only(Granted.current(), query, answer));
        } catch (RuntimeException failure) {
            throw unwrapped(failure);
        }
    }

    /**
     * Hands over the answer now and whenever it changes, until it is closed. The consumer is called by other threads,
     * one call at a time.
     */
    public <A> Following follow(Query<A> query, Consumer<? super A> each, Consumer<? super Throwable> failed) {
        ProgramGrant grant = Granted.current();
        SubscriptionQueryResult<A, A> subscription = subscribe(query);
        Disposable flow = Flux.concat(subscription.initialResult(), subscription.updates())
                .map(answer -> Granted.only(grant, query, answer))
                .subscribe(each, failed);
        return () -> {
            flow.dispose();
            subscription.cancel();
        };
    }

    /** An open {@link #follow}. */
    @FunctionalInterface
    public interface Following extends AutoCloseable {
        @Override
        void close();
    }

    /** Who makes the current request. */
    public Author author() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Actor actor) {
            return actor.author(channel(), Correlation.current());
        }
        throw new AuthenticationCredentialsNotFoundException("nobody is signed in");
    }

    static Author.Channel channel() {
        boolean api = RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                && attributes.getRequest().getRequestURI().startsWith("/api/");
        return api ? Author.Channel.API : Author.Channel.WEB;
    }

    private <A> SubscriptionQueryResult<A, A> subscribe(Query<A> query) {
        ResponseType<A> type = ResponseTypes.instanceOf(query.answer());
        return queries.subscriptionQuery(query.getClass().getName(), asMessage(query), type, type);
    }

    private static <A> GenericMessage<Query<A>> asMessage(Query<A> query) {
        return new GenericMessage<>(query, Map.of("correlation", Correlation.current()));
    }

    private static <T> T await(Future<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw unwrapped(failure);
        } catch (TimeoutException late) {
            throw new Refused(RefusalCode.UNAVAILABLE);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", stop);
        }
    }

    /** A refusal is the bare exception on the local bus and the details of a wrapper when it came over a network. */
    private static RuntimeException unwrapped(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refused refused) {
                return refused;
            }
            if (cause instanceof HandlerExecutionException remote
                    && remote.getDetails().orElse(null) instanceof Refused.Refusal refusal) {
                return new Refused(refusal);
            }
        }
        Throwable cause = failure instanceof ExecutionException || failure instanceof CompletionException
                ? orSelf(failure.getCause(), failure)
                : failure;
        return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
    }

    private static Throwable orSelf(@Nullable Throwable cause, Throwable self) {
        return cause != null ? cause : self;
    }

    /** By name, as the classes belong to a library of the command side. */
    private static boolean lostARace(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String name = cause.getClass().getSimpleName();
            if (name.equals("ConcurrencyException") || name.equals("AggregateStreamCreationException")) {
                return true;
            }
        }
        return false;
    }
}
