package org.selfservice.kernel.program;

/** DRAFT → OPEN ⇄ SUSPENDED → CLOSED. */
public enum ProgramState {
    DRAFT,
    OPEN,
    SUSPENDED,
    CLOSED
}
