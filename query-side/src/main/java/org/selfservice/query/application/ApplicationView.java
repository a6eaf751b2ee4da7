package org.selfservice.query.application;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Meta;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.application.CaseQuery.Wanted;
import org.selfservice.query.View;
import org.springframework.stereotype.Component;

/** One document per application, with everything that its pages show. */
@Component
final class ApplicationView implements View<ApplicationFile> {
    @Override
    public String name() {
        return "application";
    }

    @Override
    public int revision() {
        return 3;
    }

    @Override
    public Class<ApplicationFile> document() {
        return ApplicationFile.class;
    }

    @Override
    public Set<Class<? extends Event>> reads() {
        return Set.of(ApplicationEvent.class);
    }

    @Override
    public String id(Event event) {
        return ((ApplicationEvent) event).application().value();
    }

    @Override
    public ApplicationFile empty(String id) {
        return new ApplicationFile(
                new ApplicationId(id),
                null,
                null,
                0,
                "",
                ApplicationState.DRAFT,
                null,
                0,
                "en",
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                List.of(),
                false,
                -1);
    }

    @Override
    public ApplicationFile apply(ApplicationFile file, Event event, Meta meta) {
        return new Case(file).after((ApplicationEvent) event, meta);
    }

    /** What staff lists filter and sort by, and the reference that people type. */
    @Override
    public Map<String, @Nullable Object> lifted(ApplicationFile file) {
        Map<String, @Nullable Object> lifted = new HashMap<>();
        lifted.put("reference", file.reference().isEmpty() ? null : file.reference());
        lifted.put("program", file.program() == null ? null : file.program().value());
        lifted.put("state", file.state().name());
        lifted.put("suspected", file.suspected() ? true : null);
        lifted.put("startedAt", date(file.startedAt()));
        if (file.submittedAt() != null) {
            lifted.put("submittedAt", date(file.submittedAt()));
            lifted.put("decideBy", date(file.decideBy()));
            lifted.put("reviewer", Objects.requireNonNullElse(file.reviewer(), Wanted.NOBODY));
            lifted.put("taken", file.reviewer() != null);
            lifted.put("owing", file.owing() ? true : null);
            lifted.put("unanswered", file.unanswered() ? true : null);
        }
        return lifted;
    }

    @Override
    public List<Index> indexes() {
        return Stream.concat(lists(), queue()).toList();
    }

    private static Stream<Index> lists() {
        return Stream.of(
                Index.unique("reference"),
                Index.on("suspected", "-startedAt", "-_id"),
                Index.on("program", "state", "-startedAt", "-_id"));
    }

    /** Each filter of the queue alone and with each order; several at once go by the one that leaves fewest. */
    private static Stream<Index> queue() {
        return Stream.of("submittedAt", "decideBy")
                .flatMap(order -> Stream.of(
                        Index.on("state", order, "_id"),
                        Index.on("program", "state", order, "_id"),
                        Index.on("reviewer", "state", order, "_id"),
                        Index.on("program", "reviewer", "state", order, "_id"),
                        Index.on("taken", "state", order, "_id"),
                        Index.on("program", "taken", "state", order, "_id"),
                        Index.on("suspected", "state", order, "_id"),
                        Index.on("owing", "state", order, "_id"),
                        Index.on("unanswered", "state", order, "_id")));
    }

    private static @Nullable Date date(@Nullable Instant at) {
        return at == null ? null : Date.from(at);
    }
}
