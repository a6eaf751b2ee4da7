package org.selfservice.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.instanceOf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.hamcrest.FeatureMatcher;
import org.hamcrest.Matcher;
import org.hamcrest.Matchers;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.registrant.ContactChanges;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.Command;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Expectation;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused.Refusal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.References;
import org.selfservice.kernel.enrolment.EnrolmentId;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.identity.StepUp;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramGrant;
import org.selfservice.kernel.registrant.RegistrantId;

/** Everything around the one aggregate that a test is about. */
public final class World implements Pseudonyms, References {
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(3600);

    private final EmbeddedEventStore others = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final AtomicInteger references = new AtomicInteger();
    private Author author = Author.portal("test");
    private Instant now = NOW;
    private ContactChanges contactChanges = new ContactChanges(StepUp.NONE);
    private @Nullable Expectation expected;
    private @Nullable ProgramGrant granted;
    private @Nullable TestExecutor<?> executor;

    /** What other streams say. */
    public World happened(Event... events) {
        for (Event event : events) {
            long sequence = others.lastSequenceNumberFor(event.stream()).orElse(-1L) + 1;
            others.publish(new GenericDomainEventMessage<>(
                    "Other",
                    event.stream(),
                    sequence,
                    event,
                    MetaData.emptyInstance(),
                    event.stream() + sequence,
                    BEFORE));
        }
        return this;
    }

    public World at(Instant instant) {
        now = instant;
        return this;
    }

    public World by(Author other) {
        author = other;
        return this;
    }

    /** What the portal asks of whoever changes contact details. */
    public World contactChangesTake(StepUp asked) {
        contactChanges = new ContactChanges(asked);
        return this;
    }

    /** The programs that the author is there for. */
    public World within(ProgramCode... programs) {
        granted = new ProgramGrant(Set.of(programs));
        return this;
    }

    /** What the sender of the command knows of its stream. */
    public World expecting(Expectation expectation) {
        expected = expectation;
        return this;
    }

    /** As a store in memory says it. */
    static Heads heads(EventStore store) {
        return new Heads(streams -> {
            Map<String, Long> heads = new HashMap<>();
            streams.forEach(stream -> store.lastSequenceNumberFor(stream).ifPresent(last -> heads.put(stream, last)));
            return heads;
        });
    }

    /** What the aggregate's own stream says. */
    public World given(Class<?> aggregate, Event... events) {
        return given(aggregate, List.of(events));
    }

    public World given(Class<?> aggregate, List<? extends Event> events) {
        AggregateTestFixture<?> fixture = new AggregateTestFixture<>(aggregate);
        fixture.registerInjectableResource(new Streams(others, heads(others)));
        fixture.registerInjectableResource(this);
        fixture.registerInjectableResource(contactChanges);
        fixture.registerCommandTargetResolver(new CommandSideConfiguration().commandTargetResolver());
        fixture.registerCommandHandlerInterceptor(new Doorkeeper());
        fixture.registerHandlerEnhancerDefinition(new AsExpected());
        fixture.registerHandlerEnhancerDefinition(new WithinGrant());
        executor = fixture.givenCurrentTime(BEFORE).andGiven(events);
        return this;
    }

    public ResultValidator<?> when(Command command) {
        assertThat(executor).as("given first").isNotNull();
        Map<String, String> data = new HashMap<>(author.toMetaData());
        if (granted != null) {
            data.putAll(granted.toMetaData());
        }
        if (expected != null) {
            data.putAll(expected.toMetaData());
        }
        return executor.andGivenCurrentTime(now).when(command, data);
    }

    /** Whoever sends it saw the aggregate as it was at this sequence number. */
    public ResultValidator<?> when(Command command, long seen) {
        assertThat(executor).as("given first").isNotNull();
        Map<String, String> data = new HashMap<>(author.toMetaData());
        data.putAll(new Expectation(Set.of(seen), false).toMetaData());
        return executor.andGivenCurrentTime(now).when(command, data);
    }

    public void refuses(Command command, RefusalCode code) {
        when(command)
                .expectNoEvents()
                .expectException(instanceOf(CommandExecutionException.class))
                .expectExceptionDetails(saying(code));
    }

    public void refuses(Command command, RefusalCode code, String detail, String value) {
        when(command).expectNoEvents().expectExceptionDetails(new Refusal(code, java.util.Map.of(detail, value)));
    }

    public void grants(Command command, Event... events) {
        when(command).expectSuccessfulHandlerExecution().expectEvents((Object[]) events);
    }

    public void changesNothing(Command command) {
        when(command).expectSuccessfulHandlerExecution().expectNoEvents();
    }

    /** The one event that follows. */
    public <E extends Event> void grants(Command command, Class<E> type, java.util.function.Consumer<E> fact) {
        when(command)
                .expectSuccessfulHandlerExecution()
                .expectEventsMatching(
                        new FeatureMatcher<List<? super org.axonframework.eventhandling.EventMessage<?>>, Boolean>(
                                Matchers.is(true), "events", "events") {
                            @Override
                            protected Boolean featureValueOf(
                                    List<? super org.axonframework.eventhandling.EventMessage<?>> events) {
                                assertThat(events).hasSize(1);
                                var message = (org.axonframework.eventhandling.EventMessage<?>) events.getFirst();
                                assertThat(message.getPayload()).isInstanceOf(type);
                                fact.accept(type.cast(message.getPayload()));
                                return true;
                            }
                        });
    }

    private static Matcher<Object> saying(RefusalCode code) {
        return new FeatureMatcher<>(Matchers.is(code), "refusal", "code") {
            @Override
            protected RefusalCode featureValueOf(Object details) {
                return ((Refusal) details).code();
            }
        };
    }

    @Override
    public String next(String prefix) {
        return prefix + "-" + references.incrementAndGet();
    }

    @Override
    public RegistrantId registrant(String issuer, String subject, int generation) {
        return new RegistrantId("r-" + hash(issuer, subject, generation));
    }

    @Override
    public ApplicationId application(RegistrantId registrant, ProgramCode program, int ordinal) {
        return new ApplicationId("a-" + hash(registrant, program, ordinal));
    }

    @Override
    public EnrolmentId enrolment(RegistrantId registrant, ProgramCode program) {
        return new EnrolmentId("e-" + hash(registrant, program));
    }

    private static String hash(Object... parts) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(List.of(parts).toString().replace("[personal]", "").getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
