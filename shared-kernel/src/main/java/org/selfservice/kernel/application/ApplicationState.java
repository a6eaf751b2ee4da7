package org.selfservice.kernel.application;

/** DRAFT → SUBMITTED → IN_REVIEW ⇄ INFORMATION_REQUESTED → APPROVED | REJECTED; DRAFT → EXPIRED; anything undecided → WITHDRAWN. */
public enum ApplicationState {
    DRAFT,
    SUBMITTED,
    IN_REVIEW,
    INFORMATION_REQUESTED,
    APPROVED,
    REJECTED,
    WITHDRAWN,
    EXPIRED;

    /** Whether it still waits for a decision or to be sent. */
    public boolean isOpen() {
        return this == DRAFT || isWithStaff();
    }

    /** Sent and not decided. */
    public boolean isWithStaff() {
        return this == SUBMITTED || this == IN_REVIEW || this == INFORMATION_REQUESTED;
    }
}
