package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.query.Samples.OFFICER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DocumentCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.selfservice.kernel.Event;

/** What holds for every view over any history. */
class HistoriesTest {
    private static final Mapping MAPPING = new Mapping();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPrefixFoldsToTheSameWhetherTheDocumentWasStoredInBetweenOrNot(long seed) {
        List<Happened> history = happened(Histories.of(seed, 4, 300));
        AllViews.all().forEach(view -> prefixes(view, history));
    }

    private <V> void prefixes(View<V> view, List<Happened> history) {
        Map<String, V> inMemory = new HashMap<>();
        Map<String, V> stored = new HashMap<>();
        Map<String, List<Happened>> events = new LinkedHashMap<>();
        for (Happened one : history) {
            String id = reads(view, one.event()) ? view.id(one.event()) : null;
            if (id == null) {
                continue;
            }
            events.computeIfAbsent(id, _ -> new ArrayList<>()).add(one);
            inMemory.put(id, view.apply(inMemory.getOrDefault(id, view.empty(id)), one.event(), one.meta()));
            V before = stored.getOrDefault(id, view.empty(id));
            stored.put(id, overTheWire(view, view.apply(before, one.event(), one.meta())));
            assertThat(stored.get(id)).isEqualTo(inMemory.get(id));
        }
        events.forEach((id, own) -> {
            Folded<V> atOnce = Folded.fold(view, Stored.none(view, id), own);
            assertThat(atOnce.failure()).isNull();
            assertThat(atOnce.stored().document()).isEqualTo(inMemory.get(id));
            Folded<V> again = Folded.fold(view, atOnce.stored(), own);
            assertThat(again.changed()).isFalse();
        });
        assertThat(events).isNotEmpty();
    }

    private static <V> V overTheWire(View<V> view, V document) {
        return MAPPING.read(
                new RawBsonDocument(MAPPING.write(document), new BsonDocumentCodec()).decode(new DocumentCodec()),
                view.document());
    }

    private static boolean reads(View<?> view, Event event) {
        return view.reads().stream().anyMatch(family -> family.isInstance(event));
    }

    private static List<Happened> happened(List<Event> events) {
        Map<String, Long> sequences = new HashMap<>();
        List<Happened> history = new ArrayList<>();
        for (Event event : events) {
            history.add(new Happened(new GenericDomainEventMessage<>(
                    "any",
                    event.stream(),
                    sequences.merge(event.stream(), 0L, (before, _) -> before + 1),
                    event,
                    OFFICER.toMetaData(),
                    "event-" + history.size(),
                    Samples.NOON.plus(Duration.ofSeconds(history.size())))));
        }
        return history;
    }
}
