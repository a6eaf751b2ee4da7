package org.selfservice.kernel;

import org.jspecify.annotations.Nullable;

/** Tells from a failure whether a server that the portal needs could not be reached. */
@FunctionalInterface
public interface Unreachable {
    /** Whether the failure, or what caused it, says so. */
    boolean causes(@Nullable Throwable failure);
}
