package org.selfservice.kernel.notification;

/** What a person is told. What was decided, asked, answered or paid is read in the portal alone. */
public enum Notice {
    RECEIVED,
    INFORMATION_REQUESTED,
    INFORMATION_RECEIVED,
    DECIDED,
    WITHDRAWN,
    DRAFT_EXPIRES,
    DRAFT_EXPIRED,
    ENROLLED,
    PAUSED,
    RESUMED,
    EXITED,
    PAID,
    ID_LINKED,
    ID_UNLINKED
}
