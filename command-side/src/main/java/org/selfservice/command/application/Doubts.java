package org.selfservice.command.application;

import static org.selfservice.command.Decide.refuseIf;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.ApplicationEvent.DuplicateSuspected;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionResolved;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.application.Verdict;

/**
 * What speaks for it that somebody else's application is the same person's.
 *
 * @param byOther by the other application's id
 */
record Doubts(Map<String, Doubt> byOther) {
    static final Doubts NONE = new Doubts(Map.of());

    /** @param verdict null while nobody resolved it, or since evidence of another kind came */
    record Doubt(Set<Likeness> kinds, @Nullable Verdict verdict) {
        boolean stands() {
            return verdict != Verdict.NOT_A_DUPLICATE;
        }
    }

    Set<Likeness> about(ApplicationId other) {
        Doubt doubt = byOther.get(other.value());
        return doubt == null ? Set.of() : doubt.kinds();
    }

    /** Those that are in the way of an approval. */
    List<ApplicationId> standing() {
        return byOther.entrySet().stream()
                .filter(one -> one.getValue().stands())
                .map(one -> new ApplicationId(one.getKey()))
                .toList();
    }

    @Nullable
    Verdict verdict(ApplicationId other) {
        Doubt doubt = byOther.get(other.value());
        refuseIf(doubt == null, RefusalCode.SUSPICION_UNKNOWN);
        return doubt == null ? null : doubt.verdict();
    }

    Doubts after(DuplicateSuspected event) {
        Set<Likeness> kinds = EnumSet.copyOf(event.kinds());
        kinds.addAll(about(event.other()));
        return with(event.other(), new Doubt(Collections.unmodifiableSet(kinds), null));
    }

    Doubts after(SuspicionResolved event) {
        return with(event.other(), new Doubt(about(event.other()), event.verdict()));
    }

    private Doubts with(ApplicationId other, Doubt doubt) {
        Map<String, Doubt> all = new LinkedHashMap<>(byOther);
        all.put(other.value(), doubt);
        return new Doubts(Collections.unmodifiableMap(all));
    }
}
