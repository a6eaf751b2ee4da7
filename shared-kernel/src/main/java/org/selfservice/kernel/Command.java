package org.selfservice.kernel;

import java.util.Set;

/** A wish that the command side grants or refuses. Its stream is the aggregate that decides. */
public interface Command {
    String stream();

    /** Other streams whose state the decision rests on, as far as the command itself names them. */
    default Set<String> reliesOn() {
        return Set.of();
    }
}
