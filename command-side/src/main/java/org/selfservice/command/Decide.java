package org.selfservice.command;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.Position;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;

/** The few words in which decisions are written. */
public final class Decide {
    private Decide() {}

    public static Position append(Event event) {
        AggregateLifecycle.apply(event);
        return unchanged(event.stream());
    }

    /** Appends them in order; none leaves the stream as it is. */
    public static Position append(String stream, List<? extends Event> events) {
        events.forEach(AggregateLifecycle::apply);
        return unchanged(stream);
    }

    /** What was wished for is so already. */
    public static Position unchanged(String stream) {
        return new Position(stream, AggregateLifecycle.getVersion());
    }

    public static void refuseIf(boolean wrong, RefusalCode code) {
        if (wrong) {
            throw new Refused(code);
        }
    }

    public static void refuseIf(boolean wrong, RefusalCode code, String detail, String value) {
        if (wrong) {
            throw new Refused(code, Map.of(detail, value));
        }
    }

    /** Axon's clock, which also stamps the events; tests set it. */
    public static Instant now() {
        return GenericEventMessage.clock.instant();
    }
}
