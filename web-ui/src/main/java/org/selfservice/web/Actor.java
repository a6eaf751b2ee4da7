package org.selfservice.web;

import org.selfservice.kernel.Author;

/** The principal of a session or a token: whoever it is, they can be named as the author of a command. */
public interface Actor {
    Author author(Author.Channel channel, String correlation);
}
