package org.selfservice.kernel.registrant;

import org.jspecify.annotations.Nullable;

/**
 * Where a demographic value came from.
 *
 * @param by the identity provider's id, the program's code or the officer's login name, by kind; null for the person
 */
public record Source(Kind kind, @Nullable String by) {
    public enum Kind {
        /** Received at a login, with consent. */
        IDENTITY_PROVIDER,
        /** Typed by the person. */
        SELF,
        OFFICER,
        /** Answered in an application. */
        APPLICATION
    }

    public static Source self() {
        return new Source(Kind.SELF, null);
    }

    public static Source provider(String id) {
        return new Source(Kind.IDENTITY_PROVIDER, id);
    }
}
