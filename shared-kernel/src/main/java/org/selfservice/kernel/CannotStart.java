package org.selfservice.kernel;

/** Why the portal cannot start, in one line for the person who started it. The launcher prints the line and no stack trace. */
public final class CannotStart extends RuntimeException {
    public CannotStart(String line) {
        super(line);
    }

    public CannotStart(String line, Throwable cause) {
        super(line, cause);
    }
}
