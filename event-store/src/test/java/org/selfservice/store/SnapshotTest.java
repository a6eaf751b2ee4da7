package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.SerializedObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.form.Answer;

class SnapshotTest {
    private final PlainKeys keys = new PlainKeys();
    private final EventSerializer serializer = new EventSerializer(keys);

    static final class Case implements Snapshot {
        private ApplicationId id;
        private ApplicationState state;
        private Map<String, Answer> answers = new HashMap<>();
        private Personal<List<String>> remarks = Personal.erased();
        private Map<ApplicationId, Instant> seen = new HashMap<>();
        private Set<ApplicationState> states = EnumSet.noneOf(ApplicationState.class);
        private @Nullable Small small;
        private transient int visits;

        private Case() {}

        static Case draft() {
            return of(Samples.APPLICATION);
        }

        static Case of(ApplicationId id) {
            Case draft = new Case();
            draft.id = id;
            draft.state = ApplicationState.DRAFT;
            draft.answers.putAll(Samples.answers());
            draft.remarks = Personal.of(List.of("called " + Samples.MARK));
            draft.seen.put(id, Instant.parse("2026-11-22T10:00:00.123456Z"));
            draft.states.add(ApplicationState.DRAFT);
            draft.small = new Small("small", List.of(Personal.erased()));
            draft.visits = 7;
            return draft;
        }

        public boolean isDraft() {
            return state == ApplicationState.DRAFT;
        }

        @Override
        public String scope() {
            return id.value();
        }
    }

    static final class WithFinalField implements Snapshot {
        private final List<String> names = List.of();

        @Override
        public String scope() {
            return "a-1" + names.size();
        }
    }

    @Test
    void anAggregateReadsAsItWasWritten() {
        Case read = serializer.deserialize(serializer.serialize(Case.draft(), byte[].class));
        assertThat(read).usingRecursiveComparison().ignoringFields("visits").isEqualTo(Case.draft());
        assertThat(read.visits).isZero();
    }

    @Test
    void allOfItIsEncrypted() {
        String stored =
                new String(serializer.serialize(Case.draft(), byte[].class).getData());
        assertThat(stored).doesNotContain("answers", "DRAFT", "~");
    }

    @Test
    void itIsPassedOverOnceItsKeyWasDestroyed() {
        SerializedObject<byte[]> stored = serializer.serialize(Case.draft(), byte[].class);
        assertThat(serializer.readable(entry(stored, stored.getType().getRevision())))
                .isTrue();
        keys.destroy(Samples.APPLICATION.value());
        assertThat(serializer.readable(entry(stored, stored.getType().getRevision())))
                .isFalse();
    }

    @Test
    void itIsPassedOverWhenTheFieldsOfItsClassHaveChanged() {
        SerializedObject<byte[]> stored = serializer.serialize(Case.draft(), byte[].class);
        assertThat(serializer.readable(entry(stored, "12345678"))).isFalse();
    }

    record Small(String name, List<Personal<String>> remarks) {}

    record SmallAsBefore(String name, List<Personal<String>> remarks) {}

    record Grown(String name, List<Personal<String>> remarks, int count) {}

    static class OfSmall {
        private Map<String, Small> parts = Map.of();
    }

    static class OfSmallAsBefore {
        private Map<String, SmallAsBefore> parts = Map.of();
    }

    static class OfGrown {
        private Map<String, Grown> parts = Map.of();
    }

    @Test
    void theShapeOfAClassIsThatOfAllThatIsInIt() {
        assertThat(Shape.of(OfSmallAsBefore.class)).isEqualTo(Shape.of(OfSmall.class));
        assertThat(Shape.of(OfGrown.class)).isNotEqualTo(Shape.of(OfSmall.class));
    }

    @Test
    void aFinalFieldIsRefusedAsItWouldNotBeReadBack() {
        assertThatThrownBy(() -> serializer.serialize(new WithFinalField(), byte[].class))
                .hasMessageContaining("names");
    }

    private static GenericDomainEventEntry<byte[]> entry(SerializedObject<byte[]> stored, String revision) {
        return new GenericDomainEventEntry<>(
                "Case",
                "a-1",
                49,
                "event-1",
                "2026-11-22T10:00:00Z",
                stored.getType().getName(),
                revision,
                stored.getData(),
                new byte[0]);
    }
}
