package org.selfservice.web;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.registrant.RegistrantId;

/** The principal of a registrant's session, or of somebody's who acts for them. */
public interface Registrant extends Actor {
    RegistrantId registrant();

    @Nullable
    String displayName();

    String provider();

    Author.Evidence evidence();

    /** Null when they act themself. */
    default @Nullable Behalf behalf() {
        return null;
    }

    /** In which the person reads and is read to; null when it is the page's. */
    default @Nullable String language() {
        return null;
    }

    @Override
    default Author author(Author.Channel channel, String correlation) {
        return new Author(registrant().value(), null, Author.Role.REGISTRANT, null, channel, evidence(), correlation);
    }
}
