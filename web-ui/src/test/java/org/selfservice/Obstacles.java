package org.selfservice;

import org.jspecify.annotations.Nullable;

/** What the launcher would say of a failure. */
public final class Obstacles {
    private Obstacles() {}

    public static @Nullable String line(Throwable failure) {
        return Obstacle.line(failure);
    }
}
