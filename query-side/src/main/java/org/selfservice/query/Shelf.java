package org.selfservice.query;

import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What the stand-in for MongoDB lacks: a collection's documents by the lifted values that its declared indexes begin with, and
 * within equal ones in the order of each moment that an index ends with. There are few different values, so that counting looks
 * at these alone. It is as lasting as the stand-in, in the same memory, and understands the filters that pages and endpoints
 * send to MongoDB, no more.
 */
final class Shelf {
    private static final String ID = "_id";

    private final Set<String> equals = new HashSet<>();
    private final Set<String> moments = new HashSet<>();
    private final ConcurrentMap<String, Row> rows = new ConcurrentHashMap<>();
    private final ConcurrentMap<Map<String, Object>, Board> boards = new ConcurrentHashMap<>();

    private record Row(String id, long revision, Map<String, Object> equal, Map<String, Date> at) {
        @Nullable
        Place place(String moment) {
            Date then = at.get(moment);
            return then == null ? null : new Place(then.getTime(), id);
        }
    }

    private record Place(long at, String id) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::at).thenComparing(Place::id);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** Rows with the same values. */
    private static final class Board {
        private final AtomicLong count = new AtomicLong();
        private final Map<String, ConcurrentSkipListMap<Place, Row>> byMoment;

        Board(Set<String> moments) {
            byMoment = moments.stream()
                    .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new ConcurrentSkipListMap<>()));
        }

        void add(Row row) {
            count.incrementAndGet();
            byMoment.forEach((moment, sorted) -> {
                Place place = row.place(moment);
                if (place != null) {
                    sorted.put(place, row);
                }
            });
        }

        void remove(Row row) {
            count.decrementAndGet();
            byMoment.forEach((moment, sorted) -> {
                Place place = row.place(moment);
                if (place != null) {
                    sorted.remove(place, row);
                }
            });
        }
    }

    Shelf(List<View.Index> indexes) {
        for (View.Index index : indexes) {
            List<String> fields = index.fields().stream()
                    .map(field -> field.replaceFirst("^-", ""))
                    .toList();
            if (fields.size() > 1 && fields.getLast().equals(ID)) {
                moments.add(fields.get(fields.size() - 2));
                equals.addAll(fields.subList(0, fields.size() - 2));
            }
        }
    }

    /** @param values lifted ones, without nulls; those of an older revision are passed over */
    void put(String id, long revision, Map<String, Object> values) {
        rows.compute(id, (_, before) -> {
            if (before != null && before.revision() >= revision) {
                return before;
            }
            Map<String, Object> equal = new HashMap<>(values);
            equal.keySet().retainAll(equals);
            Map<String, Date> at = new HashMap<>();
            moments.forEach(moment -> {
                if (values.get(moment) instanceof Date then) {
                    at.put(moment, then);
                }
            });
            Row row = new Row(id, revision, equal, at);
            boards.computeIfAbsent(equal, _ -> new Board(moments)).add(row);
            if (before != null) {
                boards.get(before.equal()).remove(before);
            }
            return row;
        });
    }

    void clear() {
        rows.clear();
        boards.clear();
    }

    boolean sorts(Document sort) {
        return sort.size() == 2 && moments.contains(sort.keySet().iterator().next());
    }

    List<String> list(Document filter, Document sort, int limit) {
        String moment = sort.keySet().iterator().next();
        boolean descending = sort.getInteger(moment) < 0;
        Comparator<Row> order =
                Comparator.comparing(row -> new Place(row.at().get(moment).getTime(), row.id()));
        Predicate<Row> wanted = ofRows(filter);
        // One that moves meanwhile may be met twice.
        return boards(filter)
                .flatMap(board -> onward(board.byMoment.get(moment), filter, moment, descending)
                        .filter(wanted)
                        .limit(limit))
                .sorted(descending ? order.reversed() : order)
                .map(Row::id)
                .distinct()
                .limit(limit)
                .toList();
    }

    long count(Document filter) {
        if (equals.containsAll(filter.keySet())) {
            return boards(filter).mapToLong(board -> board.count.get()).sum();
        }
        Predicate<Row> wanted = ofRows(filter);
        return filter.keySet().stream()
                .filter(moments::contains)
                .findFirst()
                .map(moment -> boards(filter)
                        .flatMap(board -> until(board.byMoment.get(moment), filter.get(moment)))
                        .filter(wanted)
                        .count())
                .orElseGet(() -> {
                    Predicate<Map<String, Object>> values = ofValues(filter);
                    return rows.values().stream()
                            .filter(row -> values.test(row.equal()))
                            .filter(wanted)
                            .count();
                });
    }

    /** Those that may fulfil a condition on the moment by which they are sorted. */
    private static Stream<Row> until(NavigableMap<Place, Row> sorted, Object condition) {
        return condition instanceof Document range && range.get("$lte") instanceof Date last
                ? sorted.headMap(new Place(last.getTime(), "\uffff"), true).values().stream()
                : sorted.values().stream();
    }

    private Stream<Board> boards(Document filter) {
        Predicate<Map<String, Object>> wanted = ofValues(filter);
        return boards.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .map(Map.Entry::getValue);
    }

    /** From the cursor on; its condition itself is tested for each row like any other. */
    private static Stream<Row> onward(
            NavigableMap<Place, Row> sorted, Document filter, String moment, boolean descending) {
        Stream<Document> either =
                filter.containsKey("$or") ? filter.getList("$or", Document.class).stream() : Stream.of();
        NavigableMap<Place, Row> directed = descending ? sorted.descendingMap() : sorted;
        return either
                .map(one -> one.get(moment))
                .filter(Date.class::isInstance)
                .findFirst()
                .map(at -> directed.tailMap(new Place(((Date) at).getTime(), descending ? "\uffff" : ""), true))
                .orElse(directed)
                .values()
                .stream();
    }

    private Predicate<Map<String, Object>> ofValues(Document filter) {
        return filter.entrySet().stream()
                .filter(entry -> equals.contains(entry.getKey()))
                .map(entry -> condition(entry.getValue()).<Map<String, Object>>on(values -> values.get(entry.getKey())))
                .reduce(_ -> true, Predicate::and);
    }

    private Predicate<Row> ofRows(Document filter) {
        return filter.entrySet().stream()
                .filter(entry -> !equals.contains(entry.getKey()))
                .map(entry -> ofRow(entry.getKey(), entry.getValue()))
                .reduce(_ -> true, Predicate::and);
    }

    private Predicate<Row> ofRow(String field, Object value) {
        if (field.equals("$or")) {
            return ((List<?>) value).stream().map(one -> ofRows((Document) one)).reduce(_ -> false, Predicate::or);
        }
        return condition(value).on(row -> field.equals(ID) ? row.id() : row.at().get(field));
    }

    /** What a value must fulfil. */
    @FunctionalInterface
    private interface Condition {
        boolean holds(Object value);

        default <T> Predicate<T> on(Function<T, @Nullable Object> value) {
            return holder -> {
                Object found = value.apply(holder);
                return found != null && holds(found);
            };
        }
    }

    private static Condition condition(Object wanted) {
        return wanted instanceof Document operators
                ? value -> operators.entrySet().stream()
                        .allMatch(operator -> compared(operator.getKey(), operator.getValue(), value))
                : wanted::equals;
    }

    @SuppressWarnings("unchecked")
    private static boolean compared(String operator, Object bound, Object value) {
        return switch (operator) {
            case "$in" -> ((List<?>) bound).contains(value);
            case "$lt" -> ((Comparable<Object>) value).compareTo(bound) < 0;
            case "$lte" -> ((Comparable<Object>) value).compareTo(bound) <= 0;
            case "$gte" -> ((Comparable<Object>) value).compareTo(bound) >= 0;
            case "$gt" -> ((Comparable<Object>) value).compareTo(bound) > 0;
            default -> throw new IllegalArgumentException("no list is filtered by " + operator);
        };
    }
}
