package org.selfservice.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.selfservice.benchmarks.Crowd.Draft;
import org.selfservice.benchmarks.Crowd.Person;
import org.selfservice.benchmarks.Report.Goal;
import org.selfservice.kernel.program.ProgramCode;

/**
 * Commands a second, beside what the same engine does when the same events are appended to it without any command: one
 * transaction each, the same serializer and keys. Rounds of both alternate.
 */
final class Commands {
    private static final int WARM_UP = 3;

    /** Makes what the threads of one round need, and is not measured. */
    private interface Prepared {
        Rate.Work with(int threads) throws InterruptedException, ExecutionException;
    }

    private final Size size;
    private final Sides sides;
    private final Crowd crowd;
    private final EventStore events;
    private final Consumer<EventMessage<?>> engine;
    private final List<Person> people;
    private final AtomicInteger programs = new AtomicInteger();
    private final AtomicLong bareStreams = new AtomicLong();

    private Commands(Size size, Sides sides) throws InterruptedException, ExecutionException {
        this.size = size;
        this.sides = sides;
        crowd = new Crowd(sides);
        TransactionManager transactions = sides.get(TransactionManager.class);
        events = sides.get(EventStore.class);
        engine = sides.find(EventStorageEngine.class)
                .<Consumer<EventMessage<?>>>map(
                        one -> event -> transactions.executeInTransaction(() -> one.appendEvents(event)))
                // Axon Server has none; what goes to it goes there as it is
                .orElse(events::publish);
        people = crowd.register(size.people());
    }

    static Report measure(Size size, Path home) throws Exception {
        try (Sides sides = new Sides(home, "command")) {
            Commands commands = new Commands(size, sides);
            String example = commands.drafts().getFirst().id.value();
            DomainEventMessage<?> begun = commands.events.readEvents(example, 0).next();
            DomainEventMessage<?> saved = commands.events.readEvents(example, 1).next();
            Report report = new Report();
            for (int threads : new int[] {1, 16}) {
                commands.compare("SaveAnswers", threads, _ -> commands.onward(saved), commands::saves, report);
                commands.compare("ApplyForProgram", threads, _ -> commands.anew(begun), commands::applications, report);
            }
            return report;
        }
    }

    private void compare(String command, int threads, Prepared bare, Prepared whole, Report report) throws Exception {
        double[] appends = new double[size.rounds()];
        double[] commands = new double[size.rounds()];
        double[] ratios = new double[size.rounds()];
        for (int round = -WARM_UP; round < size.rounds(); round++) {
            double append = rate(threads, bare);
            double rate = rate(threads, whole);
            // The first ones are for warming up.
            if (round >= 0) {
                appends[round] = append;
                commands[round] = rate;
                ratios[round] = rate / append;
            }
        }
        String what = "%s, %s at a time".formatted(command, threads == 1 ? "one" : Integer.toString(threads));
        report.median(what, "/s", commands, null)
                .median(what + ": its event appended alone", "/s", appends, null)
                .median(what + ": ratio", "", ratios, Goal.atLeast(0.5));
    }

    /** What follows the events of one round is done before the next one: it would be counted for the wrong one. */
    private double rate(int threads, Prepared work) throws Exception {
        Rate.Work prepared = work.with(threads);
        sides.awaitProcesses();
        return Rate.perSecond(threads, size.round(), prepared);
    }

    /**
     * Applications of this round, with the answers of one page: as short as a person's are. Each thread has its own of
     * them, so that none meets another.
     */
    private Rate.Work saves(int threads) throws InterruptedException, ExecutionException {
        List<Draft> drafts = drafts();
        return (thread, turn) -> {
            Draft draft = drafts.get((turn * threads + thread) % (drafts.size() / threads * threads));
            crowd.save(draft, Crowd.reason(draft));
            return true;
        };
    }

    private List<Draft> drafts() throws InterruptedException, ExecutionException {
        List<Draft> drafts = crowd.apply(people.subList(0, size.people() / 3), program());
        Rate.perSecond(drafts, draft -> crowd.save(draft, Crowd.reason(draft)));
        return drafts;
    }

    /** Everybody applies once to a program that is new in this round. */
    private Rate.Work applications(int threads) {
        ProgramCode program = program();
        return (thread, turn) -> {
            int index = turn * threads + thread;
            if (index >= people.size()) {
                return false;
            }
            crowd.apply(people.get(index), program);
            return true;
        };
    }

    private ProgramCode program() {
        return crowd.open(new ProgramCode("benchmark-" + programs.incrementAndGet()));
    }

    /** The event appended to streams that have some already, as saving does. */
    private Rate.Work onward(DomainEventMessage<?> event) {
        long first = bareStreams.getAndAdd(16);
        return (thread, turn) -> append(event, "bare-" + (first + thread), turn);
    }

    /** The event as the first of its stream, as applying does. */
    private Rate.Work anew(DomainEventMessage<?> event) {
        return (thread, turn) -> append(event, "bare-" + bareStreams.getAndIncrement(), 0);
    }

    private boolean append(DomainEventMessage<?> like, String stream, long sequence) {
        engine.accept(new GenericDomainEventMessage<>(
                like.getType(), stream, sequence, like.getPayload(), like.getMetaData()));
        return true;
    }
}
