package org.selfservice.kernel;

/** Whether the event store and what is kept beside it can be reached, known without asking them. */
@FunctionalInterface
public interface StoreWatch {
    /** Not while a process starts: it waits for its store, or cannot start. */
    boolean isAway();
}
