package org.selfservice.kernel;

/**
 * Where a command left its stream: what a page that follows must have seen before it answers.
 *
 * @param sequence sequence number of the stream's last event, from 0
 */
public record Position(String stream, long sequence) {}
