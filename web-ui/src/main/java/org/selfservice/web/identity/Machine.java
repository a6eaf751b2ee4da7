package org.selfservice.web.identity;

import org.selfservice.kernel.Author;
import org.selfservice.web.Actor;

/** Another system, known by its bearer token. */
record Machine(String client, String issuer) implements Actor {
    @Override
    public Author author(Author.Channel channel, String correlation) {
        return new Author(
                client,
                client,
                Author.Role.MACHINE,
                null,
                channel,
                new Author.Evidence(issuer, null, null),
                correlation);
    }
}
