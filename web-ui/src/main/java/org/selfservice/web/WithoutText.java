package org.selfservice.web;

import org.jspecify.annotations.Nullable;

/** A failure as the log may have it: of which kind and where, without its text, which may quote what a person typed. */
final class WithoutText extends Throwable {
    private static final int DEEPEST = 10;

    private WithoutText(Throwable failure, @Nullable Throwable cause) {
        super(failure.getClass().getName(), cause);
        setStackTrace(failure.getStackTrace());
    }

    static Throwable of(Throwable failure) {
        return of(failure, 0);
    }

    private static WithoutText of(Throwable failure, int depth) {
        Throwable cause = failure.getCause();
        return new WithoutText(failure, cause == null || depth == DEEPEST ? null : of(cause, depth + 1));
    }
}
