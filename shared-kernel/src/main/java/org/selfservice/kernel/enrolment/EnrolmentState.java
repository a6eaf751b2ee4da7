package org.selfservice.kernel.enrolment;

/** ENROLLED ⇄ PAUSED → EXITED; a person who exited may be enrolled again. */
public enum EnrolmentState {
    ENROLLED,
    PAUSED,
    EXITED
}
