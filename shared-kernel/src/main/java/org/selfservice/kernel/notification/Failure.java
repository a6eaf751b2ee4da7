package org.selfservice.kernel.notification;

/** Why a message could not be sent. */
public enum Failure {
    /** The server did not answer. */
    UNREACHABLE,
    /** The server did not accept the portal's own credentials. */
    LOGIN,
    /** There is no such address. */
    ADDRESS,
    /** The server did not take the message, and may take it later. */
    REFUSED,
    /** The server will never take the message. */
    REJECTED,
    /** It could not be sent while it was news. */
    STALE;

    /** Whether the same would happen again. */
    public boolean isFinal() {
        return this == ADDRESS || this == REJECTED || this == STALE;
    }
}
