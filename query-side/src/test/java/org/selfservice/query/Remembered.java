package org.selfservice.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.audit.History;
import org.selfservice.kernel.audit.Moment;
import org.selfservice.kernel.audit.Place;

/** The history of a store in memory. */
final class Remembered implements History {
    private final List<Line> lines = new ArrayList<>();

    @Override
    public synchronized void keep(List<Line> more) {
        lines.addAll(more);
    }

    /** Of the next line. */
    synchronized long next() {
        return lines.size();
    }

    synchronized Line last() {
        return lines.getLast();
    }

    @Override
    public List<Line> find(Wanted wanted, @Nullable Long before, int limit) {
        throw new UnsupportedOperationException("pages ask for it, and no view");
    }

    @Override
    public synchronized List<Place> upTo(String subject, Moment until) {
        return lines.stream()
                .filter(line -> subject.equals(line.place().stream())
                        || line.registrant() != null
                                && subject.equals(line.registrant().value()))
                .filter(line -> until.at() == null || !line.at().isAfter(until.at()))
                .filter(line -> until.number() == null || line.number() <= until.number())
                .map(Line::place)
                .toList();
    }
}
