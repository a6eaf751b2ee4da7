package org.selfservice.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.selfservice.query.Samples.OFFICER;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.audit.Moment;

class PastIT {
    private static final Map<String, View<?>> VIEWS =
            AllViews.all().stream().collect(Collectors.toMap(View::name, Function.identity()));

    /** What a view showed once an event had been folded. */
    private record Seen(String view, String id, String subject, long number, Instant at, Object shown) {}

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void forEveryPrefixOfAHistoryTheFoldEqualsWhatTheViewWas(long seed) {
        try (QuerySide side = new QuerySide()) {
            List<Seen> all = new ArrayList<>();
            for (Event event : Histories.of(seed, 3, 150)) {
                side.happen(OFFICER, event);
                side.awaitLevel();
                for (String view : List.of("application", "dossier", "program", "form")) {
                    seen(side, view, event, all);
                }
            }

            Past past = side.bean(Past.class);
            Map<Instant, Set<Long>> times = new HashMap<>();
            all.forEach(
                    one -> times.computeIfAbsent(one.at(), _ -> new HashSet<>()).add(one.number()));
            for (Seen one : all) {
                assertThat(past.at(one.view(), one.id(), one.subject(), Moment.after(one.number()))
                                .shown())
                        .as("%s after event %s", one.id(), one.number())
                        .isEqualTo(one.shown());
                if (times.get(one.at()).size() == 1) {
                    assertThat(past.at(one.view(), one.id(), one.subject(), Moment.at(one.at()))
                                    .shown())
                            .as("%s at %s", one.id(), one.at())
                            .isEqualTo(one.shown());
                }
            }
            assertThat(all.stream().map(Seen::view).distinct()).hasSize(4);
        }
    }

    private static void seen(QuerySide side, String name, Event event, List<Seen> all) {
        View<?> view = VIEWS.get(name);
        if (view.reads().stream().anyMatch(family -> family.isInstance(event))) {
            String id = Objects.requireNonNull(view.id(event));
            all.add(new Seen(
                    name,
                    id,
                    name.equals("dossier") ? id : event.stream(),
                    side.last().number(),
                    side.last().at(),
                    shown(side, view, id)));
        }
    }

    private static <V> Object shown(QuerySide side, View<V> view, String id) {
        return view.shown(side.bean(ViewStore.class).live(view).find(id).orElseThrow());
    }
}
