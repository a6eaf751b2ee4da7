package org.selfservice.kernel;

import java.util.Set;

/** Whether one of the servers that keep what the portal knows can be reached, known without asking it. */
public interface StoreWatch {

    /** What the portal cannot do while a server is away. */
    enum Ability {
        /** Recognise who is signed in, or sign somebody in. */
        RECOGNISE,
        /** Decide commands and keep events. */
        DECIDE,
        /** Show what views hold. */
        SHOW
    }

    /** Not while a process starts: it waits for its store, or cannot start. */
    boolean isAway();

    /** What cannot be done then. */
    Set<Ability> abilities();
}
