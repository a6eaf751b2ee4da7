package org.selfservice.kernel.application;

/**
 * DRAFT → SUBMITTED → IN_REVIEW ⇄ INFORMATION_REQUESTED → APPROVED | REJECTED; DRAFT → EXPIRED; anything undecided → WITHDRAWN.
 * A decision that is corrected goes from APPROVED to REJECTED or back.
 */
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

    /** The state in which an event leaves an application that was in this one. */
    public ApplicationState after(ApplicationEvent event) {
        return switch (event) {
            case ApplicationEvent.ApplicationStarted _ -> DRAFT;
            case ApplicationEvent.ApplicationSubmitted _ -> SUBMITTED;
            case ApplicationEvent.ReviewerAssigned _ -> this == SUBMITTED ? IN_REVIEW : this;
            case ApplicationEvent.InformationRequested _ -> INFORMATION_REQUESTED;
            case ApplicationEvent.InformationProvided _, ApplicationEvent.RequestExpired _ -> IN_REVIEW;
            case ApplicationEvent.ApplicationApproved _ -> APPROVED;
            case ApplicationEvent.ApplicationRejected _ -> REJECTED;
            case ApplicationEvent.DecisionCorrected corrected -> corrected.approved() ? APPROVED : REJECTED;
            case ApplicationEvent.ApplicationWithdrawn _ -> WITHDRAWN;
            case ApplicationEvent.DraftExpired _ -> EXPIRED;
            default -> this;
        };
    }
}
