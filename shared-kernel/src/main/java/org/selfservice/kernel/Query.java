package org.selfservice.kernel;

/**
 * A question to the query side.
 *
 * @param <A> the answer
 */
public interface Query<A> {
    /** The type of the answer, for the query bus. */
    Class<A> answer();
}
