package org.selfservice.benchmarks;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.axonframework.common.caching.Cache;
import org.selfservice.benchmarks.Crowd.Person;
import org.selfservice.benchmarks.Report.Goal;
import org.selfservice.kernel.program.ProgramCode;

/**
 * Whether commands take longer as what they are about grows: a person with a thousand events beside people with a few, a
 * program with very many sent applications beside one with a few. One command at a time, small and large by turns.
 */
final class Growth {
    private static final int WARM_UP = 2;
    private static final int LONG = 1_000;
    /** Commands of a round, of the small and of the large each. */
    private static final int TURNS = 200;

    private static final Goal LITTLE_MORE = Goal.under(1.2);

    private final Size size;
    private final Sides sides;
    private final Crowd crowd;
    private final Report report = new Report();

    private Growth(Size size, Sides sides) {
        this.size = size;
        this.sides = sides;
        this.crowd = new Crowd(sides);
    }

    static Report measure(Size size, Path home) throws Exception {
        try (Sides sides = new Sides(home, "command")) {
            Growth growth = new Growth(size, sides);
            growth.people();
            growth.programs();
            return growth.report;
        }
    }

    private interface Turn {
        void take() throws Exception;
    }

    private void people() throws Exception {
        int rounds = WARM_UP + size.rounds();
        List<Person> few = crowd.register(2 * rounds * TURNS);
        Person many = crowd.register(1).getFirst();
        for (int i = 1; i < LONG; i++) {
            crowd.rename(many, i);
        }
        Cache aggregates = sides.get(Cache.class);
        Iterator<Person> others = few.iterator();
        int[] names = {LONG};
        compare(
                "Changing a name, %,d events beside one, in memory".formatted(LONG),
                () -> crowd.rename(others.next(), 1),
                () -> crowd.rename(many, names[0]++),
                () -> {});
        compare(
                "Changing a name, %,d events beside one, read anew".formatted(LONG),
                () -> crowd.rename(others.next(), 1),
                () -> crowd.rename(many, names[0]++),
                aggregates::removeAll);
    }

    private void programs() throws Exception {
        ProgramCode small = crowd.open(new ProgramCode("small"));
        ProgramCode large = crowd.open(new ProgramCode("large"));
        int turns = (WARM_UP + size.rounds()) * TURNS;
        List<Person> all = crowd.register(size.large() + 2 * turns);
        fill(large, all.subList(2 * turns, all.size()));
        Iterator<Person> toSmall = all.subList(0, turns).iterator();
        Iterator<Person> toLarge = all.subList(turns, 2 * turns).iterator();
        compare(
                "Applying, answering and sending, %,d applications beside few".formatted(size.large()),
                () -> crowd.send(toSmall.next(), small),
                () -> crowd.send(toLarge.next(), large),
                () -> {});
    }

    private void fill(ProgramCode program, List<Person> people) throws InterruptedException, ExecutionException {
        Rate.perSecond(people, person -> crowd.send(person, program));
    }

    private void compare(String what, Turn small, Turn large, Turn before) throws Exception {
        double[] few = new double[size.rounds()];
        double[] many = new double[size.rounds()];
        double[] ratios = new double[size.rounds()];
        for (int round = -WARM_UP; round < size.rounds(); round++) {
            sides.awaitProcesses();
            double[] ofFew = new double[TURNS];
            double[] ofMany = new double[TURNS];
            for (int turn = 0; turn < TURNS; turn++) {
                ofFew[turn] = milliseconds(small, before);
                ofMany[turn] = milliseconds(large, before);
            }
            if (round >= 0) {
                few[round] = Report.percentile(ofFew, 50);
                many[round] = Report.percentile(ofMany, 50);
                ratios[round] = many[round] / few[round];
            }
        }
        report.median(what + ": small", "ms", few, null)
                .median(what + ": large", "ms", many, null)
                .median(what + ": ratio", "", ratios, LITTLE_MORE);
    }

    private static double milliseconds(Turn turn, Turn before) throws Exception {
        before.take();
        long begun = System.nanoTime();
        turn.take();
        return (System.nanoTime() - begun) / 1e6;
    }
}
