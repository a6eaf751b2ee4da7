package org.selfservice.kernel;

import java.util.Collection;
import java.util.Map;

/** How far streams are in the event store. */
@FunctionalInterface
public interface StreamHeads {
    /** @return by stream the sequence number of its last event; streams that do not exist are left out */
    Map<String, Long> of(Collection<String> streams);
}
