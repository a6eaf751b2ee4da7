package org.selfservice.web;

import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Author;
import org.selfservice.kernel.registrant.RegistrantId;

/** The principal of a registrant's session. */
public interface Registrant extends Actor {
    RegistrantId registrant();

    @Nullable
    String displayName();

    String provider();

    Author.Evidence evidence();

    @Override
    default Author author(Author.Channel channel, String correlation) {
        return new Author(registrant().value(), null, Author.Role.REGISTRANT, null, channel, evidence(), correlation);
    }
}
