package org.selfservice.query.application;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.application.ApplicationEvent.DuplicateSuspected;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionOverridden;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionResolved;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.Suspicion;
import org.selfservice.kernel.application.Likeness;

/** The part of an application's file that is about its duplicates, in the order in which they were suspected. */
record SuspectedDuplicates(List<Suspicion> all) {

    SuspectedDuplicates after(DuplicateSuspected event, Meta meta) {
        Set<Likeness> kinds = EnumSet.noneOf(Likeness.class);
        kinds.addAll(event.kinds());
        all.stream().filter(isAbout(event.other())).forEach(known -> kinds.addAll(known.kinds()));
        Suspicion open = new Suspicion(event.other(), List.copyOf(kinds), meta.at(), null, null, null, null, null);
        return all.stream().noneMatch(isAbout(event.other()))
                ? new SuspectedDuplicates(
                        Stream.concat(all.stream(), Stream.of(open)).toList())
                : change(isAbout(event.other()), _ -> open);
    }

    SuspectedDuplicates after(SuspicionResolved event, Meta meta) {
        String name = meta.author().name();
        return change(
                isAbout(event.other()),
                one -> new Suspicion(
                        one.other(),
                        one.kinds(),
                        one.since(),
                        event.verdict(),
                        event.reason().orNull(),
                        meta.at(),
                        name == null ? meta.author().actor() : name,
                        one.overridden()));
    }

    SuspectedDuplicates after(SuspicionOverridden event) {
        return change(
                one -> event.others().contains(one.other()),
                one -> with(one, one.reason(), event.reason().orNull()));
    }

    SuspectedDuplicates withoutReasons() {
        return change(one -> true, one -> with(one, null, null));
    }

    private SuspectedDuplicates change(Predicate<Suspicion> which, UnaryOperator<Suspicion> change) {
        return new SuspectedDuplicates(all.stream()
                .map(one -> which.test(one) ? change.apply(one) : one)
                .toList());
    }

    private static Suspicion with(Suspicion one, @Nullable String reason, @Nullable String overridden) {
        return new Suspicion(
                one.other(),
                one.kinds(),
                one.since(),
                one.verdict(),
                reason,
                one.resolvedAt(),
                one.resolvedBy(),
                overridden);
    }

    private static Predicate<Suspicion> isAbout(ApplicationId other) {
        return one -> one.other().equals(other);
    }
}
