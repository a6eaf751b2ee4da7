package org.selfservice.kernel.audit;

/**
 * Where an event is.
 *
 * @param sequence in its stream, from 0
 */
public record Place(String stream, long sequence) {}
