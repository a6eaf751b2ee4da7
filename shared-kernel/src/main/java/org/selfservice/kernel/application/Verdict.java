package org.selfservice.kernel.application;

/** What staff found out about a suspected duplicate. */
public enum Verdict {
    NOT_A_DUPLICATE,
    DUPLICATE
}
