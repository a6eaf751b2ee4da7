package org.selfservice.query;

import java.util.stream.Stream;
import org.selfservice.kernel.Refused;

/**
 * What may be said of a failure: never its message, which may quote a person's value.
 *
 * @param cause the failure's class, or a refusal's code
 * @param where the first place in the portal's own code
 */
record Failure(String cause, String where) {
    static Failure of(Throwable failure) {
        return new Failure(
                failure instanceof Refused refused
                        ? refused.code().name()
                        : failure.getClass().getName(),
                Stream.of(failure.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("org.selfservice."))
                        .findFirst()
                        .map(frame -> frame.getClassName() + ":" + frame.getLineNumber())
                        .orElse(""));
    }

    /** Stands for the failure where others write it to the log as it is. */
    static RuntimeException standInFor(Throwable failure) {
        RuntimeException standIn = new IllegalStateException(of(failure).toString());
        standIn.setStackTrace(failure.getStackTrace());
        return standIn;
    }

    @Override
    public String toString() {
        return where.isEmpty() ? cause : cause + " at " + where;
    }
}
