package org.selfservice.kernel.registrant;

/** What a delegate may do for a person. */
public enum Permission {
    /** Read what the person may read about their applications. */
    SEE,
    /** Apply and answer too. */
    APPLY
}
