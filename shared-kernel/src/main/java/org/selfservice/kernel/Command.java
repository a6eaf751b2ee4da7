package org.selfservice.kernel;

/** A wish that the command side grants or refuses. Its stream is the aggregate that decides. */
public interface Command {
    String stream();
}
