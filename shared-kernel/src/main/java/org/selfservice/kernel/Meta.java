package org.selfservice.kernel;

import java.time.Instant;

/**
 * What a fold knows about an event besides its payload.
 *
 * @param stream the stream that the event belongs to
 * @param sequence its number in that stream, from 0
 * @param at when it was appended
 */
public record Meta(String stream, long sequence, String eventId, Instant at, Author author) {}
