package org.selfservice.query;

import java.util.function.Predicate;
import java.util.function.Supplier;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.selfservice.kernel.Query;
import org.springframework.stereotype.Component;

/** Tells those who wait for the answer to a query what it is now. */
@Component
public final class Announcements {
    private final QueryUpdateEmitter updates;

    Announcements(QueryUpdateEmitter updates) {
        this.updates = updates;
    }

    /** @param answer computed only when somebody waits */
    public <A, Q extends Query<A>> void tell(Class<Q> query, Predicate<Q> about, Supplier<A> answer) {
        boolean awaited = updates.activeSubscriptions().stream()
                .anyMatch(one ->
                        query.isAssignableFrom(one.getPayloadType()) && about.test(query.cast(one.getPayload())));
        if (awaited) {
            updates.emit(query, about, answer.get());
        }
    }
}
