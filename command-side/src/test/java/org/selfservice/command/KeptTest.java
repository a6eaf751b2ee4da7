package org.selfservice.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

class KeptTest {
    private final EmbeddedEventStore store = EmbeddedEventStore.builder()
            .storageEngine(new InMemoryEventStorageEngine())
            .build();
    private final Kept kept = new Kept(store, World.heads(store));

    @Test
    void isKeptUntilItIsRemoved() {
        kept.put("a", "one");
        assertThat(kept.<String, String>get("a")).isEqualTo("one");

        assertThat(kept.remove("a")).isTrue();
        assertThat(kept.remove("a")).isFalse();
        assertThat(kept.containsKey("a")).isFalse();
    }

    @Test
    void isNotReplacedWhereItMayNotBe() {
        assertThat(kept.putIfAbsent("a", "one")).isTrue();
        assertThat(kept.putIfAbsent("a", "two")).isFalse();
        assertThat(kept.<String, String>get("a")).isEqualTo("one");
    }

    @Test
    void isForgottenWithAllOthers() {
        kept.put("a", "one");
        kept.removeAll();
        assertThat(kept.containsKey("a")).isFalse();
    }
}
