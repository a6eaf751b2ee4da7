package org.selfservice.query;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.registrant.RegistrantEvent;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentWithdrawn;

/** A view for tests: the consents that a person withdrew, in order. What a test wants to go wrong goes wrong in it. */
class Tally implements View<Tally.Count> {
    record Count(String id, List<String> withdrawn) {}

    private final BiConsumer<ConsentWithdrawn, Meta> before;
    private final boolean lastIsUnique;

    Tally(BiConsumer<ConsentWithdrawn, Meta> before) {
        this(before, false);
    }

    Tally(BiConsumer<ConsentWithdrawn, Meta> before, boolean lastIsUnique) {
        this.before = before;
        this.lastIsUnique = lastIsUnique;
    }

    @Override
    public String name() {
        return "tally";
    }

    @Override
    public Class<Count> document() {
        return Count.class;
    }

    @Override
    public Set<Class<? extends Event>> reads() {
        return Set.of(RegistrantEvent.class);
    }

    @Override
    public @Nullable String id(Event event) {
        return event instanceof ConsentWithdrawn withdrawn
                ? withdrawn.registrant().value()
                : null;
    }

    @Override
    public Count empty(String id) {
        return new Count(id, List.of());
    }

    @Override
    public Count apply(Count count, Event event, Meta meta) {
        ConsentWithdrawn withdrawn = (ConsentWithdrawn) event;
        before.accept(withdrawn, meta);
        return new Count(
                count.id(),
                Stream.concat(count.withdrawn().stream(), Stream.of(withdrawn.consent()))
                        .toList());
    }

    @Override
    public Map<String, @Nullable Object> lifted(Count count) {
        return lastIsUnique && !count.withdrawn().isEmpty()
                ? Map.of("last", count.withdrawn().getLast())
                : Map.of();
    }

    @Override
    public List<Index> indexes() {
        return lastIsUnique ? List.of(Index.unique("last")) : List.of();
    }
}
