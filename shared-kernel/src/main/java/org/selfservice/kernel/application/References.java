package org.selfservice.kernel.application;

/** Gives out the short references that people and staff use. No reference is ever given out twice. */
public interface References {
    /** @param prefix a program's reference prefix */
    String next(String prefix);
}
