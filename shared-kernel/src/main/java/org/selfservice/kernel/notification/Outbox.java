package org.selfservice.kernel.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.kernel.registrant.RegistrantId;

/**
 * What people are to be told, kept until it is sent. Addresses are encrypted with the key of their person: a message to
 * somebody who was erased cannot be read, and is dropped.
 */
public interface Outbox {
    /** Keeps the message. One with the same cause and channel is kept once, whatever became of it. */
    void keep(Message message);

    /**
     * Takes the message that is due longest, so that nobody else sends it meanwhile.
     *
     * @param hold after this time it is due again, for whoever took it may have been killed
     */
    Optional<Taken> take(Set<Via> channels, Instant now, Duration hold);

    /** Forgets the address as well. */
    void sent(long number, Instant at);

    /**
     * @param reply the server's code, without its words; null when there was none
     * @param again when to try again; null when nobody does before somebody asks for it
     */
    void failed(long number, Failure why, @Nullable Integer reply, Instant at, @Nullable Instant again);

    /** Messages that nobody tries any more by themselves, the newest first. */
    List<Undelivered> undelivered(int limit);

    /** @return whether there was such an undelivered message */
    boolean tryAgain(long number, Instant now);

    /** @return how many there were */
    int tryAllAgain(Instant now);

    /** Never sends it. */
    boolean drop(long number);

    /** Never sends what waits for this person. */
    void drop(RegistrantId registrant);

    List<Count> counts();

    /** @param attempts that were made before */
    record Taken(long number, int attempts, Message message) {}

    record Undelivered(
            long number,
            int attempts,
            Message message,
            Failure why,
            @Nullable Integer reply,
            Instant triedAt) {}

    /** @param oldest when that happened which the oldest of them tells */
    record Count(Via channel, boolean undelivered, long messages, Instant oldest) {}
}
