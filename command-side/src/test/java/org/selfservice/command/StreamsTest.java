package org.selfservice.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;
import org.selfservice.command.Streams.Facts;
import org.selfservice.command.Streams.Reading;
import org.selfservice.kernel.Event;

class StreamsTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final EmbeddedEventStore store = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final Streams streams = new Streams(store, World.heads(store));
    private final List<String> folded = new ArrayList<>();
    private final Reading<Said, String> words = new Reading<>(Said.class, "", (all, said, sequence, at) -> {
        folded.add(said.word());
        return all + sequence + said.word();
    });

    record Said(String word) implements Event {
        @Override
        public String stream() {
            return "talk";
        }
    }

    @Test
    void knowNothingOfAStreamThatDoesNotExist() {
        Facts<String> facts = streams.read(words, "talk");

        assertThat(facts.exist()).isFalse();
        assertThat(facts.facts()).isEmpty();
    }

    @Test
    void foldAStreamOnceWhileItDoesNotGrow() {
        say(0, "a");
        say(1, "b");
        streams.read(words, "talk");

        assertThat(streams.read(words, "talk")).isEqualTo(new Facts<>("0a1b", 1));
        assertThat(folded).containsExactly("a", "b");
    }

    @Test
    void goOnWhereTheyWereWhenItHasGrown() {
        say(0, "a");
        streams.read(words, "talk");
        say(1, "b");

        assertThat(streams.read(words, "talk")).isEqualTo(new Facts<>("0a1b", 1));
        assertThat(folded).containsExactly("a", "b");
    }

    private void say(long sequence, String word) {
        store.publish(new GenericDomainEventMessage<>(
                "Talk", "talk", sequence, new Said(word), MetaData.emptyInstance(), "e" + sequence, AT));
    }
}
