package org.selfservice.kernel;

/** A fact of the past. Who, where and on which evidence is in its {@link Author}, never in the event. */
public interface Event {
    /** The stream that the event belongs to, as {@link Command#stream()}. */
    String stream();

    /** The scope whose key encrypts the {@link Personal} components of this event: a registrant's or an application's stream. */
    default String scope() {
        return stream();
    }
}
